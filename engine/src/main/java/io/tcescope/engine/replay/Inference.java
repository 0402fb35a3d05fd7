package io.tcescope.engine.replay;

/** Whether lists of which one value is recorded are completed as Linux writes them. */
public enum Inference {
  /** On if the guest behaves like Linux and nothing in the recording contradicts it. */
  AUTO,
  LINUX,
  NONE
}

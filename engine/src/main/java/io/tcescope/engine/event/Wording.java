package io.tcescope.engine.event;

/** Puts the records of a binary recording into words; may be asked by any thread. */
@FunctionalInterface
public interface Wording {
  /** The record that the event stands for, in one line. */
  String of(Event event);
}

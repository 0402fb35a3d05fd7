package io.tcescope.engine.state;

/** What a window is for. */
public enum Role {
  /** The boot-time or restored 32-bit window of a PE. */
  DEFAULT,
  /** Created at run time. */
  DDW,
  /** The window of a virtual I/O device. */
  VIO,
  /** The recording does not tell. */
  UNKNOWN
}

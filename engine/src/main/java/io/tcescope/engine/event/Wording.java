package io.tcescope.engine.event;

/** Puts the records of a binary recording into words; may be asked by any thread. */
@FunctionalInterface
public interface Wording {
  /** The record that begins at that byte of the (unpacked) file, in one line. */
  String of(long offset);
}

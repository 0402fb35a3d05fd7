package io.tcescope.traces.text;

/** Text that is read eight characters at a time, by its places in a recording. */
public interface Characters {
  /** The eight characters from a place on, the first in the lowest byte; zero behind the end. */
  long word(long place);

  /** The text between two places. */
  String text(long from, long to);
}

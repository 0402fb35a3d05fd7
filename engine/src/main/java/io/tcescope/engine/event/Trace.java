package io.tcescope.engine.event;

import java.util.List;

/**
 * One run as recorded: a sequence of events numbered from 1, which can be read again from any of
 * them.
 */
public interface Trace extends AutoCloseable {
  /** What wrote the recording. */
  SourceKind source();

  /**
   * The files it came from, as the user named them; {@link Event#file()} is an index into this
   * list.
   */
  List<String> files();

  /**
   * Size of the (unpacked) recording in bytes, against which {@link TraceReader#position()} is
   * progress.
   */
  long bytes();

  /**
   * A reader whose first event is the one with ordinal {@code first}, at least 1. Cheap near places
   * already read.
   */
  TraceReader read(long first);

  @Override
  void close();
}

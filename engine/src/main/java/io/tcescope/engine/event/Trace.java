package io.tcescope.engine.event;

import java.util.List;
import java.util.Set;

/**
 * One run as recorded: a sequence of events numbered from 1, which can be read again from any of
 * them.
 */
public interface Trace extends AutoCloseable {
  /** Threads of one recorder write records this much out of order, in nanoseconds. */
  long JITTER = 1_000_000;

  /** What wrote the recording. */
  SourceKind source();

  /** What wrote one file of {@link #files()}. */
  default SourceKind source(int file) {
    return source();
  }

  /** What wrote it, recorder by recorder, where several recordings are one run. */
  default Set<SourceKind> sources() {
    return Set.of(source());
  }

  /** True if one of its recorders can see which entry of which TCE table a call changes. */
  default boolean tellsTables() {
    return sources().stream().anyMatch(SourceKind::tellsTables);
  }

  /**
   * The files it came from, as the user named them; {@link Event#file()} is an index into this
   * list.
   */
  List<String> files();

  /**
   * Which recorder wrote a file of {@link #files()}, from 0: consecutive parts have one. What
   * several recorders tell of one call is one call.
   */
  default int recorder(int file) {
    return 0;
  }

  /** False if nothing tells when the records of a file were made, next to those of the others. */
  default boolean isPlaced(int file) {
    return true;
  }

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

  /**
   * Tells where an event stands that was read earlier, perhaps by another process: its ordinal, its
   * line, the index of its file and its byte offset there. A format whose records do not depend on
   * earlier ones then makes {@link #read} cheap near that place too; any other ignores it. The
   * caller vouches that the recording is still the one in which the event stood there.
   */
  default void remember(long ordinal, long line, int file, long offset) {}

  @Override
  void close();
}

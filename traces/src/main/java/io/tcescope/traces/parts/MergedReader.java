package io.tcescope.traces.parts;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.format.Keyframes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges parts by time: the earliest goes next, of several at one time that of the first part. A
 * record that stands in two parts is told once.
 */
final class MergedReader implements TraceReader {
  /** One part, its next event, the time it has reached with that, and how many are behind it. */
  private static final class Stream {
    final int index;
    final int firstFile;
    final TraceReader reader;
    final Event next = new Event();
    boolean ended;
    long passed;
    long time;

    Stream(int index, int firstFile, TraceReader reader, long passed, long reached) {
      this.index = index;
      this.firstFile = firstFile;
      this.reader = reader;
      this.passed = passed;
      time = reached;
      fetch();
    }

    void pass() {
      passed = next.ordinal();
      fetch();
    }

    private void fetch() {
      ended = !reader.next(next);
      if (!ended && next.time() != Event.NO_TIME) {
        time = Math.max(time, next.time());
      }
    }

    /** False for the note of a drop, which bears the ordinal of the event before it. */
    boolean isEvent() {
      return next.ordinal() > passed;
    }
  }

  private final MergedTrace trace;
  private final List<Stream> streams = new ArrayList<>();
  private final ToldRecords moment;
  private long ordinal;
  private long repeated;

  /** True if a reader that begins with the record at hand knows as much as this one. */
  private boolean begins;

  MergedReader(MergedTrace trace, long first) {
    this.trace = trace;
    moment = new ToldRecords(trace.source(), trace.parts.size());
    Keyframes.Keyframe<MergedTrace.Place> start = trace.keyframes.before(first);
    ordinal = start.ordinal() - 1;
    open(start.state());
    Event skipped = new Event();
    while (ordinal < first - 1 && next(skipped)) {
      // The merge has no other way to find out who is next there.
    }
  }

  private void open(MergedTrace.Place place) {
    int file = 0;
    for (int i = 0; i < trace.parts.size(); i++) {
      Part part = trace.parts.get(i);
      long passed = place.passed(i);
      TraceReader reader = part.trace().read(passed + 1);
      streams.add(new Stream(i, file, reader, passed, place.reached(i)));
      file += part.trace().files().size();
    }
  }

  @Override
  public boolean next(Event event) {
    Stream stream = earliest();
    while (stream != null && isRepeated(stream)) {
      repeated++;
      stream.pass();
      stream = earliest();
    }
    if (stream == null) {
      return false;
    }
    if (stream.isEvent()) {
      ordinal++;
    }
    if (trace.keyframes.wantedAt(ordinal) && begins) {
      trace.keyframes.add(ordinal, 0, place());
    }
    event.copyFrom(stream.next).moveTo(stream.firstFile + stream.next.file(), ordinal);
    stream.pass();
    return true;
  }

  private @Nullable Stream earliest() {
    Stream best = null;
    for (Stream stream : streams) {
      if (!stream.ended && (best == null || stream.time < best.time)) {
        best = stream;
      }
    }
    return best;
  }

  /** Only what several parts tell of one moment can be the same record. */
  private boolean isRepeated(Stream stream) {
    moment.moveTo(stream.time);
    begins = !moment.isTold();
    boolean comparable = stream.next.time() == stream.time;
    return comparable
        && (moment.isTold() || isSharedMoment(stream))
        && moment.isRepeated(stream.next, stream.index);
  }

  private boolean isSharedMoment(Stream stream) {
    for (Stream other : streams) {
      if (other != stream && !other.ended && other.time == stream.time) {
        return true;
      }
    }
    return false;
  }

  private MergedTrace.Place place() {
    return new MergedTrace.Place(
        streams.stream().mapToLong(stream -> stream.passed).toArray(),
        streams.stream().mapToLong(stream -> stream.time).toArray());
  }

  @Override
  public long position() {
    return streams.stream().mapToLong(stream -> stream.reader.position()).sum();
  }

  @Override
  public TraceHealth health() {
    TraceHealth all = new TraceHealth();
    streams.forEach(stream -> all.add(stream.reader.health()));
    all.progressed(all.events() - repeated, all.lines());
    all.remark(trace.remark);
    if (repeated > 0) {
      all.remark(repeated + " records stand in two of the files, and count once");
    }
    return all;
  }
}

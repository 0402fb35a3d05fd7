package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.format.Keyframes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges the recordings of a run: always the one goes next whose next event is the earliest. */
final class FusedReader implements TraceReader {
  /** One recording and its next event. */
  private static final class Stream {
    final @Nullable Witness witness;
    final TraceReader reader;
    final int firstFile;
    final Event next = new Event();
    boolean ended;
    long ordinal;
    long time;
    long twin;

    /** Without a time, behind the last call that tells of a place: only the end is sure. */
    boolean isLast;

    Stream(Trace trace, @Nullable Witness witness, long first, long reached, int firstFile) {
      this.witness = witness;
      this.reader = trace.read(first);
      this.firstFile = firstFile;
      this.time = reached;
      this.ordinal = first - 1;
    }
  }

  private final FusedTrace trace;
  private final List<Stream> streams = new ArrayList<>();
  private long ordinal;

  FusedReader(FusedTrace trace, long first) {
    this.trace = trace;
    Keyframes.Keyframe<FusedTrace.Place> start = trace.keyframes.before(first);
    ordinal = start.ordinal() - 1;
    open(start.state());
    Event skipped = new Event();
    while (ordinal < first - 1 && next(skipped)) {
      // The merge has no other way to find out who is next there.
    }
  }

  private void open(FusedTrace.Place place) {
    int file = 0;
    add(trace.main, null, place, file);
    file += trace.main.files().size();
    for (Witness witness : trace.beside) {
      add(witness.trace, witness, place, file);
      file += witness.trace.files().size();
    }
  }

  private void add(Trace recording, @Nullable Witness witness, FusedTrace.Place place, int file) {
    int index = streams.size();
    Stream stream = new Stream(recording, witness, place.next(index), place.reached(index), file);
    streams.add(stream);
    fetch(stream);
  }

  private void fetch(Stream stream) {
    stream.ended = !stream.reader.next(stream.next);
    if (stream.ended) {
      return;
    }
    stream.ordinal = stream.next.ordinal();
    long recorded = stream.next.time();
    Witness witness = stream.witness;
    if (witness == null) {
      stream.time = Math.max(stream.time, mainTime(stream.ordinal, recorded));
    } else {
      stream.twin = witness.twinOf(stream.ordinal);
      stream.isLast = recorded == Event.NO_TIME && witness.isBehindShared(stream.ordinal);
      if (recorded != Event.NO_TIME) {
        stream.time = Math.max(stream.time, witness.mainTime(recorded));
      }
    }
  }

  private long mainTime(long mainOrdinal, long recorded) {
    if (recorded != Event.NO_TIME) {
      return recorded;
    }
    return trace.mainCourse.isEmpty() ? Long.MIN_VALUE : trace.mainCourse.there(mainOrdinal);
  }

  @Override
  public boolean next(Event event) {
    Stream stream = earliest();
    if (stream == null) {
      return false;
    }
    ordinal++;
    if (trace.keyframes.wantedAt(ordinal)) {
      trace.keyframes.add(ordinal, 0, place());
    }
    event.copyFrom(stream.next);
    if (stream.witness == null) {
      trace.supplements.fill(event);
    } else {
      stream.witness.annotate(event);
      if (event.time() != Event.NO_TIME && trace.mainCourse.isEmpty()) {
        event.time(stream.time, event.timeDigits());
      }
    }
    event.moveTo(stream.firstFile + event.file(), ordinal);
    fetch(stream);
    return true;
  }

  private FusedTrace.Place place() {
    FusedTrace.Place place = new FusedTrace.Place(streams.size());
    for (int i = 0; i < streams.size(); i++) {
      Stream stream = streams.get(i);
      place.set(i, stream.ended ? stream.ordinal + 1 : stream.ordinal, stream.time);
    }
    return place;
  }

  /** Who is next; at one time the main recording, whose events others witness. */
  private @Nullable Stream earliest() {
    Stream main = streams.getFirst();
    Stream best = main.ended ? null : main;
    for (Stream stream : streams.subList(1, streams.size())) {
      if (!stream.ended && isBefore(stream, best, main)) {
        best = stream;
      }
    }
    return best;
  }

  private static boolean isBefore(Stream stream, @Nullable Stream best, Stream main) {
    if (best == null) {
      return true;
    }
    boolean waits = !main.ended && (stream.isLast || stream.twin >= main.ordinal);
    return !waits && stream.time < best.time;
  }

  @Override
  public long position() {
    return streams.stream().mapToLong(stream -> stream.reader.position()).sum();
  }

  @Override
  public TraceHealth health() {
    TraceHealth all = new TraceHealth();
    streams.forEach(stream -> all.add(stream.reader.health()));
    trace.remarks.forEach(all::remark);
    return all;
  }
}

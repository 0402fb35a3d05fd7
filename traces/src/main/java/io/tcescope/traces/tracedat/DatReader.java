package io.tcescope.traces.tracedat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Keyframes;
import io.tcescope.traces.guest.CallCounts;
import io.tcescope.traces.guest.CallJoiner;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.HostedMachines;
import io.tcescope.traces.guest.Interned;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of all processors in the order of their times. Lost records are no record and
 * have no ordinal: the LOST event bears that of the last record before it.
 */
final class DatReader implements TraceReader {
  private static final String LOST = "lost";
  private static final int DIGITS = 9;

  private final DatTrace trace;
  private final Recording recording;
  private final DatFile file;
  private final Keyframes<DatTrace.Place> keyframes;
  private final RingBuffer[] buffers;
  private final boolean[] ended;
  private final @Nullable Decoder[] decoders;
  private final Interned<String> names = new Interned<>(name -> name);
  private final GuestRecord record = new GuestRecord();
  private final TraceHealth health = new TraceHealth();
  private final CallCounts counts = new CallCounts();
  private final HostedMachines machines;
  private final CallJoiner joiner;
  private long ordinal;
  private long lastThread = Long.MIN_VALUE;
  private @Nullable String lastTask;
  private boolean finished;

  DatReader(DatTrace trace, HostedMachines machines, long first) {
    this.trace = trace;
    this.machines = machines;
    recording = trace.recording();
    file = trace.file();
    keyframes = trace.keyframes();
    decoders = DatTrace.decoders(file);
    Keyframes.Keyframe<DatTrace.Place> start = keyframes.before(first);
    DatTrace.Place place = start.state();
    buffers = place.buffers();
    ended = place.ended();
    joiner = place.joiner();
    ordinal = start.ordinal() - 1;
    Event skipped = new Event();
    while (ordinal < first - 1 && next(skipped)) {
      // The records before the first one wanted may hold the beginning of its call.
    }
  }

  @Override
  public boolean next(Event event) {
    int index = earliest();
    if (index < 0) {
      finish();
      return false;
    }
    RingBuffer buffer = buffers[index];
    reportDamage(buffer);
    if (buffer.lost != 0) {
      lost(buffer, begun(buffer, event));
      return true;
    }
    ordinal++;
    if (keyframes.wantedAt(ordinal)) {
      keyframes.add(ordinal, 0, new DatTrace.Place(buffers, ended, joiner));
    }
    decode(buffer, begun(buffer, event));
    ended[index] = !buffer.advance();
    counts.count(event);
    return true;
  }

  private Event begun(RingBuffer buffer, Event event) {
    event.begin(ordinal, ordinal).withCpu(buffer.cpu);
    return event.time(file.clock().nanoseconds(buffer.time), DIGITS);
  }

  private int earliest() {
    int best = -1;
    for (int i = 0; i < buffers.length; i++) {
      boolean earlier = best < 0 || Long.compareUnsigned(buffers[i].time, buffers[best].time) < 0;
      if (!ended[i] && earlier) {
        best = i;
      }
    }
    return best;
  }

  private void reportDamage(RingBuffer buffer) {
    if (buffer.takeDamage()) {
      String detail = "processor " + buffer.cpu + ", byte " + buffer.position();
      health.damaged("damaged page of the ring buffer", recording.name(), ordinal, detail);
    }
  }

  /** The buffer says that records are missing before the one it is at. */
  private void lost(RingBuffer buffer, Event event) {
    event.is(EventKind.LOST, LOST, 0);
    if (buffer.lost > 0) {
      event.withSize(buffer.lost);
    }
    health.lost(buffer.lost);
    buffer.lost = 0;
    joiner.forgetOpenCalls();
  }

  private void decode(RingBuffer buffer, Event event) {
    MemoryWords words = buffer.words();
    long from = buffer.from;
    long length = buffer.to - from;
    event.at(0, words.bytes, from, (int) length).wordedBy(trace);
    int type = DatTrace.type(words, from, length);
    Decoder decoder = type < 0 || type >= decoders.length ? null : decoders[type];
    if (decoder == null) {
      unknown(type, event);
      return;
    }
    long thread = words.s32(from + DatTrace.COMMON_PID);
    event.withThread(thread).withTask(task(thread));
    record.begin(decoder.type(words, from, buffer.to), thread, buffer.cpu);
    decoder.read(words, from, buffer.to, names, record);
    joiner.join(record, machines, event);
    machines.report(record, event, recording.name(), health);
    if (record.isUnreadable()) {
      String what = record.type().name();
      health.skipped("record cut off or malformed", recording.name(), ordinal, what);
    }
  }

  /** Reads on to what proves that there are several virtual machines, empty if nothing does. */
  String proofOfSeveralMachines() {
    Event event = new Event();
    while (joiner.proofOfSeveralMachines().isEmpty() && next(event)) {
      // What counts is who makes the calls.
    }
    return joiner.proofOfSeveralMachines();
  }

  /** The name of a thread, which is mostly that of the record before. */
  private @Nullable String task(long thread) {
    if (thread != lastThread) {
      lastThread = thread;
      lastTask = thread == 0 ? "<idle>" : file.tasks().get(thread);
    }
    return lastTask;
  }

  private void unknown(int type, Event event) {
    event.is(EventKind.LOG, "unknown", 0);
    health.skipped("record of a type without a format", recording.name(), ordinal, "type " + type);
  }

  private void finish() {
    if (!finished) {
      finished = true;
      recording.reportDamage(health, ordinal);
      for (RingBuffer buffer : buffers) {
        reportDamage(buffer);
      }
      for (String damage : file.damages()) {
        health.damaged("damaged part of a trace.dat", recording.name(), ordinal, damage);
      }
    }
  }

  @Override
  public long position() {
    long position = 0;
    for (RingBuffer buffer : buffers) {
      position += buffer.position();
    }
    return position;
  }

  @Override
  public TraceHealth health() {
    health.progressed(ordinal, ordinal);
    counts.reportTo(health);
    machines.remark(recording.name(), health);
    return health;
  }
}

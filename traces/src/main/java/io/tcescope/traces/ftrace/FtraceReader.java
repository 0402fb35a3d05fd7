package io.tcescope.traces.ftrace;

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
import io.tcescope.traces.guest.UnplacedProbes;
import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Reads a kernel tracer's text line by line; every line is a record. */
final class FtraceReader implements TraceReader {
  /** What trace-cmd prints before raw fields, which mean other numbers than printed ones. */
  private static final byte[] UNPRINTED = "[FAILED TO PARSE]".getBytes(StandardCharsets.US_ASCII);

  private final Recording recording;
  private final Keyframes<CallJoiner> keyframes;
  private final MemorySegment bytes;
  private final LineText text;
  private final LineHeader header;
  private final Payload payload;
  private final Interned<String> tasks = new Interned<>(name -> name);
  private final GuestRecord record = new GuestRecord();
  private final TraceHealth health = new TraceHealth();
  private final CallCounts counts = new CallCounts();
  private final UnplacedProbes unplaced = new UnplacedProbes();
  private final HostedMachines machines;
  private final CallJoiner joiner;
  private long at;
  private long line;
  private String task = "";
  private boolean finished;

  FtraceReader(
      Recording recording, Keyframes<CallJoiner> keyframes, HostedMachines machines, long first) {
    this.recording = recording;
    this.keyframes = keyframes;
    this.machines = machines;
    bytes = recording.bytes();
    text = new LineText(bytes);
    header = new LineHeader(text, unplaced);
    payload = new Payload(text);
    Keyframes.Keyframe<CallJoiner> start = keyframes.before(first);
    joiner = start.state().copy();
    at = start.offset();
    line = start.ordinal();
    Event skipped = new Event();
    while (line < first && next(skipped)) {
      // The records before the first one wanted may hold the beginning of its call.
    }
  }

  @Override
  public boolean next(Event event) {
    if (at >= bytes.byteSize()) {
      finish();
      return false;
    }
    if (keyframes.wantedAt(line)) {
      keyframes.add(line, at, joiner.copy());
    }
    long end = text.endOfLine(at);
    event.begin(line, line).at(0, bytes, at, (int) Math.min(end - at, Integer.MAX_VALUE));
    if (header.read(at, end)) {
      record(event);
    } else {
      remark(end, event);
    }
    at = Lines.next(bytes, end);
    counts.count(event);
    line++;
    return true;
  }

  private void record(Event event) {
    TextType type = header.type;
    if (!header.isSameTask) {
      task = tasks.get(text, header.taskFrom, header.taskTo);
    }
    event
        .time(header.time, header.digits)
        .withCpu(header.cpu)
        .withThread(header.thread)
        .withTask(task);
    if (text.byteAt(header.payload) == UNPRINTED[0] && text.isAt(header.payload, UNPRINTED)) {
      event.is(EventKind.PROBE, type.type().name(), 0);
      String words = Lines.text(bytes, header.payload, text.end, TracerRemark.LONGEST);
      health.skipped("record that trace-cmd could not print", recording.name(), line, words);
      return;
    }
    record.begin(type.type(), header.thread, header.cpu);
    payload.read(type, header.payload, text.end, record);
    joiner.join(record, machines, event);
    machines.report(record, event, recording.name(), health);
    if (record.isUnreadable()) {
      unreadable(event);
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

  private void unreadable(Event event) {
    long end = event.offset() + event.length();
    String words = Lines.text(bytes, event.offset(), end, TracerRemark.LONGEST);
    if (end == bytes.byteSize()) {
      health.damaged("last line cut off", recording.name(), line, words);
      event.is(EventKind.PROBE, event.name(), 0); // it is still being written: no call yet
    } else {
      health.skipped("record cut off or malformed", recording.name(), line, words);
    }
  }

  /** A line that is no record: header, lost records, or damage. */
  private void remark(long end, Event event) {
    String words = Lines.text(bytes, at, end, TracerRemark.LONGEST);
    TracerRemark remark = TracerRemark.of(words);
    switch (remark.kind()) {
      case LOST -> lost(remark, event);
      case NOTE -> event.is(EventKind.LOG, TracerRemark.NAME, 0);
      case FOREIGN -> {
        event.is(EventKind.LOG, TracerRemark.NAME, 0);
        health.skipped("line that is no record of a tracer", recording.name(), line, words);
        // It may be what is left of one: of the end of any call.
        joiner.forgetOpenCalls();
      }
    }
  }

  private void lost(TracerRemark remark, Event event) {
    event.is(EventKind.LOST, TracerRemark.NAME, 0).withCpu(remark.cpu());
    if (remark.count() >= 0) {
      event.withSize(remark.count());
    }
    health.lost(remark.count());
    joiner.forgetOpenCalls();
  }

  private void finish() {
    if (!finished) {
      finished = true;
      recording.reportDamage(health, line - 1);
    }
  }

  @Override
  public long position() {
    return at;
  }

  @Override
  public TraceHealth health() {
    health.progressed(line - 1, line - 1);
    counts.reportTo(health);
    unplaced.reportTo(health);
    machines.remark(recording.name(), health);
    return health;
  }
}

package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.queries.language.EventFacts;
import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.jspecify.annotations.Nullable;

/**
 * What many events of a block have in common: everything but time, place in the file, addresses and
 * values. The shapes of a block with their counts answer most questions without reading it again.
 */
record Shape(
    EventKind kind,
    String name,
    int fields,
    long liobn,
    long status,
    long thread,
    int cpu,
    @Nullable String task,
    @Nullable String device,
    int signals,
    int generation,
    long windowLiobn,
    long buid,
    boolean placed,
    long windowStart,
    long windowLast,
    int pageShift,
    boolean countedBack) {
  private static final int HAS_TASK = 1;
  private static final int HAS_DEVICE = 2;
  private static final int PLACED = 4;
  private static final int COUNTED_BACK = 8;

  static Shape of(Event event, EventFacts facts, boolean countedBack) {
    return new Shape(
        event.kind(),
        event.name(),
        event.fields(),
        event.has(Event.LIOBN) ? event.liobn() : 0,
        event.has(Event.STATUS) ? event.status() : 0,
        event.thread(),
        event.cpu(),
        event.task(),
        event.device(),
        facts.signals(),
        facts.generation(),
        facts.windowLiobn(),
        facts.buid(),
        facts.placed(),
        facts.windowStart(),
        facts.windowLast(),
        facts.pageShift(),
        countedBack);
  }

  /** True if the event has this shape; a cheap test before anything is allocated. */
  boolean fits(Event event, EventFacts facts, boolean byCounting) {
    return fitsEvent(event) && fitsFacts(facts) && countedBack == byCounting;
  }

  private boolean fitsEvent(Event event) {
    return kind == event.kind()
        && fields == event.fields()
        && (!event.has(Event.LIOBN) || liobn == event.liobn())
        && (!event.has(Event.STATUS) || status == event.status())
        && thread == event.thread()
        && cpu == event.cpu()
        && name.equals(event.name())
        && Objects.equals(task, event.task())
        && Objects.equals(device, event.device());
  }

  private boolean fitsFacts(EventFacts facts) {
    return signals == facts.signals()
        && generation == facts.generation()
        && windowLiobn == facts.windowLiobn()
        && buid == facts.buid()
        && placed == facts.placed()
        && windowStart == facts.windowStart()
        && windowLast == facts.windowLast()
        && pageShift == facts.pageShift();
  }

  static int hash(Event event, EventFacts facts) {
    return hash(
        event.has(Event.LIOBN) ? event.liobn() : 0,
        event.kind(),
        facts.signals(),
        event.thread() + event.cpu(),
        (event.has(Event.STATUS) ? event.status() : 0) + facts.generation());
  }

  int hash() {
    return hash(liobn, kind, signals, thread + cpu, status + generation);
  }

  private static int hash(long liobn, EventKind kind, int signals, long who, long rest) {
    long hash = liobn * 31 + kind.hashCode();
    hash = hash * 31 + signals;
    hash = hash * 31 + who;
    hash = hash * 31 + rest;
    hash *= 0x9e3779b97f4a7c15L;
    return (int) (hash >>> 40);
  }

  /** Fills a row with what the events of this shape have in common. */
  void fill(Event event) {
    event.begin(0, 0).is(kind, name, fields & (Event.LIOBN | Event.STATUS)).withThread(thread);
    event.withCpu(cpu).withTask(task).withDevice(device);
    if ((fields & Event.LIOBN) != 0) {
      event.withLiobn(liobn);
    }
    if ((fields & Event.STATUS) != 0) {
      event.withStatus(status);
    }
  }

  /** Restores what the replay knew about an event of this shape, but for its start. */
  void restore(EventFacts facts) {
    facts.clear().signals(signals).window(windowLiobn, generation, buid);
    if (placed) {
      facts.place(windowStart, windowLast, pageShift);
    }
  }

  void write(DataOutput out, Strings strings) throws IOException {
    int flags = (task == null ? 0 : HAS_TASK) | (device == null ? 0 : HAS_DEVICE);
    flags |= (placed ? PLACED : 0) | (countedBack ? COUNTED_BACK : 0);
    out.writeByte((byte) flags);
    out.writeVInt(strings.numberOf(kind.name()));
    out.writeVInt(strings.numberOf(name));
    out.writeVInt(fields);
    out.writeZLong(liobn);
    out.writeZLong(status);
    out.writeZLong(thread);
    out.writeVInt(cpu + 1);
    if (task != null) {
      out.writeVInt(strings.numberOf(task));
    }
    if (device != null) {
      out.writeVInt(strings.numberOf(device));
    }
    out.writeVInt(signals);
    out.writeVInt(generation);
    out.writeZLong(windowLiobn - liobn);
    out.writeZLong(buid);
    if (placed) {
      out.writeZLong(windowStart);
      out.writeZLong(windowLast);
      out.writeVInt(pageShift);
    }
  }

  static Shape read(DataInput in, Strings strings) throws IOException {
    int flags = in.readByte();
    EventKind kind = EventKind.valueOf(strings.text(in.readVInt()));
    String name = strings.text(in.readVInt());
    int fields = in.readVInt();
    long liobn = in.readZLong();
    long status = in.readZLong();
    long thread = in.readZLong();
    int cpu = in.readVInt() - 1;
    String task = (flags & HAS_TASK) != 0 ? strings.text(in.readVInt()) : null;
    String device = (flags & HAS_DEVICE) != 0 ? strings.text(in.readVInt()) : null;
    int signals = in.readVInt();
    int generation = in.readVInt();
    long windowLiobn = in.readZLong() + liobn;
    long buid = in.readZLong();
    boolean placed = (flags & PLACED) != 0;
    long start = placed ? in.readZLong() : 0;
    long last = placed ? in.readZLong() : 0;
    int shift = placed ? in.readVInt() : 0;
    boolean countedBack = (flags & COUNTED_BACK) != 0;
    return new Shape(
        kind,
        name,
        fields,
        liobn,
        status,
        thread,
        cpu,
        task,
        device,
        signals,
        generation,
        windowLiobn,
        buid,
        placed,
        start,
        last,
        shift,
        countedBack);
  }
}

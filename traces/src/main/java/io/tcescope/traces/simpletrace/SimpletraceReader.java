package io.tcescope.traces.simpletrace;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.NameCounts;
import io.tcescope.traces.format.Unreadable;
import io.tcescope.traces.format.Waypoints;
import io.tcescope.traces.qemulog.Arguments;
import io.tcescope.traces.qemulog.EventCounts;
import io.tcescope.traces.qemulog.QemuEvent;
import org.jspecify.annotations.Nullable;

/**
 * One event record, one event. Names and drop records are no events and have no ordinal: the LOST
 * event of a drop record, or of bytes that are no record, bears the ordinal of the last event
 * before.
 */
final class SimpletraceReader implements TraceReader {
  private static final int TIME_DIGITS = 9;
  private static final String DAMAGE = "damage";

  private final SimpletraceTrace trace;
  private final Recording recording;
  private final Waypoints places;
  private final Records in;
  private EventIds ids;
  private final TraceHealth health = new TraceHealth();
  private final EventCounts events = new EventCounts();
  private final NameCounts others = new NameCounts();
  private final long[] arguments = Arguments.room();
  private long at;

  // Of the record at which findEvent stands.
  private int length;
  private long id;
  private long after;

  private long ordinal;

  /** Bytes that are no record stand before the one that was found. */
  private boolean passedDamage;

  private boolean ended;

  /** Reads on at {@code offset}, behind the event of that ordinal. */
  SimpletraceReader(SimpletraceTrace trace, long ordinal, long offset) {
    this.trace = trace;
    this.recording = trace.recording();
    this.places = trace.places();
    this.in = trace.records();
    this.ids = trace.ids();
    this.ordinal = ordinal;
    this.at = offset;
  }

  /** Goes on to the record of an event, with little or no look at what lies between. */
  SimpletraceReader skipTo(long first) {
    Waypoints.Place place = places.before(first, at);
    if (place.ordinal() > ordinal + 1) {
      ordinal = place.ordinal() - 1;
      at = place.offset();
    }
    while (ordinal < first - 1 && findEvent()) {
      if (id != Records.DROPPED) {
        ordinal++;
      }
      at = after;
    }
    while (first > 1 && findEvent() && id == Records.DROPPED) {
      at = after;
    }
    passedDamage = false;
    return this;
  }

  @Override
  public boolean next(Event event) {
    if (!findEvent()) {
      end();
      return false;
    }
    if (passedDamage) {
      passedDamage = false;
      Unreadable.fill(event.begin(ordinal, ordinal), EventKind.LOST, DAMAGE);
      event.at(0, in.bytes(), at, 0);
      return true;
    }
    long record = at;
    at = after;
    if (id == Records.DROPPED) {
      dropped(event, record);
    } else {
      ordinal++;
      places.note(ordinal, record);
      if (!decode(event.begin(ordinal, ordinal), record)) {
        others.count(event);
      }
    }
    event.time(in.time(record), TIME_DIGITS).withThread(in.process(record));
    event.at(0, in.bytes(), record, 0).wordedBy(trace);
    return true;
  }

  @Override
  public boolean find(long wanted, Event event) {
    return skipTo(wanted).next(event);
  }

  /** Stands at a whole event record, learning names and passing damage; false at the end. */
  boolean findEvent() {
    while (in.hasHeader(at)) {
      int type = in.type(at);
      length = in.length(at);
      if (type == Records.EVENT && in.isPlausible(length)) {
        id = in.id(at);
        after = at + in.typeLength + length;
        if (after <= in.size()) {
          return true;
        }
        break;
      }
      if (type != Records.NAME || !readName()) {
        passDamage();
      }
    }
    while (at < in.size() && in.hasNameHeader(at) && in.type(at) == Records.NAME && readName()) {
      // Names that stand last, after which there is not even room for an event.
    }
    return false;
  }

  private boolean readName() {
    if (!in.isPlausibleName(in.nameLength(at)) || in.afterName(at) > in.size()) {
      return false;
    }
    String name = in.name(at);
    long named = in.word(at + Long.BYTES);
    ids.name(named, name);
    trace.learn(named, name);
    at = in.afterName(at);
    return true;
  }

  private void passDamage() {
    long good = in.nextGood(at, ids);
    String detail = (good - at) + " bytes at offset " + at + " are no record";
    health.damaged("broken record", recording.name(), ordinal, detail);
    at = good;
    passedDamage = true;
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (at < in.size()) {
      String detail = (in.size() - at) + " bytes at offset " + at;
      health.damaged("last record cut off", recording.name(), ordinal, detail);
    }
    recording.reportDamage(health, ordinal);
  }

  private void dropped(Event event, long record) {
    boolean saysHowMany = length >= Records.HEADER + Long.BYTES;
    long count = saysHowMany ? in.word(in.argumentsOf(record)) : -1;
    health.lost(count);
    event.begin(ordinal, ordinal).is(EventKind.LOST, "dropped", 0);
    if (count >= 0) {
      event.withSize(count);
    }
  }

  /** True if the record's name is that of an event of the machine, which is counted then. */
  private boolean decode(Event event, long record) {
    EventIds.Entry entry = entry(id);
    if (entry == null) {
      String detail = "number " + id + " at offset " + record;
      health.skipped("event number without a name", recording.name(), ordinal, detail);
      event.is(EventKind.LOG, "unnamed", 0);
      return false;
    }
    QemuEvent name = entry.event();
    if (name == null) {
      event.is(EventKind.LOG, entry.name(), 0);
      return false;
    }
    int words = (length - Records.HEADER) / Long.BYTES;
    if (words < name.numbers()) {
      skipped(event, "arguments missing", name, words + " arguments", record);
      events.count(name, event);
      return true;
    }
    int count = in.words(in.argumentsOf(record), words, arguments);
    String impossible = Arguments.impossible(name, arguments);
    if (impossible == null) {
      Arguments.fill(event, name, arguments, count);
    } else {
      skipped(event, "event with impossible numbers", name, impossible, record);
    }
    events.count(name, event);
    return true;
  }

  private void skipped(Event event, String reason, QemuEvent name, String what, long record) {
    String detail = name.recordedName() + " with " + what + " at offset " + record;
    health.skipped(reason, recording.name(), ordinal, detail);
    Unreadable.fill(event, name.kind(), name.recordedName());
  }

  /** A reader that began in the middle may lack a name that stands before. */
  private EventIds.@Nullable Entry entry(long id) {
    EventIds.Entry entry = ids.get(id);
    if (entry == null && trace.learnAllNames()) {
      ids = trace.ids();
      entry = ids.get(id);
    }
    return entry;
  }

  @Override
  public long position() {
    return at;
  }

  @Override
  public TraceHealth health() {
    health.progressed(ordinal, ordinal);
    events.reportTo(health);
    others.reportTo(health);
    return health;
  }
}

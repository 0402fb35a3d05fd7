package io.tcescope.traces.qemulog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.NameCounts;
import io.tcescope.traces.format.Unreadable;
import io.tcescope.traces.format.Waypoints;
import io.tcescope.traces.text.Literal;
import io.tcescope.traces.text.TerminalControls;
import io.tcescope.traces.text.TextCursor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One line, one event: what is no event of the machine is a log line, so ordinals are line numbers.
 */
final class LogReader implements TraceReader {
  /** A longer line is no line that a program writes on purpose. */
  private static final long LONGEST_LINE = 1 << 20;

  private static final int SHOWN_OF_A_BAD_LINE = 120;
  private static final Literal EVENT = Literal.of("spapr_");

  private final Recording recording;
  private final Waypoints places;
  private final MemorySegment bytes;
  private final TextCursor in;
  private final EventNames names = EventNames.ALL;
  private final LinePrefix prefix = new LinePrefix();
  private final PrintedRecord printed = new PrintedRecord();
  private final TraceHealth health = new TraceHealth();
  private final EventCounts events = new EventCounts();
  private final NameCounts others = new NameCounts();
  private final long[] numbers = Arguments.room();
  private long line;
  private long malformedEvents;
  private long quotedEvents;

  /** The event that the line begins as and is not, and how many of its numbers are whole. */
  private @Nullable QemuEvent broken;

  private int wholeNumbers;
  private boolean ended;

  LogReader(Recording recording, Waypoints places) {
    this.recording = recording;
    this.places = places;
    this.bytes = recording.bytes();
    this.in = new TextCursor(bytes);
  }

  /** Goes on to a line, without a look at what lies between. */
  LogReader skipTo(long wanted) {
    Waypoints.Place place = places.before(wanted, 0);
    long next = line + 1;
    long offset = in.position();
    if (place.ordinal() > next) {
      next = place.ordinal();
      offset = place.offset();
    }
    while (next < wanted && offset < bytes.byteSize()) {
      offset = Math.min(bytes.byteSize(), in.lineEnd(offset) + 1);
      next++;
    }
    line = next - 1;
    in.moveTo(offset);
    return this;
  }

  @Override
  public boolean find(long ordinal, Event event) {
    return skipTo(ordinal).next(event);
  }

  @Override
  public boolean next(Event event) {
    if (in.isAtEnd()) {
      end();
      return false;
    }
    long start = in.position();
    line++;
    places.note(line, start);
    event.begin(line, line);
    broken = null;
    if (decode(in, event, start)) {
      event.at(0, bytes, start, (int) Math.min(in.endOfText() - start, LONGEST_LINE));
    } else {
      foreign(event, start);
    }
    return true;
  }

  private void end() {
    if (!ended) {
      ended = true;
      recording.reportDamage(health, line);
      doubt();
    }
  }

  /** Notes about a recording name events in their text, and quote some, but begin no line so. */
  private void doubt() {
    long whole = events.total();
    boolean named = malformedEvents > whole;
    boolean quoted = quotedEvents == whole && 2 * whole < line;
    if (whole + malformedEvents > 0 && (named || quoted)) {
      health.remark(
          recording.name()
              + ": of "
              + line
              + " lines "
              + whole
              + " hold an event and "
              + malformedEvents
              + " only name one: it looks like a text about a recording, not like a recording");
    }
  }

  /** True if an event stands there up to the end of a line; the cursor is then behind that. */
  private boolean decode(TextCursor text, Event event, long start) {
    text.moveTo(start);
    prefix.read(text);
    QemuEvent name = names.read(text);
    if (name == null || text.failed()) {
      return name == null && text == in && dropped(event);
    }
    int count = printed.read(name, text, numbers);
    boolean whole = !text.failed() && text.endOfLine();
    boolean endless = whole && LastLine.hasNoEnd(text);
    if (!whole || (endless && count > 0 && LastLine.isCut(name, numbers[count - 1]))) {
      boolean alone = text == in && !isFollowedByAnother(start);
      return isBroken(name, alone ? count - 1 : 0); // the last number may be cut
    }
    if (Arguments.impossible(name, numbers) != null) {
      return isBroken(name, 0);
    }
    Arguments.fill(event, name, numbers, count);
    if (endless && text == in) {
      event.is(event.kind(), event.name(), event.fields() & ~LastLine.untold(name));
    }
    events.count(name, event);
    applyTo(event);
    return true;
  }

  private boolean isBroken(QemuEvent name, int whole) {
    broken = name;
    wholeNumbers = whole;
    return false;
  }

  /** What simpletrace.py prints has no times, only the time between two records. */
  private void applyTo(Event event) {
    prefix.applyTo(event);
    if (printed.wasRead()) {
      event.withThread(printed.thread());
    }
  }

  /** True if simpletrace.py says here how many records were lost. */
  private boolean dropped(Event event) {
    long lost = printed.dropped(in, numbers);
    if (lost >= 0) {
      health.lost(lost);
      event.is(EventKind.LOST, "dropped", 0).withSize(lost).withThread(printed.thread());
    }
    return lost >= 0;
  }

  private boolean isFollowedByAnother(long start) {
    long end = in.lineEnd(start);
    long own = in.find(EVENT, start, end);
    return in.find(EVENT, own + 1, Math.min(end, start + LONGEST_LINE)) >= 0;
  }

  /** A line that does not begin as an event's: perhaps one with colours or another log's prefix. */
  private void foreign(Event event, long start) {
    long end = in.lineEnd(start);
    long shownEnd = Math.min(end, start + LONGEST_LINE);
    boolean read;
    if (in.find(TerminalControls.START, start, shownEnd) >= 0) {
      broken = null;
      byte[] plain = plain(start, shownEnd);
      TextCursor text = new TextCursor(MemorySegment.ofArray(plain));
      read = decode(text, event, 0) || embedded(text, event, 0, plain.length);
    } else {
      read = embedded(in, event, start, shownEnd);
    }
    if (read) {
      quotedEvents++;
    } else {
      noEvent(event, start, end);
    }
    event.at(0, bytes, start, lengthTo(start, end));
    in.moveTo(Math.min(end + 1, bytes.byteSize()));
  }

  private byte[] plain(long start, long end) {
    byte[] line = bytes.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE);
    return TerminalControls.removed(new String(line, ISO_8859_1)).getBytes(ISO_8859_1);
  }

  /** True if an event stands behind what some other program wrote before it. */
  private boolean embedded(TextCursor text, Event event, long start, long end) {
    if (broken != null) {
      return false;
    }
    long found = text.find(EVENT, start, end);
    return found > start && decode(text, event, found);
  }

  private void noEvent(Event event, long start, long end) {
    boolean cutOff = end == bytes.byteSize();
    if (broken != null) {
      malformed(broken, start, end, cutOff);
    } else if (end - start > LONGEST_LINE) {
      String detail = (end - start) + " bytes: " + shown(start, end);
      health.damaged("absurdly long line", recording.name(), line, detail);
    }
    in.moveTo(start);
    prefix.read(in);
    if (!prefix.hasTime()) {
      in.moveTo(start);
    }
    if (cutOff && broken == null && in.isAt(EVENT)) {
      health.damaged("last line cut off", recording.name(), line, shown(start, end));
    }
    String name = ForeignLine.name(in, end);
    if (broken == null || cutOff) { // of a call whose line is still being written nobody knows
      event.is(EventKind.LOG, name, 0);
    } else {
      Unreadable.fill(event, broken.kind(), name, whole(0), whole(1));
    }
    prefix.applyTo(event);
    others.count(event);
  }

  private OptionalLong whole(int number) {
    return number < wholeNumbers ? OptionalLong.of(numbers[number]) : OptionalLong.empty();
  }

  private void malformed(QemuEvent name, long start, long end, boolean cutOff) {
    malformedEvents++;
    String detail = name.recordedName() + " cannot be read: " + shown(start, end);
    if (cutOff) {
      health.damaged("last line cut off", recording.name(), line, detail);
    } else {
      health.skipped("malformed event", recording.name(), line, detail);
    }
  }

  private int lengthTo(long start, long end) {
    long last = end;
    while (last > start && isLineEnd(in.byteAt(last - 1))) {
      last--;
    }
    return (int) Math.min(last - start, LONGEST_LINE);
  }

  private static boolean isLineEnd(int b) {
    return b == '\n' || b == '\r';
  }

  private String shown(long start, long end) {
    int length = (int) Math.min(end - start, SHOWN_OF_A_BAD_LINE);
    Event view = new Event().begin(line, line).at(0, bytes, start, length);
    return view.raw().replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public long position() {
    return in.position();
  }

  @Override
  public TraceHealth health() {
    health.progressed(line, line);
    events.reportTo(health);
    others.reportTo(health);
    return health;
  }
}

package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.NameCounts;
import io.tcescope.traces.format.Places;
import io.tcescope.traces.text.Literal;
import io.tcescope.traces.text.TextCursor;
import java.lang.foreign.MemorySegment;

/**
 * One line, one event: what is no event of the machine is a log line, so ordinals are line numbers.
 */
final class LogReader implements TraceReader {
  /** A longer line is no line that a program writes on purpose. */
  private static final long LONGEST_LINE = 1 << 20;

  private static final int SHOWN_OF_A_BAD_LINE = 120;
  private static final int LONGEST_COLOUR = 16;
  private static final Literal EVENT = Literal.of("spapr_");
  private static final Literal DROPPED = Literal.of("dropped");
  private static final Literal COLOUR_END = Literal.of("m");
  private static final Literal COLOUR = Literal.of("\u001b[");

  private final Recording recording;
  private final Places places;
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
  private boolean malformed;
  private boolean ended;

  LogReader(Recording recording, Places places) {
    this.recording = recording;
    this.places = places;
    this.bytes = recording.bytes();
    this.in = new TextCursor(bytes);
  }

  /** Goes on to a line, without a look at what lies between. */
  LogReader skipTo(long wanted) {
    Places.Place place = places.before(wanted, 0);
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
    malformed = false;
    if (!decode(event, start)) {
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

  /** True if the line is an event; the cursor is then at the next line. */
  private boolean decode(Event event, long start) {
    in.moveTo(start);
    prefix.read(in);
    QemuEvent name = names.read(in);
    if (name == null || in.failed()) {
      return name == null && dropped(event, start);
    }
    int count = printed.read(name, in, numbers);
    if (in.failed() || !(in.endOfLine() || endOfColouredLine())) {
      malformed(name, start);
      return false;
    }
    Arguments.fill(event, name, numbers, count);
    events.count(name, event);
    applyTo(event);
    event.at(0, bytes, start, (int) Math.min(in.endOfText() - start, LONGEST_LINE));
    return true;
  }

  /** What simpletrace.py prints has no times, only the time between two records. */
  private void applyTo(Event event) {
    prefix.applyTo(event);
    if (printed.wasRead()) {
      event.withThread(printed.thread());
    }
  }

  /** True if simpletrace.py says here how many records were lost. */
  private boolean dropped(Event event, long start) {
    boolean told =
        in.skip(DROPPED)
            && printed.begins(in)
            && printed.arguments(in, numbers) == 1
            && !in.failed()
            && in.endOfLine();
    if (told) {
      health.lost(numbers[0]);
      event.is(EventKind.LOST, "dropped", 0).withSize(numbers[0]).withThread(printed.thread());
      event.at(0, bytes, start, (int) Math.min(in.endOfText() - start, LONGEST_LINE));
    }
    return told;
  }

  private boolean endOfColouredLine() {
    if (!in.isAt(COLOUR)) {
      return false;
    }
    in.skipLine();
    return in.endOfLine();
  }

  private void malformed(QemuEvent name, long start) {
    malformed = true;
    malformedEvents++;
    long end = in.lineEnd(start);
    boolean cutOff = end == bytes.byteSize();
    String detail = name.recordedName() + " cannot be read: " + shown(start, end);
    if (cutOff) {
      health.damaged("last line cut off", recording.name(), line, detail);
    } else {
      health.skipped("malformed event", recording.name(), line, detail);
    }
  }

  /**
   * A line that does not begin as an event's: perhaps one behind colours or another log's prefix.
   */
  private void foreign(Event event, long start) {
    long end = in.lineEnd(start);
    long found = malformed ? start : embedded(start, end);
    if (found > start && decode(event, found)) {
      event.at(0, bytes, start, lengthTo(start, in.position()));
      quotedEvents++;
      return;
    }
    if (end - start > LONGEST_LINE) {
      String detail = (end - start) + " bytes: " + shown(start, end);
      health.damaged("absurdly long line", recording.name(), line, detail);
    }
    log(event, start, end);
    in.moveTo(Math.min(end + 1, bytes.byteSize()));
  }

  private void log(Event event, long start, long end) {
    in.moveTo(start);
    prefix.read(in);
    if (!prefix.hasTime()) {
      in.moveTo(start);
    }
    if (end == bytes.byteSize() && !malformed && in.isAt(EVENT)) {
      health.damaged("last line cut off", recording.name(), line, shown(start, end));
    }
    event.is(EventKind.LOG, ForeignLine.name(in, end), 0);
    event.at(0, bytes, start, lengthTo(start, end));
    prefix.applyTo(event);
    others.count(event);
  }

  /** Where an event may begin in a line that does not begin with one. */
  private long embedded(long start, long end) {
    in.moveTo(start);
    if (in.isAt(COLOUR)) {
      long colourEnd = in.find(COLOUR_END, start, Math.min(end, start + LONGEST_COLOUR));
      return colourEnd + 1;
    }
    return in.find(EVENT, start, Math.min(end, start + LONGEST_LINE));
  }

  private int lengthTo(long start, long end) {
    long length = end - start;
    while (length > 0 && isLineEnd(in.byteAt(start + length - 1))) {
      length--;
    }
    return (int) Math.min(length, LONGEST_LINE);
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

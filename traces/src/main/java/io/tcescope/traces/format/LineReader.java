package io.tcescope.traces.format;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;

/** Reads a text in which every line is an event of its own. */
public abstract class LineReader implements TraceReader {
  /** Bytes of a line that are looked at: a longer one is none of a recorder, its head is enough. */
  public static final int LONGEST = 1 << 14;

  protected final Recording recording;
  protected final MemorySegment bytes;
  protected final TraceHealth health = new TraceHealth();
  private final Waypoints places;
  private final NameCounts counts = new NameCounts();
  private long at;
  private long line;
  private boolean finished;

  /** Begins at line {@code first}. */
  protected LineReader(Recording recording, Waypoints places, long first) {
    this.recording = recording;
    this.places = places;
    bytes = recording.bytes();
    skipTo(first);
  }

  /** Goes on to a line, without a look at what lies between. */
  private void skipTo(long wanted) {
    Waypoints.Place place = places.before(wanted, 0);
    if (place.ordinal() > line) {
      at = place.offset();
      line = place.ordinal() - 1;
    }
    while (line < wanted - 1 && at < bytes.byteSize()) {
      at = Lines.next(bytes, Lines.end(bytes, at));
      line++;
    }
  }

  /**
   * Says in {@code event}, which has been begun, what a line tells.
   *
   * @param text of the line, without its end, no longer than {@link #LONGEST}
   * @param end where the line ends in {@link #bytes}
   */
  protected abstract void read(String text, long end, Event event);

  /** The line that is being read, from 1. */
  protected final long line() {
    return line;
  }

  @Override
  public final boolean find(long ordinal, Event event) {
    skipTo(ordinal);
    return next(event);
  }

  @Override
  public final boolean next(Event event) {
    if (at >= bytes.byteSize()) {
      finish();
      return false;
    }
    line++;
    places.note(line, at);
    long from = at;
    long end = Lines.end(bytes, from);
    at = Lines.next(bytes, end);
    event.begin(line, line);
    read(Lines.text(bytes, from, end, LONGEST), end, event);
    event.at(0, bytes, from, (int) Math.min(end - from, Integer.MAX_VALUE));
    counts.count(event);
    return true;
  }

  private void finish() {
    if (!finished) {
      finished = true;
      recording.reportDamage(health, line);
    }
  }

  @Override
  public final long position() {
    return at;
  }

  @Override
  public final TraceHealth health() {
    health.progressed(line, line);
    counts.reportTo(health);
    return health;
  }
}

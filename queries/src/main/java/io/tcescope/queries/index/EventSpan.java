package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.TimePoint;
import java.io.IOException;
import java.util.NavigableSet;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/** Consecutive events: which they are, and between which lines and times they lie. */
final class EventSpan {
  private long first;
  private int size;
  private long minTime;
  private long maxTime;
  private long minLine;
  private long maxLine;
  private boolean timeless;

  /** Holds no events yet. */
  EventSpan() {
    clear();
  }

  final void clear() {
    size = 0;
    minTime = Long.MAX_VALUE;
    maxTime = Long.MIN_VALUE;
    minLine = Long.MAX_VALUE;
    maxLine = 0;
    timeless = false;
  }

  void add(Event event) {
    if (size++ == 0) {
      first = event.ordinal();
    }
    minLine = Math.min(minLine, event.line());
    maxLine = Math.max(maxLine, event.line());
    if (event.time() == Event.NO_TIME) {
      timeless = true;
      return;
    }
    minTime = Math.min(minTime, event.time());
    maxTime = Math.max(maxTime, event.time());
  }

  /** Goes on with the events that follow. */
  void add(EventSpan next) {
    if (size == 0) {
      first = next.first;
    }
    size += next.size;
    minTime = Math.min(minTime, next.minTime);
    maxTime = Math.max(maxTime, next.maxTime);
    minLine = Math.min(minLine, next.minLine);
    maxLine = Math.max(maxLine, next.maxLine);
    timeless |= next.timeless;
  }

  int size() {
    return size;
  }

  long first() {
    return first;
  }

  long last() {
    return first + size - 1;
  }

  /** True if every event has a time stamp. */
  boolean timed() {
    return !timeless;
  }

  /** Earliest time stamp; behind the latest if there is none. */
  long minTime() {
    return minTime;
  }

  long maxTime() {
    return maxTime;
  }

  ShapeMatch withinEvents(long from, long to) {
    return inside(first, last(), from, to);
  }

  ShapeMatch withinLines(long from, long to) {
    return inside(minLine, maxLine, from, to);
  }

  ShapeMatch among(NavigableSet<Long> ordinals) {
    Long next = ordinals.ceiling(first);
    return next != null && next <= last() ? ShapeMatch.SOME : ShapeMatch.NONE;
  }

  ShapeMatch within(Query.Time time, long firstTime) {
    return notBefore(time.from(), firstTime).and(notBehind(time.to(), firstTime));
  }

  private static ShapeMatch inside(long least, long greatest, long from, long to) {
    if (Long.compareUnsigned(greatest, from) < 0 || Long.compareUnsigned(least, to) > 0) {
      return ShapeMatch.NONE;
    }
    boolean whole =
        Long.compareUnsigned(least, from) >= 0 && Long.compareUnsigned(greatest, to) <= 0;
    return whole ? ShapeMatch.ALL : ShapeMatch.SOME;
  }

  private ShapeMatch notBefore(TimePoint from, long firstTime) {
    return switch (from) {
      case TimePoint.Open _ -> ShapeMatch.ALL;
      case TimePoint.AtEvent(long ordinal) -> withinEvents(ordinal, Long.MAX_VALUE);
      case TimePoint.Absolute(long time) -> stamped(maxTime < time, minTime >= time);
      case TimePoint.Elapsed(long time) ->
          stamped(maxTime - firstTime < time, minTime - firstTime >= time);
    };
  }

  private ShapeMatch notBehind(TimePoint to, long firstTime) {
    return switch (to) {
      case TimePoint.Open _ -> ShapeMatch.ALL;
      case TimePoint.AtEvent(long ordinal) -> withinEvents(0, ordinal);
      case TimePoint.Absolute(long time) -> stamped(minTime > time, maxTime <= time);
      case TimePoint.Elapsed(long time) ->
          stamped(minTime - firstTime > time, maxTime - firstTime <= time);
    };
  }

  /** Events without a time stamp match no time, so where there are any it is never all. */
  private ShapeMatch stamped(boolean none, boolean all) {
    boolean anyStamp = minTime <= maxTime;
    if (!anyStamp || none) {
      return ShapeMatch.NONE;
    }
    return all && !timeless ? ShapeMatch.ALL : ShapeMatch.SOME;
  }

  void write(DataOutput out) throws IOException {
    out.writeVLong(first);
    out.writeVInt(size);
    out.writeVLong(minLine);
    out.writeVLong(maxLine - minLine);
    out.writeByte((byte) (timeless ? 1 : 0));
    out.writeLong(minTime);
    out.writeLong(maxTime);
  }

  static EventSpan read(DataInput in) throws IOException {
    EventSpan extent = new EventSpan();
    extent.first = in.readVLong();
    extent.size = in.readVInt();
    extent.minLine = in.readVLong();
    extent.maxLine = extent.minLine + in.readVLong();
    extent.timeless = in.readByte() != 0;
    extent.minTime = in.readLong();
    extent.maxTime = in.readLong();
    return extent;
  }
}

package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import java.io.IOException;

/** Finds the ends of a spread, and fills its bars, with few looks at single events. */
final class IndexedSpread implements Spread {
  private final Question question;
  private final Edge first;
  private final Edge last;

  /** Puts the query to a run, from its front or from its back. */
  @FunctionalInterface
  interface Question {
    void ask(HitTally tally, boolean backwards) throws IOException;
  }

  private IndexedSpread(Question question, Edge first, Edge last) {
    this.question = question;
    this.first = first;
    this.last = last;
  }

  static IndexedSpread of(Question question) throws IOException {
    IndexedSpread inTime = of(question, true);
    return inTime.isEmpty() ? of(question, false) : inTime;
  }

  private static IndexedSpread of(Question question, boolean timed) throws IOException {
    Edge first = new Edge(timed, true);
    question.ask(first, false);
    Edge last = new Edge(timed, false);
    if (first.found) {
      question.ask(last, true);
    }
    return new IndexedSpread(question, first, last);
  }

  @Override
  public boolean isEmpty() {
    return !first.found;
  }

  @Override
  public boolean timed() {
    return first.timed;
  }

  @Override
  public long first() {
    return first.place;
  }

  @Override
  public long last() {
    return last.place;
  }

  @Override
  public void fill(Bars bars) throws IOException {
    question.ask(new Filling(bars), false);
  }

  private static long least(EventSpan there, boolean timed) {
    return timed ? there.minTime() : there.first();
  }

  private static long greatest(EventSpan there, boolean timed) {
    return timed ? there.maxTime() : there.last();
  }

  /** True if nothing there has a place of that kind. */
  private static boolean isNowhere(EventSpan there, boolean timed) {
    return least(there, timed) > greatest(there, timed);
  }

  /** Finds the first place, or the last one. What cannot lie beyond the best so far is passed. */
  private static final class Edge implements HitTally {
    private final boolean timed;
    private final boolean isFirst;
    private boolean found;
    private long place;

    Edge(boolean timed, boolean isFirst) {
      this.timed = timed;
      this.isFirst = isFirst;
    }

    private boolean isBeyond(long other) {
      return !found || (isFirst ? other < place : other > place);
    }

    private void note(long other) {
      if (isBeyond(other)) {
        found = true;
        place = other;
      }
    }

    private long end(EventSpan there) {
      return isFirst ? least(there, timed) : greatest(there, timed);
    }

    @Override
    public boolean skips(EventSpan there) {
      return isNowhere(there, timed) || !isBeyond(end(there));
    }

    @Override
    public boolean takes(EventSpan there, Event shape, EventFacts facts, int events) {
      boolean whole = events == there.size();
      if (whole) {
        note(end(there));
      }
      return whole;
    }

    @Override
    public boolean on(Event event, EventFacts facts) {
      if (!timed) {
        note(event.ordinal());
      } else if (event.time() != Event.NO_TIME) {
        note(event.time());
      }
      return true;
    }
  }

  private record Filling(Bars bars) implements HitTally {
    @Override
    public boolean skips(EventSpan there) {
      return isNowhere(there, bars.timed());
    }

    @Override
    public boolean takes(EventSpan there, Event shape, EventFacts facts, int events) {
      boolean placed = there.timed() || !bars.timed();
      return placed
          && bars.takes(least(there, bars.timed()), greatest(there, bars.timed()), events);
    }

    @Override
    public boolean on(Event event, EventFacts facts) {
      if (!bars.timed()) {
        bars.add(event.ordinal(), 1);
      } else if (event.time() != Event.NO_TIME) {
        bars.add(event.time(), 1);
      }
      return true;
    }
  }
}

package io.tcescope.queries.index;

/**
 * A histogram that is being filled: how many events lie in each part of the time, or of the run.
 */
public final class Bars {
  private final boolean timed;
  private final long first;
  private final long last;
  private final long width;
  private final long[] counts;

  /**
   * So many empty bars of equal width.
   *
   * @param timed places are time stamps in nanoseconds, not ordinals
   * @param first the first place there is
   * @param last the last place there is
   */
  public Bars(boolean timed, long first, long last, int bars) {
    this.timed = timed;
    this.first = first;
    this.last = last;
    this.width = Math.max(1, (last - first) / bars + 1);
    this.counts = new long[bars];
  }

  /** Places are time stamps in nanoseconds, not ordinals. */
  public boolean timed() {
    return timed;
  }

  /** Number of bars. */
  public int size() {
    return counts.length;
  }

  /** First place of a bar; that of the bar behind the last is where they end. */
  public long from(int bar) {
    return first + bar * width;
  }

  /** Events in a bar. */
  public long count(int bar) {
    return counts[bar];
  }

  /** Adds what other bars of the same number and width hold, bar by bar. */
  public void add(Bars others) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += others.counts[i];
    }
  }

  void add(long place, long events) {
    counts[bar(place)] += events;
  }

  /** True if events anywhere between the two places are counted now, all in one bar. */
  boolean takes(long from, long to, long events) {
    long low = Math.max(from, first);
    long high = Math.min(to, last);
    if (low > high || bar(low) != bar(high)) {
      return false;
    }
    add(low, events);
    return true;
  }

  private int bar(long place) {
    return (int) ((place - first) / width);
  }
}

package io.tcescope.cli.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The events with the least times; those of one time stay in the order in which they came. */
final class Earliest {
  private static final Comparator<HitRow> ORDER = Comparator.comparingLong(HitRow::time);

  private final long limit;
  private final List<HitRow> rows = new ArrayList<>();

  /** Keeps no more than twice as many as are wanted. */
  Earliest(long limit) {
    this.limit = limit;
  }

  void add(HitRow row) {
    rows.add(row);
    if (rows.size() / 2 > limit) {
      cut();
    }
  }

  private void cut() {
    rows.sort(ORDER);
    if (rows.size() > limit) {
      rows.subList((int) limit, rows.size()).clear();
    }
  }

  List<HitRow> sorted() {
    cut();
    return rows;
  }
}

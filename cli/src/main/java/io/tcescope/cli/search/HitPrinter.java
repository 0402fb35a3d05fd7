package io.tcescope.cli.search;

import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.TreeSet;

/** Prints the events that match: at once, in order of time, or with what stands around them. */
final class HitPrinter {
  private final Rows rows;
  private final long limit;
  private long printed;

  HitPrinter(Rows rows, long limit) {
    this.rows = rows;
    this.limit = limit;
  }

  void byEvent(Query query, List<SearchableRun> runs) throws IOException {
    boolean named = areSeveral(runs);
    rows.begin();
    for (SearchableRun run : runs) {
      if (printed < limit) {
        run.search(
            query,
            (event, facts) -> {
              rows.add(Row.of(event, facts, named), true);
              return ++printed < limit;
            });
      }
    }
    rows.end();
  }

  /** Keeps no more events than are to be printed. */
  void byTime(Query query, List<SearchableRun> runs) throws IOException {
    boolean named = areSeveral(runs);
    Comparator<Row> order = Comparator.comparingLong(Row::time);
    PriorityQueue<Row> earliest =
        new PriorityQueue<>(order.thenComparingLong(Row::event).reversed());
    for (SearchableRun run : runs) {
      run.search(
          query,
          (event, facts) -> {
            earliest.add(Row.of(event, facts, named));
            if (earliest.size() > limit) {
              earliest.remove();
            }
            return true;
          });
    }
    List<Row> sorted = new ArrayList<>(earliest);
    sorted.sort(order.thenComparingLong(Row::event));
    rows.begin();
    sorted.forEach(row -> rows.add(row, true));
    rows.end();
  }

  void withContext(Query query, List<SearchableRun> runs, int before, int after)
      throws IOException {
    boolean named = areSeveral(runs);
    rows.begin();
    for (SearchableRun run : runs) {
      NavigableSet<Long> hits = new TreeSet<>();
      NavigableSet<Long> around = new TreeSet<>();
      if (printed < limit) {
        run.search(
            query,
            (event, facts) -> {
              surround(event.ordinal(), before, after, hits, around);
              hits.add(event.ordinal());
              return ++printed < limit;
            });
      }
      if (!hits.isEmpty()) {
        long last = hits.last();
        Query behind = new Query.Range(QueryField.EVENT, last, last + after);
        run.search(
            new Query.Any(List.of(new Query.Events(around), behind)),
            (event, facts) -> {
              rows.add(Row.of(event, facts, named), hits.contains(event.ordinal()));
              return true;
            });
      }
    }
    rows.end();
  }

  /** Adds what stands behind the last hit and before the next one. */
  private static void surround(
      long hit, int before, int after, NavigableSet<Long> hits, NavigableSet<Long> around) {
    if (!hits.isEmpty()) {
      add(hits.last(), Math.min(hits.last() + after, hit), around);
    }
    add(hit - before, hit, around);
  }

  /** What lies there before the last of the events is among them. */
  private static void add(long first, long last, NavigableSet<Long> events) {
    long next = events.isEmpty() ? 1 : events.last() + 1;
    for (long event = Math.max(first, next); event <= last; event++) {
      events.add(event);
    }
  }

  private static boolean areSeveral(List<SearchableRun> runs) {
    return runs.size() > 1 || runs.stream().anyMatch(run -> run.files().size() > 1);
  }
}

package io.tcescope.cli.search;

import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

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
      Set<Long> hits = new HashSet<>();
      List<Query> around = new ArrayList<>();
      if (printed < limit) {
        run.search(
            query,
            (event, facts) -> {
              hits.add(event.ordinal());
              around.add(around(event.ordinal(), before, after));
              return ++printed < limit;
            });
      }
      if (!around.isEmpty()) {
        Query all = around.size() == 1 ? around.getFirst() : new Query.Any(around);
        run.search(
            all,
            (event, facts) -> {
              rows.add(Row.of(event, facts, named), hits.contains(event.ordinal()));
              return true;
            });
      }
    }
    rows.end();
  }

  private static Query around(long event, int before, int after) {
    return new Query.Range(QueryField.EVENT, Math.max(1, event - before), event + after);
  }

  private static boolean areSeveral(List<SearchableRun> runs) {
    return runs.size() > 1 || runs.stream().anyMatch(run -> run.files().size() > 1);
  }
}

package io.tcescope.cli.search;

import io.tcescope.cli.sweep.InOrder;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Prints the events that match: at once, in order of time, or with what stands around them. */
final class HitPrinter {
  private final HitRows rows;
  private final Corpus corpus;
  private final long limit;
  private long printed;

  HitPrinter(HitRows rows, Corpus corpus, long limit) {
    this.rows = rows;
    this.corpus = corpus;
    this.limit = limit;
  }

  private static void hits(Query query, Corpus.Asked asked, InOrder.Parts<HitRow> found)
      throws IOException {
    asked.run().search(query, (event, facts) -> found.add(HitRow.of(event, facts, asked.named())));
  }

  void byEvent(Query query) {
    rows.begin();
    corpus.<HitRow>ask(
        (asked, found) -> hits(query, asked, found),
        row -> {
          if (printed < limit) {
            rows.add(row, true);
            printed++;
          }
          return printed < limit;
        });
    rows.end();
  }

  /** Keeps no more events than are to be printed, or twice as many. */
  void byTime(Query query) {
    Earliest earliest = new Earliest(limit);
    corpus.<HitRow>ask(
        (asked, found) -> hits(query, asked, found),
        row -> {
          earliest.add(row);
          return true;
        });
    rows.begin();
    earliest.sorted().forEach(row -> rows.add(row, true));
    rows.end();
  }

  /** An event that is to be printed. */
  private record Shown(HitRow row, boolean isHit, Corpus.Asked of) {}

  void withContext(Query query, int before, int after) {
    rows.begin();
    Cut cut = new Cut(after);
    corpus.<Shown>ask((asked, found) -> around(query, before, after, asked, found), cut::take);
    rows.end();
  }

  private void around(
      Query query, int before, int after, Corpus.Asked asked, InOrder.Parts<Shown> found)
      throws IOException {
    NavigableSet<Long> hits = new TreeSet<>();
    NavigableSet<Long> around = new TreeSet<>();
    asked
        .run()
        .search(
            query,
            (event, facts) -> {
              surround(event.ordinal(), before, after, hits, around);
              hits.add(event.ordinal());
              return hits.size() < limit && found.areWanted();
            });
    if (!hits.isEmpty()) {
      long last = hits.last();
      Query behind = new Query.Range(QueryField.EVENT, last, last + after);
      asked
          .run()
          .search(
              new Query.Any(List.of(new Query.Events(around), behind)),
              (event, facts) -> {
                HitRow row = HitRow.of(event, facts, asked.named());
                return found.add(new Shown(row, hits.contains(event.ordinal()), asked));
              });
    }
  }

  /** Prints what comes, up to what stands behind the last hit that is to be printed. */
  private final class Cut {
    private final int after;
    private long end;
    private Corpus.@org.jspecify.annotations.Nullable Asked last;

    Cut(int after) {
      this.after = after;
    }

    boolean take(Shown shown) {
      boolean isHit = shown.isHit() && printed < limit;
      if (isHit && ++printed == limit) {
        last = shown.of();
        end = shown.row().event() + after;
      }
      boolean wanted = last == null || (last.equals(shown.of()) && shown.row().event() <= end);
      if (wanted) {
        rows.add(shown.row(), isHit);
      }
      return wanted;
    }
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
}

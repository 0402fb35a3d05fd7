package io.tcescope.queries.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.Matcher;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.language.QueryPrinter;
import io.tcescope.queries.language.RandomQueries;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Asks an index and a scan the same and compares what they say. */
final class Answers {
  static final Recordings RECORDINGS = path -> Traces.open(path, TraceOptions.NONE);

  private static final List<QueryField> KEYS =
      List.of(QueryField.CALL, QueryField.LIOBN, QueryField.WINDOW, QueryField.PAGES);

  private static final int BARS = 5;

  /** Of so many events one is compared field by field, for that is what takes the time. */
  private static final int SHOWN_WHOLE = 8;

  private Answers() {}

  static List<CaseIndexer.Outcome> index(Path directory, Path... recordings) throws IOException {
    return new CaseIndexer(RECORDINGS, ReplayOptions.defaults().withReadAhead(true), "")
        .index(directory, List.of(recordings));
  }

  /** What a filter of all events answers to one query. */
  private static final class Filtered {
    final Query query;
    final Matcher matcher;
    final QueryField key;
    final List<String> hits = new ArrayList<>();
    final Map<String, Long> groups = new TreeMap<>();
    final CollectedSpread spread = new CollectedSpread();

    final int salt;

    Filtered(Query query) {
      this.query = query;
      this.matcher = Matcher.of(query);
      this.salt = QueryPrinter.print(query).hashCode();
      this.key = KEYS.get(Math.floorMod(salt, KEYS.size()));
    }

    void note(Event event, EventFacts facts) {
      if (matcher.matches(event, facts)) {
        hits.add(shown(event, facts, salt));
        String value = FieldValues.key(key, event, facts);
        groups.merge(value == null ? SearchableRun.NO_VALUE : value, 1L, Long::sum);
        spread.on(event, facts);
      }
    }
  }

  /** Each run of the case answers each query as a filter of all events of its recording does. */
  static void agree(Path directory, long seed, int queries) throws IOException {
    try (Case opened = Case.open(directory, RECORDINGS)) {
      for (int i = 0; i < opened.runs().size(); i++) {
        Path recording = opened.sources().get(i).path();
        for (Filtered expected : filtered(recording, seed, queries)) {
          String where = recording + " seed " + seed + ": " + QueryPrinter.print(expected.query);
          agree(opened.runs().get(i), expected, where);
        }
      }
    }
  }

  private static void agree(SearchableRun index, Filtered expected, String where)
      throws IOException {
    assertThat(hits(index, expected.query, expected.salt)).as(where).isEqualTo(expected.hits);
    assertThat(index.count(expected.query)).as(where).isEqualTo(expected.hits.size());
    assertThat(groups(index, expected.query, expected.key)).as(where).isEqualTo(expected.groups);
    assertThat(bars(index.spread(expected.query))).as(where).isEqualTo(bars(expected.spread));
  }

  private static List<Filtered> filtered(Path recording, long seed, int queries)
      throws IOException {
    RandomQueries random = new RandomQueries(new SplittableRandom(seed));
    List<Filtered> filtered =
        Stream.generate(() -> new Filtered(random.next())).limit(queries).toList();
    try (ScannedRun scan = new ScannedRun(RECORDINGS.open(recording), ReplayOptions.defaults())) {
      Query all =
          new Query.Any(List.of(new Query.Exists(QueryField.FINDING), new Query.Everything()));
      scan.search(
          all,
          (event, facts) -> {
            filtered.forEach(one -> one.note(event, facts));
            return true;
          });
    }
    return filtered;
  }

  private static Map<String, Long> groups(SearchableRun run, Query query, QueryField key)
      throws IOException {
    Map<String, Long> groups = new TreeMap<>();
    run.group(query, key, groups);
    return groups;
  }

  /** Kind of place, first and last place, and a histogram. */
  private static List<Object> bars(Spread spread) throws IOException {
    if (spread.isEmpty()) {
      return List.of();
    }
    Bars bars = new Bars(spread.timed(), spread.first(), spread.last(), BARS);
    spread.fill(bars);
    List<Object> seen = new ArrayList<>(List.of(spread.timed(), spread.first(), spread.last()));
    for (int i = 0; i < bars.size(); i++) {
      seen.add(bars.count(i));
    }
    return seen;
  }

  private static List<String> hits(SearchableRun run, Query query, int salt) throws IOException {
    List<String> hits = new ArrayList<>();
    run.search(query, (event, facts) -> hits.add(shown(event, facts, salt)));
    return hits;
  }

  /** The events that match, by their place in the run. */
  static List<Long> ordinals(SearchableRun run, Query query) throws IOException {
    List<Long> ordinals = new ArrayList<>();
    run.search(query, (event, facts) -> ordinals.add(event.ordinal()));
    return ordinals;
  }

  /** The event's place; for some events, others from query to query, all that is known of it. */
  private static String shown(Event event, EventFacts facts, int salt) {
    if ((event.ordinal() + salt) % SHOWN_WHOLE != 0) {
      return Long.toString(event.ordinal());
    }
    StringBuilder hit = new StringBuilder();
    for (QueryField field : QueryField.values()) {
      hit.append(FieldValues.key(field, event, facts)).append(' ');
    }
    return hit.append(event.raw()).toString();
  }
}

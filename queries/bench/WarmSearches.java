import io.tcescope.queries.index.Bars;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.index.Spread;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.language.QueryParser;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Times questions to a case in a warm JVM, the recording in the page cache: the median of many
 * rounds in milliseconds. Run by search.sh, as a source file.
 */
final class WarmSearches {
  private static final int ROUNDS = 41;
  private static final int WARM_UP = 40;

  private WarmSearches() {}

  private interface Question {
    long ask() throws Exception;
  }

  /** The case, and a selective query. */
  public static void main(String[] arguments) throws Exception {
    Query selective = QueryParser.parse(arguments[1]);
    try (Case opened =
        Case.open(Path.of(arguments[0]), path -> Traces.open(path, TraceOptions.NONE))) {
      SearchableRun run = opened.runs().getFirst();
      time("first hit of the selective query", () -> hits(run, selective, 1));
      time("all hits of the selective query", () -> hits(run, selective, Long.MAX_VALUE));
      time("count of the selective query", () -> run.count(selective));
      time(
          "all events counted by call",
          () -> {
            var groups = new HashMap<String, Long>();
            run.group(new Query.Everything(), QueryField.CALL, groups);
            return groups.values().stream().mapToLong(Long::longValue).sum();
          });
      time(
          "histogram of all events",
          () -> {
            Spread spread = run.spread(new Query.Everything());
            Bars bars = new Bars(spread.timed(), spread.first(), spread.last(), 40);
            spread.fill(bars);
            return IntStream.range(0, bars.size()).mapToLong(bars::count).sum();
          });
      Query failures = QueryParser.parse("ret < 0");
      time("failures counted", () -> run.count(failures));
    }
  }

  private static long hits(SearchableRun run, Query query, long most) throws Exception {
    long[] found = {0};
    run.search(query, (event, facts) -> ++found[0] < most);
    return found[0];
  }

  private static void time(String what, Question question) throws Exception {
    long answer = 0;
    double[] milliseconds = new double[ROUNDS];
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      answer = question.ask();
      milliseconds[Math.max(0, i)] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT, "  %9.2f ms  warm: %s (%,d)%n", milliseconds[ROUNDS / 2], what, answer);
  }
}

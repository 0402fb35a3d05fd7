package io.tcescope.cli.search;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.Trouble;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Terminal;
import io.tcescope.queries.index.LuceneEscape;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.language.QueryParser;
import io.tcescope.queries.language.QuerySyntaxException;
import io.tcescope.queries.language.SavedQueries;
import io.tcescope.queries.language.Spelling;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds events. */
@Command(
    name = "search",
    description = "Finds events of recordings or cases.",
    footer = {
      "",
      "Examples:",
      "  tcescope search 'kind:ddw' trace.log",
      "  tcescope search 'ret != 0' trace.case --group-by call --count",
      "  tcescope search finding:put-failure-ignored trace.log --before 100",
      "  tcescope search 'covers:0x1f000 liobn:0x80000001 time:[12.5s..13s]' trace.case",
      "The language is described in queries/README.md.",
    })
public final class SearchCommand implements Callable<Integer> {
  /** In which order events are printed. */
  enum Order {
    EVENT,
    TIME
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();

  @Parameters(index = "0", paramLabel = "QUERY", description = "What to look for; * is everything.")
  private String text = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TRACE|CASE",
      description = "Recordings or cases; each recording is a run.")
  private List<Path> paths = List.of();

  @Option(names = "--format", description = "text (default), json, ndjson or csv.")
  private Rows.Format format = Rows.Format.TEXT;

  @Option(names = "--sort", description = "event (default) or time.")
  private Order sort = Order.EVENT;

  @Option(names = "--limit", paramLabel = "N", description = "Print at most that many hits.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--context", paramLabel = "N", description = "Also the N events around a hit.")
  private int context;

  @Option(names = "--before", paramLabel = "N", description = "Also the N events before a hit.")
  private int before;

  @Option(names = "--after", paramLabel = "N", description = "Also the N events after a hit.")
  private int after;

  @Option(names = "--count", description = "Print only how many there are.")
  private boolean count;

  @Option(
      names = "--group-by",
      paramLabel = "FIELD",
      description = "With --count: how many for each value of a field.")
  private @Nullable String groupBy;

  @Option(names = "--histogram", description = "How many over time.")
  private boolean histogram;

  @Option(names = "--buckets", paramLabel = "N", description = "Bars of the histogram (40).")
  private int buckets = 40;

  @Option(names = "--saved", paramLabel = "FILE", description = "Queries for saved:NAME.")
  private @Nullable Path savedFile;

  @Option(
      names = "--cache",
      paramLabel = "WHEN",
      description =
          "Keep an index of a recording in the user's cache directory: auto (default; of a large"
              + " one that is searched again), always, never.")
  private Runs.Caching cache = Runs.Caching.AUTO;

  SearchCommand() {}

  @Override
  public Integer call() throws IOException {
    requireCounts();
    if (histogram && (count || groupBy != null)) {
      throw new UsageException("--histogram counts by itself: no --count or --group-by with it");
    }
    Query query = query();
    QueryField key = key();
    if (hasContext() && sort == Order.TIME) {
      throw new UsageException("--context goes with the order of events, not of time");
    }
    Terminal terminal =
        Terminal.ofProcess(spec.commandLine().getOut(), spec.commandLine().getErr());
    try (Runs runs = Runs.open(run, paths, cache, LuceneEscape.isIn(query), terminal)) {
      if (histogram) {
        new Histogram(terminal, format, buckets).print(query, runs.all());
      } else if (key != null) {
        new Counts(terminal, format).groups(query, key, runs.all());
      } else if (count) {
        new Counts(terminal, format).total(query, runs.all());
      } else {
        print(query, runs, terminal);
      }
      terminal.out().flush();
      runs.remarks().forEach(remark -> terminal.err().println("tcescope: " + remark));
    }
    return 0;
  }

  private void requireCounts() {
    if (limit < 0 || context < 0 || before < 0 || after < 0 || buckets < 1) {
      throw new UsageException("--limit, --context and the like count from 0, --buckets from 1");
    }
  }

  private boolean hasContext() {
    return context > 0 || before > 0 || after > 0;
  }

  private void print(Query query, Runs runs, Terminal terminal) throws IOException {
    HitPrinter printer = new HitPrinter(Rows.of(format, terminal), limit);
    if (sort == Order.TIME) {
      printer.byTime(query, runs.all());
    } else if (hasContext()) {
      printer.withContext(query, runs.all(), Math.max(context, before), Math.max(context, after));
    } else {
      printer.byEvent(query, runs.all());
    }
  }

  private SavedQueries saved() {
    try {
      return savedFile == null
          ? SavedQueries.NONE
          : SavedQueries.of(savedFile.toString(), SideFile.lines(savedFile));
    } catch (IOException e) {
      throw new UsageException(savedFile + ": " + Trouble.of(e));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Query query() {
    try {
      Query query = QueryParser.parse(text, saved());
      LuceneEscape.check(query);
      return query;
    } catch (QuerySyntaxException e) {
      throw new UsageException(e.pointing());
    }
  }

  private @Nullable QueryField key() {
    if (groupBy == null) {
      return null;
    }
    QueryField field = QueryField.ofWord(groupBy);
    if (field == null) {
      throw new UsageException(
          "there is no field '"
              + groupBy
              + "' to group by"
              + Spelling.suggestion(groupBy, QueryField.words()));
    }
    if (!field.isKey()) {
      String instead = field == QueryField.TIME ? "; --histogram counts over time" : "";
      throw new UsageException("events cannot be grouped by " + field.word() + instead);
    }
    return field;
  }
}

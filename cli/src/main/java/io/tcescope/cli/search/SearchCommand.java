package io.tcescope.cli.search;

import io.tcescope.cli.input.BusAddress;
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
      "A folder is searched as check does it: each recording in it is a run, what is none is left"
          + " out.",
      "",
      "Exit codes: 0 searched, also if nothing was found, 2 wrong usage, 3 an input is no"
          + " recording",
      "  (or, with --strict, damaged, lossy, or left out of a folder).",
      "",
      "Examples:",
      "  tcescope search 'kind:ddw' trace.log",
      "  tcescope search ret:H_PARAMETER recordings/ --group-by file    which of them have one",
      "  tcescope search 'ret != 0' trace.case --group-by call",
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
      description = "Recordings, folders of them, or cases; each recording is a run. - is stdin.")
  private List<Path> paths = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (default), json, ndjson or csv.")
  private HitRows.Format format = HitRows.Format.TEXT;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description =
          "event (default; recording by recording) or time (as recorded: of several recordings it"
              + " means something if they share a clock).")
  private Order sort = Order.EVENT;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Print at most that many hits, or groups, of all recordings together.")
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
      description = "How many for each value of a field, such as call or file; most first.")
  private @Nullable String groupBy;

  @Option(
      names = "--histogram",
      description =
          "How many over time; of several recordings, over the time since the first event of each.")
  private boolean histogram;

  @Option(names = "--buckets", paramLabel = "N", description = "Bars of the histogram (40).")
  private int buckets = 40;

  @Option(
      names = "--strict",
      description =
          "Exit 3 if a recording is damaged or lossy, or one may have been left out of a folder."
              + " Reads all to the end, whatever --limit says.")
  private boolean strict;

  @Option(names = "--saved", paramLabel = "FILE", description = "Queries for saved:NAME.")
  private @Nullable Path savedFile;

  @Option(
      names = "--cache",
      paramLabel = "WHEN",
      description =
          "Keep an index of a recording in the user's cache directory: auto (default; of a large"
              + " one that is searched again), always, never.")
  private Opening.Caching cache = Opening.Caching.AUTO;

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
    BusAddress.doubtIn(text).ifPresent(words -> terminal.err().println("tcescope: " + words));
    Opening opening = new Opening(run, cache, LuceneEscape.isIn(query), terminal);
    Corpus corpus = new Corpus(opening, paths, strict);
    if (histogram) {
      new HistogramPrinter(terminal, format).print(new Histogram(corpus, query, buckets).count());
    } else if (key != null) {
      new Counts(terminal, format, corpus).groups(query, key, limit);
    } else if (count) {
      new Counts(terminal, format, corpus).total(query);
    } else {
      print(query, corpus, terminal);
    }
    terminal.out().flush();
    return corpus.conclude();
  }

  private void requireCounts() {
    if (limit < 0 || context < 0 || before < 0 || after < 0 || buckets < 1) {
      throw new UsageException("--limit, --context and the like count from 0, --buckets from 1");
    }
  }

  private boolean hasContext() {
    return context > 0 || before > 0 || after > 0;
  }

  private void print(Query query, Corpus corpus, Terminal terminal) {
    HitPrinter printer = new HitPrinter(HitRows.of(format, terminal), corpus, limit);
    if (sort == Order.TIME) {
      printer.byTime(query);
    } else if (hasContext() && limit > 0) {
      printer.withContext(query, Math.max(context, before), Math.max(context, after));
    } else {
      printer.byEvent(query);
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
              + Spelling.hint(groupBy, QueryField.keys()));
    }
    if (!field.isKey()) {
      String instead = field == QueryField.TIME ? "; --histogram counts over time" : "";
      throw new UsageException("events cannot be grouped by " + field.word() + instead);
    }
    return field;
  }
}

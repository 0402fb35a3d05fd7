package io.tcescope.cli.shrink;

import io.tcescope.cli.input.Places;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.Trouble;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.traces.UnreadableTraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A recording on its way to the shortest that still shows one of its findings. */
public final class Shrinking implements AutoCloseable {
  private final RunOptions options;
  private final Rulebook rules;
  private final Path file;
  private final Path folder;
  private final Path candidate;
  private final SourceLines lines;

  /**
   * What came of it.
   *
   * @param finding as the whole recording shows it
   * @param left how many lines are left, and {@code of} how many there were
   * @param tries how often a shorter recording was replayed
   * @param least true if no single line can go
   */
  public record Outcome(Finding finding, int left, int of, int tries, boolean least) {}

  /** Of that file. */
  public Shrinking(RunOptions options, Rulebook rules, Path file) throws IOException {
    this.options = options;
    this.rules = rules;
    this.file = file;
    this.folder = Files.createTempDirectory("tcescope-shrink");
    this.candidate = folder.resolve("candidate");
    this.lines = lines(file, folder);
  }

  private static SourceLines lines(Path file, Path folder) throws IOException {
    try {
      return SourceLines.of(file, folder);
    } catch (IOException e) {
      Files.deleteIfExists(folder);
      throw new UnreadableTraceException(file.toString(), Trouble.of(e), e);
    }
  }

  /**
   * Leaves out what can be left out, and writes the rest.
   *
   * @param rule whose first finding is wanted, empty for the worst finding of any
   * @param most replays to make
   */
  public Outcome to(OutputStream out, Optional<String> rule, int most) throws IOException {
    try (Trace trace = options.open(List.of(file))) {
      if (!trace.source().isText()) {
        throw new UsageException(file + " has no lines: tcescope export --to csv makes some of it");
      }
      List<Finding> all = Oracle.findings(trace, file, options, rules);
      Finding wanted = wanted(all, rule);
      Oracle oracle = Oracle.of(options, rules, trace.source(), wanted, all);
      Shrinker shrinker = new Shrinker(lines.count(), kept -> passes(oracle, kept), most);
      guess(shrinker, trace, wanted);
      shrinker.sweep();
      lines.write(shrinker.lines(), out);
      int left = shrinker.lines().length;
      boolean least = !shrinker.isExhausted();
      return new Outcome(wanted, left, lines.count(), shrinker.tries(), least);
    }
  }

  private Finding wanted(List<Finding> all, Optional<String> rule) {
    return all.stream()
        .filter(one -> rule.isEmpty() || rule.get().equals(one.rule()))
        .min(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding.ORDER))
        .orElseThrow(() -> nothing(all, rule));
  }

  private UsageException nothing(List<Finding> all, Optional<String> rule) {
    String others =
        all.stream().map(Finding::rule).distinct().sorted().collect(Collectors.joining(", "));
    return new UsageException(
        file
            + " shows no finding"
            + rule.map(" of "::concat).orElse("")
            + (others.isEmpty() ? "" : ", only of " + others));
  }

  /** What most likely is not needed, in large parts. */
  private void guess(Shrinker shrinker, Trace trace, Finding wanted) {
    Set<Integer> needed = named(trace, wanted);
    int last = needed.stream().mapToInt(Integer::intValue).max().orElse(lines.count());
    shrinker.drop(line -> line > last);
    shrinker.drop(line -> !needed.contains(line));
    Kinds kinds = Kinds.of(trace, lines.count());
    for (int kind : kinds.byCount()) {
      shrinker.drop(line -> kinds.isOf(line, kind));
    }
    for (int line : needed) {
      shrinker.drop(other -> kinds.isOf(other, kinds.of(line)) && !needed.contains(other));
    }
  }

  /** The lines of the events that a finding names. */
  private Set<Integer> named(Trace trace, Finding finding) {
    Set<Long> events = Finding.events(List.of(finding));
    Places places = Places.of(trace, events);
    Set<Integer> named = new TreeSet<>();
    for (long event : events) {
      long line = places.get(event).line();
      if (line > 0 && line <= lines.count()) {
        named.add((int) line - 1);
      }
    }
    return named;
  }

  private boolean passes(Oracle oracle, int[] kept) {
    try {
      lines.write(kept, candidate);
      return oracle.shows(candidate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
    Files.deleteIfExists(candidate);
    Files.deleteIfExists(folder);
  }
}

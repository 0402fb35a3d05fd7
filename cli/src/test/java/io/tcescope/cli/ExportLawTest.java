package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.output.EventCsv;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.References;
import io.tcescope.cli.output.StateJson;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law of exports: a recording written as CSV and read again gives the same tables after every
 * event, with the same certainty, and the same findings.
 */
final class ExportLawTest {
  private static final Path RUNS = Path.of("../traces/src/test/resources/corpus");
  private static final Pattern RECORDING =
      Pattern.compile("(trace\\.(log|bin)|calls\\.csv|dmesg\\.txt|ftrace\\.txt)\\.zst");

  @TempDir private Path folder = Path.of("");

  static List<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.walk(RUNS, 2)) {
      return files
          .filter(file -> RECORDING.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void anExportReplaysToTheSameTablesAfterEveryEvent(Path file) throws IOException {
    Path csv = folder.resolve("export.csv");
    try (Trace original = Traces.open(file, TraceOptions.NONE)) {
      Replay.Result<CheckRunner> told = check(original);
      Map<String, Long> untold = export(original, told.rules(), csv);
      try (Trace exported = Traces.open(csv, TraceOptions.NONE)) {
        int shift = original.source() == SourceKind.CSV ? 0 : 1;
        assertThat(exported.sources()).isEqualTo(original.sources());
        Replay.Result<CheckRunner> reread = check(exported);
        assertThat(reread.rules())
            .usingRecursiveComparison()
            .ignoringFields("machine")
            .isEqualTo(told.rules());
        compareStates(original, exported, reread.rules(), shift);
        if (untold.isEmpty()) {
          assertThat(findings(reread, shift)).isEqualTo(findings(told, 0));
        } else {
          assertThat(original.tellsTables()).as("%s of a hypervisor's log", untold).isFalse();
        }
      }
    }
  }

  private static Map<String, Long> export(Trace trace, IommuState.Rules rules, Path csv)
      throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
      EventCsv rows = new EventCsv(out);
      IommuState state = new IommuState(rules);
      rows.recordedBy(trace, state.rules().platform());
      Event event = new Event();
      EventFacts facts = new EventFacts();
      TraceReader reader = trace.read(1);
      while (reader.next(event)) {
        rows.row(event, facts.of(event, state.apply(event)));
      }
      return rows.untold();
    }
  }

  private static Replay.Result<CheckRunner> check(Trace trace) {
    return Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace));
  }

  private static void compareStates(
      Trace original, Trace exported, IommuState.Rules rules, int shift) throws IOException {
    IommuState one = new IommuState(rules);
    IommuState other = new IommuState(rules);
    TraceReader events = original.read(1);
    TraceReader rows = exported.read(1 + shift);
    Event event = new Event();
    Event row = new Event();
    while (events.next(event)) {
      one.apply(event);
      if (!rows.next(row)) {
        fail("nothing of " + event.raw());
      }
      other.apply(row);
      if (digest(one) != digest(other)) {
        assertThat(summary(other)).as("after %s", event.raw()).isEqualTo(summary(one));
      }
    }
    assertThat(rows.next(row)).isFalse();
    assertThat(windows(other)).isEqualTo(windows(one));
    assertThat(rows.health().events()).isEqualTo(events.health().events() + shift);
  }

  private static long digest(IommuState state) {
    long digest = 0;
    for (DmaWindow window : state.windows()) {
      digest = 31 * digest + window.liobn() + window.generation();
      digest = 31 * digest + window.nonzero() + 5 * window.unknown() + 7 * window.entries();
    }
    return digest;
  }

  /** What is compared after every event. */
  private static String summary(IommuState state) {
    return state.windows().stream()
        .map(
            (DmaWindow window) ->
                "%s %s %s %d of %d, %d live, %d unknown"
                    .formatted(
                        window,
                        window.role(),
                        window.geometry(),
                        window.nonzero(),
                        window.entries(),
                        window.mapped(),
                        window.unknown()))
        .collect(Collectors.joining("; "));
  }

  /** All entries with their certainty. */
  private static String windows(IommuState state) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new StateJson(new Json(out), new References(List.of("")))
        .state(Place.START, state.settled().windows());
    out.flush();
    return text.toString();
  }

  private static List<String> findings(Replay.Result<CheckRunner> result, int shift) {
    return result.observer().findings().stream()
        .map(
            (Finding finding) ->
                finding.severity() + " " + finding.rule() + " " + (finding.ordinal() - shift))
        .sorted()
        .toList();
  }
}

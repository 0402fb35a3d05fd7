package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.cli.output.CheckText;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.SummaryText;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.UnreadableTraceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text shows few of the events that prove a finding; only the places of these are looked up. */
final class ExaminationTest {
  private static final Path RUNS = Path.of("../traces/src/test/resources/corpus");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fuzz72-seed1",
        "fuzz72-seed3",
        "fuzz100-seed1",
        "linux510-default-removed-in-use",
        "linux61-dynamic-exhausted"
      })
  void a_text_names_no_event_whose_place_was_not_looked_up(String run)
      throws UnreadableTraceException {
    Path file = RUNS.resolve(run).resolve("trace.log.zst");
    String all = told(file, Finding::events);
    assertThat(all).contains(" at line ");
    assertThat(told(file, CheckText::named)).isEqualTo(all);
  }

  private static String told(Path file, Examination.Naming naming) throws UnreadableTraceException {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    Terminal terminal = Terminal.ofProcess(out, out);
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      ReplayOptions options = ReplayOptions.defaults();
      Checked checked =
          Examination.of(trace, List.of(file), options, Rulebook.EMPTY, false, naming);
      new SummaryText(terminal).run(checked);
      for (Severity least : Severity.values()) {
        new CheckText(terminal, least).run(checked);
      }
    }
    out.flush();
    return text.toString();
  }
}

package io.tcescope.cli;

import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.CheckDocument;
import io.tcescope.cli.output.CheckFormat;
import io.tcescope.cli.output.CheckJson;
import io.tcescope.cli.output.CheckText;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Comparison;
import io.tcescope.cli.output.ComparisonText;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.output.Words;
import io.tcescope.cli.sarif.SarifLog;
import io.tcescope.engine.check.Severity;
import java.util.List;
import java.util.Optional;

/** Prints what {@code check} finds, in the format that is wanted: run by run where it can be. */
final class CheckPrinter {
  private static final Severity LEAST_EXPLAINED = Severity.WARNING;

  private final Terminal terminal;
  private final CheckFormat format;
  private final boolean together;
  private final Told told = new Told();
  private final CheckText text;
  private final CheckDocument document;

  /** Where SARIF is wanted, for it has all rules' texts at hand. */
  private final Optional<SarifLog> sarif;

  CheckPrinter(Terminal terminal, CheckFormat format, boolean together) {
    this.terminal = terminal;
    this.format = format;
    this.together = together;
    this.document = new CheckDocument(new Json(terminal.out()));
    this.text = new CheckText(terminal, LEAST_EXPLAINED);
    this.sarif =
        format == CheckFormat.SARIF
            ? Optional.of(new SarifLog(new Json(terminal.out()), Main.VERSION))
            : Optional.empty();
  }

  /** What was printed, or is to be. */
  Told told() {
    return told;
  }

  /** One more run. */
  void take(Checked checked) {
    told.add(checked);
    switch (format) {
      case TEXT -> {
        if (told.runs().size() > 1) {
          terminal.out().println();
        }
        text.run(checked);
      }
      case JSON -> document.run(checked);
      case NDJSON -> new CheckJson(new Json(terminal.out()), !together).lines(checked);
      case SARIF -> sarif.ifPresent(log -> log.run(checked));
    }
    terminal.out().flush();
  }

  /** What is to be said when all runs are checked. */
  void conclude(Audit audit, Optional<Comparison> comparison) {
    List<Checked> runs = told.runs();
    switch (format) {
      case TEXT -> {
        text.notJudged(runs);
        comparison.ifPresent(new ComparisonText(terminal)::tell);
        total(comparison.isPresent());
      }
      case JSON -> document.end(runs, audit, comparison);
      case NDJSON -> comparison.ifPresent(this::line);
      case SARIF -> {} // which tells how the process ends, too
    }
  }

  private void line(Comparison comparison) {
    new CheckJson(new Json(terminal.out()), true).line(comparison);
  }

  private void total(boolean compared) {
    int recordings = told.runs().size();
    if (recordings > 1) {
      String findings = compared ? told.findingsBesideKnown() : told.findings();
      terminal.out().println();
      terminal.out().println(Words.count(recordings, "recording") + ", " + findings);
    }
  }

  /** How the process will end. */
  void exits(int exitCode, Audit audit, Optional<Comparison> comparison) {
    sarif.ifPresent(log -> end(log, exitCode, audit, comparison));
  }

  private void end(SarifLog log, int exitCode, Audit audit, Optional<Comparison> comparison) {
    boolean successful = exitCode == ExitCode.CLEAN || exitCode == ExitCode.FINDINGS;
    log.end(told.runs(), audit, comparison, exitCode, successful);
    if (log.count() > SarifLog.MOST_RESULTS) {
      String results = Words.count(log.count(), "result");
      Commands.note(terminal, results + ": GitHub refuses more than 25,000 in a run");
    }
  }
}

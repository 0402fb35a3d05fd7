package io.tcescope.cli.script;

import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.Scripted;
import io.tcescope.engine.check.CheckRunner.NotApplicable;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Timing;
import io.tcescope.scripting.Printed;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.ScriptError;
import java.io.PrintWriter;

/**
 * What a child process says of rules: an object a line, of which the only field says what it is.
 * {@link VerdictReader} reads it.
 */
final class VerdictWriter implements AutoCloseable {
  private final PrintWriter out;
  private final Json json;

  VerdictWriter(PrintWriter out) {
    this.out = out;
    this.json = new Json(out);
  }

  /** Says which rules there are, before any of them runs. */
  void begin(Scripted scripted) {
    scripted.rules().forEach(this::rule);
    out.flush();
  }

  /** Says what they found, and that this is all. */
  void end(Scripted scripted) {
    scripted.findings().forEach(this::finding);
    scripted.notApplicable().forEach(this::notApplicable);
    scripted.errors().forEach(this::error);
    scripted.timings().forEach(this::timing);
    scripted.printed().forEach(this::printed);
    json.object().flag(VerdictReader.END, true).endObject().line();
    out.flush();
  }

  private void rule(RuleMeta meta) {
    json.object()
        .object(VerdictReader.RULE)
        .text("id", meta.id())
        .text("severity", meta.severity().name())
        .flag("recommended", meta.recommended())
        .text("summary", meta.summary())
        .text("why", meta.why())
        .text("fix", meta.fix())
        .value("requires", meta.requires());
    endLine();
  }

  private void finding(Finding finding) {
    json.object()
        .object(VerdictReader.FINDING)
        .text("rule", finding.rule())
        .text("messageId", finding.messageId())
        .text("severity", finding.severity().name())
        .text("confidence", finding.confidence().name())
        .number("event", finding.ordinal())
        .number("liobn", finding.liobn().orElse(0), finding.liobn().isPresent())
        .number("generation", finding.generation())
        .number("ioba", finding.ioba().orElse(0), finding.ioba().isPresent())
        .text("message", finding.message())
        .value("data", finding.data())
        .value("evidence", finding.evidence().stream().map(Evidence::ordinal).toList())
        .value("notes", finding.evidence().stream().map(Evidence::note).toList());
    endLine();
  }

  private void notApplicable(NotApplicable rule) {
    json.object()
        .object(VerdictReader.NOT_APPLICABLE)
        .text("rule", rule.rule())
        .text("reason", rule.reason());
    endLine();
  }

  private void error(ScriptError error) {
    json.object()
        .object(VerdictReader.ERROR)
        .text("rule", error.script())
        .text("file", error.file())
        .number("line", error.line())
        .number("column", error.column())
        .text("message", error.message())
        .value("stack", error.stack())
        .number("event", error.event())
        .number("from", error.from());
    endLine();
  }

  private void timing(Timing timing) {
    json.object()
        .object(VerdictReader.TIMING)
        .text("rule", timing.rule())
        .number("nanos", timing.nanos());
    endLine();
  }

  private void printed(Printed line) {
    json.object()
        .object(VerdictReader.PRINTED)
        .text("rule", line.rule())
        .number("event", line.event())
        .text("text", line.text());
    endLine();
  }

  private void endLine() {
    json.endObject().endObject().line();
  }

  @Override
  public void close() {
    json.close();
  }
}

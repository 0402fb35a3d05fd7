package io.tcescope.cli.sarif;

import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Comparison;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.OpenSymptomsText;
import io.tcescope.engine.check.CheckRunner.NotApplicable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One log with one run of the tool. Results are written as soon as a recording is checked, so that
 * thousands of them take no more memory than one; what is told of all comes behind them.
 */
public final class SarifLog {
  /** GitHub refuses a run with more. */
  public static final long MOST_RESULTS = 25_000;

  private final Json json;
  private final String version;
  private final Rules rules = new Rules();
  private final ResultList results;
  private final List<Invocation.Symptoms> symptoms = new ArrayList<>();
  private boolean begun;

  /**
   * Writes to {@code json} and nothing before the first recording, for there may be none.
   *
   * @param version of tcescope
   */
  public SarifLog(Json json, String version) {
    this.json = json;
    this.version = version;
    this.results = new ResultList(json, rules);
  }

  private void begin() {
    if (!begun) {
      begun = true;
      json.object()
          .text("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
          .text("version", "2.1.0")
          .list("runs")
          .object()
          .text("columnKind", "utf16CodeUnits")
          .list("results")
          .line();
    }
  }

  /** The findings of one more recording. */
  public void run(Checked run) {
    begin();
    rules.add(run.scripted().rules());
    results.of(run);
    if (!run.openSymptoms().isEmpty()) {
      String words = OpenSymptomsText.of(run);
      symptoms.add(new Invocation.Symptoms(run.files().getFirst(), words));
    }
  }

  /**
   * Ends the log.
   *
   * @param runs all that were checked; their findings are not needed any more
   * @param successful false if something was not checked, or not to its end
   */
  public void end(
      List<Checked> runs,
      Audit audit,
      Optional<Comparison> comparison,
      int exitCode,
      boolean successful) {
    begin();
    comparison.ifPresent(one -> one.gone().forEach(results::absent));
    json.endList().object("tool").object("driver").text("name", "tcescope");
    json.text("semanticVersion", version);
    rules.writeTo(json);
    json.endObject().endObject();
    new Invocation(json, rules).write(runs, audit, symptoms, exitCode, successful);
    json.object("originalUriBaseIds").object(Artifact.BASE).object("description");
    json.text("text", "The folder in which tcescope was run.").endObject().endObject().endObject();
    properties(runs);
    json.endObject().endList().endObject().line();
  }

  /** How many results there are. */
  public long count() {
    return results.count();
  }

  /** Silence of a rule that could not judge means nothing. */
  private void properties(List<Checked> runs) {
    Map<NotApplicable, Integer> silent = new LinkedHashMap<>();
    runs.forEach(run -> run.notApplicable().forEach(one -> silent.merge(one, 1, Integer::sum)));
    json.object("properties").number("recordings", runs.size()).list("notApplicable");
    silent.forEach(
        (one, recordings) ->
            json.object()
                .text("rule", one.rule())
                .text("reason", one.reason())
                .number("recordings", recordings)
                .endObject());
    json.endList().endObject();
  }
}

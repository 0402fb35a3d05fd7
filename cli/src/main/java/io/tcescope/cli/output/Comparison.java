package io.tcescope.cli.output;

import io.tcescope.engine.check.Severity;
import java.util.List;

/**
 * How all that was found differs from a baseline.
 *
 * @param file the baseline
 * @param fresh how many findings it does not know
 * @param known how many it does
 * @param gone what it knows and was not found again
 * @param notJudged what it knows and nobody looked for: the rule did not run, or does not apply
 * @param notChecked how many of its recordings were not checked
 * @param strangers how many recordings were checked that it does not have
 */
public record Comparison(
    String file,
    long fresh,
    long known,
    List<Missing> gone,
    List<Missing> notJudged,
    long notChecked,
    long strangers) {
  /** A finding of the baseline that was not found, as often as that. */
  public record Missing(
      String rule, String fingerprint, Severity severity, long count, List<String> files) {
    public Missing {
      files = List.copyOf(files);
    }

    /** The name of the recording it is missed in. */
    public String recording() {
      return String.join(" + ", files);
    }
  }

  public Comparison {
    gone = List.copyOf(gone);
    notJudged = List.copyOf(notJudged);
  }

  /** Writes it as a field of an object. */
  void writeTo(Json json) {
    json.object("baseline")
        .text("file", file)
        .number("new", fresh)
        .number("known", known)
        .number("notChecked", notChecked)
        .number("notInBaseline", strangers);
    missing(json, "gone", gone);
    missing(json, "notJudged", notJudged);
    json.endObject();
  }

  private static void missing(Json json, String name, List<Missing> missing) {
    json.list(name);
    for (Missing one : missing) {
      json.object()
          .text("rule", one.rule())
          .text("severity", one.severity().label())
          .text("fingerprint", one.fingerprint())
          .number("count", one.count())
          .text("trace", one.recording())
          .endObject();
    }
    json.endList();
  }
}

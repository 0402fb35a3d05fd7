package io.tcescope.cli.script;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tcescope.cli.output.Scripted;
import io.tcescope.engine.check.CheckRunner.NotApplicable;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.check.Timing;
import io.tcescope.scripting.Printed;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.ScriptError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a child process says of rules, as {@link VerdictWriter} writes it. Nothing it says is
 * taken on trust but the findings themselves: what is no verdict is none.
 */
final class VerdictReader {
  static final String RULE = "rule";
  static final String FINDING = "finding";
  static final String NOT_APPLICABLE = "notApplicable";
  static final String ERROR = "error";
  static final String TIMING = "timing";
  static final String PRINTED = "printed";
  static final String END = "end";

  /** The line with which a verdict ends. */
  static final String LAST = "{\"" + END + "\":true}";

  private static final JsonFactory JSON = new JsonFactory();

  private final Set<RuleMeta> rules = new LinkedHashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<NotApplicable> notApplicable = new ArrayList<>();
  private final List<ScriptError> errors = new ArrayList<>();
  private final List<Timing> timings = new ArrayList<>();
  private final List<Printed> printed = new ArrayList<>();
  private boolean complete;

  private VerdictReader() {}

  /** Reads as much as makes sense. */
  static VerdictReader read(byte[] said) {
    VerdictReader verdict = new VerdictReader();
    try (JsonParser parser = JSON.createParser(said)) {
      while (parser.nextToken() != null) {
        verdict.line(Fields.value(parser));
      }
    } catch (IOException | RuntimeException e) {
      verdict.complete = false;
    }
    return verdict;
  }

  /** True if the child said that it was done. */
  boolean isComplete() {
    return complete;
  }

  /** What the rules made of the recording. */
  Scripted scripted() {
    return new Scripted(List.copyOf(rules), findings, notApplicable, errors, timings, printed);
  }

  private void line(@Nullable Object line) {
    if (!(line instanceof Map<?, ?> only) || only.size() != 1 || complete) {
      throw new IllegalArgumentException("not a line of a verdict");
    }
    Object what = only.keySet().iterator().next();
    if (what.equals(END)) {
      complete = true;
      return;
    }
    Fields fields = new Fields((Map<?, ?>) only.values().iterator().next());
    switch (String.valueOf(what)) {
      case RULE -> rules.add(rule(fields));
      case FINDING -> findings.add(finding(fields));
      case NOT_APPLICABLE ->
          notApplicable.add(new NotApplicable(fields.text("rule"), fields.text("reason")));
      case ERROR -> errors.add(error(fields));
      case TIMING -> timings.add(new Timing(fields.text("rule"), fields.number("nanos")));
      case PRINTED ->
          printed.add(
              new Printed(fields.text("rule"), fields.number("event"), fields.text("text")));
      default -> throw new IllegalArgumentException("not a line of a verdict");
    }
  }

  private static RuleMeta rule(Fields fields) {
    return new RuleMeta(
        fields.text("id"),
        Severity.valueOf(fields.text("severity")),
        fields.of("recommended").equals(true),
        fields.text("summary"),
        fields.text("why"),
        fields.text("fix"),
        fields.texts("requires"));
  }

  private static Finding finding(Fields fields) {
    Map<String, Object> data = new LinkedHashMap<>();
    ((Map<?, ?>) fields.of("data")).forEach((name, one) -> data.put(String.valueOf(name), one));
    List<Evidence> evidence = new ArrayList<>();
    Iterator<String> notes = fields.texts("notes").iterator();
    for (Object ordinal : (List<?>) fields.of("evidence")) {
      evidence.add(new Evidence((Long) ordinal, notes.next()));
    }
    return new Finding(
        fields.text("rule"),
        fields.text("messageId"),
        Severity.valueOf(fields.text("severity")),
        Confidence.valueOf(fields.text("confidence")),
        fields.number("event"),
        fields.optional("liobn"),
        (int) fields.number("generation"),
        fields.optional("ioba"),
        fields.text("message"),
        data,
        evidence);
  }

  private static ScriptError error(Fields fields) {
    return new ScriptError(
        fields.text("rule"),
        fields.text("file"),
        (int) fields.number("line"),
        (int) fields.number("column"),
        fields.text("message"),
        fields.texts("stack"),
        fields.number("event"),
        fields.number("from"));
  }
}

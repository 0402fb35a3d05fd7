package io.tcescope.scripting;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Value;

/** Plays the cases of a test file and compares what a rule finds with what it should. */
public final class RuleTests {
  /** Makes a recording of the text in a case. */
  @FunctionalInterface
  public interface Recordings {
    /**
     * A recording of that text.
     *
     * @throws IOException if the text is no recording of any format
     */
    Trace of(String text) throws IOException;
  }

  /**
   * How a case went.
   *
   * @param complaint what differs, a line each; empty if the case passed
   * @param printed what the rule printed, each line behind the trace's line where there is one
   */
  public record Result(
      String rule, String expectation, String name, String complaint, List<String> printed) {
    public Result {
      printed = List.copyOf(printed);
    }

    public boolean passed() {
      return complaint.isEmpty();
    }
  }

  private final ScriptEngine engine;
  private final Recordings recordings;
  private final ScriptSettings settings;

  /** Tests with these settings. */
  public RuleTests(ScriptEngine engine, Recordings recordings, ScriptSettings settings) {
    this.engine = engine;
    this.recordings = recordings;
    this.settings = settings;
  }

  /**
   * Plays all cases of a file.
   *
   * @throws ScriptException if the file itself is wrong
   */
  public List<Result> run(Path file) throws ScriptException {
    Path path = file.toAbsolutePath();
    List<Result> results = new ArrayList<>();
    int cases = 1;
    for (int i = 0; i < cases; i++) {
      try (ScriptRule rule = open(path, new ScriptRun(settings, new NoTrace()))) {
        cases = rule.sandbox().call(() -> rule.kit().getMember("cases").execute().asInt());
        if (i < cases) {
          results.add(play(path, i, TestCase.of(rule, i)));
        }
      }
    }
    return results;
  }

  private ScriptRule open(Path file, ScriptRun run) throws ScriptException {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is in no folder");
    }
    ScriptRule rule =
        new ScriptRule(engine, run, folder, String.valueOf(file.getFileName()), false);
    try {
      rule.sandbox().module(file);
    } catch (ScriptException e) {
      rule.close();
      throw e;
    }
    return rule;
  }

  private Result play(Path file, int number, TestCase test) {
    try (Trace trace = recordings.of(test.trace())) {
      ScriptRules rules =
          Replay.run(trace, ReplayOptions.defaults(), () -> started(file, number, trace))
              .observer();
      try (rules) {
        return test.judge(rules, trace);
      }
    } catch (IOException e) {
      return test.unreadable();
    }
  }

  private ScriptRules started(Path file, int number, Trace trace) {
    ScriptRun run = new ScriptRun(settings, trace);
    try {
      ScriptRule rule = open(file, run);
      Value kit = rule.kit();
      RuleMeta meta = RuleMeta.of(kit.getMember("ruleOfCase").execute(number).getMember("meta"));
      rule.rename(meta.id());
      return ScriptRules.of(run, rule, meta, () -> rule.start("startCase", number));
    } catch (ScriptException e) {
      return ScriptRules.broken(run, e.error());
    }
  }

  /** One case of a test file. */
  private record TestCase(
      String rule,
      String expectation,
      String name,
      String trace,
      List<String> expected,
      List<String> parts) {

    static TestCase of(ScriptRule rule, int number) throws ScriptException {
      Value cells = rule.sandbox().call(() -> rule.kit().getMember("caseAt").execute(number));
      return new TestCase(
          cells.getArrayElement(0).asString(),
          cells.getArrayElement(1).asString(),
          cells.getArrayElement(2).asString(),
          cells.getArrayElement(3).asString().stripIndent().strip() + "\n",
          texts(cells.getArrayElement(4)),
          texts(cells.getArrayElement(5)));
    }

    private static List<String> texts(Value list) {
      List<String> texts = new ArrayList<>();
      for (long i = 0; i < list.getArraySize(); i++) {
        texts.add(list.getArrayElement(i).asString());
      }
      return texts;
    }

    Result judge(ScriptRules rules, Trace trace) {
      List<String> printed =
          rules.printed().stream().map(one -> place(one.event(), trace) + one.text()).toList();
      return new Result(rule, expectation, name, complaint(rules, trace), printed);
    }

    Result unreadable() {
      return new Result(rule, expectation, name, "  the trace holds no recording", List.of());
    }

    private String complaint(ScriptRules rules, Trace trace) {
      if (!rules.errors().isEmpty()) {
        return "  the rule failed: " + rules.errors().getFirst();
      }
      boolean applicable = rules.notApplicable().isEmpty();
      if (expectation.equals("notApplicable")) {
        return applicable ? "  expected: not applicable\n  but it judged" : "";
      }
      if (!applicable) {
        return "  not applicable: " + rules.notApplicable().getFirst().reason();
      }
      return compare(actual(rules, trace));
    }

    private List<String> actual(ScriptRules rules, Trace trace) {
      List<String> lines = new ArrayList<>();
      List<Finding> findings = rules.findings();
      for (int i = 0; i < findings.size(); i++) {
        String wanted = i < parts.size() ? parts.get(i) : "messageId line evidence";
        lines.add(describe(findings.get(i), wanted, trace));
      }
      return lines;
    }

    private static String describe(Finding finding, String parts, Trace trace) {
      List<String> words = new ArrayList<>();
      words.add("line " + line(trace, finding.ordinal()));
      words.add(finding.messageId());
      if (parts.contains("severity")) {
        words.add(finding.severity().label());
      }
      if (parts.contains("confidence")) {
        words.add(finding.confidence().label());
      }
      if (parts.contains("evidence")) {
        words.add(
            "evidence "
                + finding.evidence().stream()
                    .map(Evidence::ordinal)
                    .map(ordinal -> Long.toString(line(trace, ordinal)))
                    .collect(Collectors.joining(", ")));
      }
      return String.join(" | ", words);
    }

    private static String place(long ordinal, Trace trace) {
      return ordinal == 0 ? "" : "line " + line(trace, ordinal) + ": ";
    }

    private static long line(Trace trace, long ordinal) {
      Event event = new Event();
      return trace.read(ordinal).next(event) ? event.line() : 0;
    }

    /** A diff: lines that should be there with a minus, lines that are there with a plus. */
    private String compare(List<String> actual) {
      if (expected.equals(actual)) {
        return "";
      }
      StringBuilder diff = new StringBuilder("  - expected, + found\n");
      expected.stream()
          .filter(line -> !actual.contains(line))
          .forEach(line -> diff.append("  - ").append(line).append('\n'));
      actual.forEach(
          line -> diff.append(expected.contains(line) ? "    " : "  + ").append(line).append('\n'));
      return diff.toString().stripTrailing();
    }
  }
}

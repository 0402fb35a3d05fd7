package io.tcescope.cli.output;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Timing;
import io.tcescope.scripting.Printed;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.ScriptError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What rules in JavaScript made of one run.
 *
 * @param rules what they say of themselves
 * @param errors rules that could not be run, or not to the end
 * @param printed what they printed beside
 */
public record Scripted(
    List<RuleMeta> rules,
    List<Finding> findings,
    List<CheckRunner.NotApplicable> notApplicable,
    List<ScriptError> errors,
    List<Timing> timings,
    List<Printed> printed) {
  /** There were none. */
  public static final Scripted NONE =
      new Scripted(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** The events that errors and printed lines name, by their ordinals. */
  public Set<Long> moments() {
    return Stream.concat(
            errors.stream().flatMap(error -> Stream.of(error.event(), Unjudged.from(error))),
            printed.stream().map(Printed::event))
        .filter(ordinal -> ordinal > 0)
        .collect(Collectors.toSet());
  }

  /** The same without what one rule made of it, for that reason. */
  Scripted without(String rule, ScriptError reason) {
    List<ScriptError> others = new ArrayList<>(errors);
    others.removeIf(error -> error.script().equals(rule));
    others.add(reason);
    return new Scripted(
        rules,
        findings.stream().filter(finding -> !finding.rule().equals(rule)).toList(),
        notApplicable.stream().filter(one -> !one.rule().equals(rule)).toList(),
        others,
        timings,
        printed.stream().filter(line -> !line.rule().equals(rule)).toList());
  }

  /** The same without what some rules made of it. */
  Scripted withoutRules(Set<String> ids) {
    return new Scripted(
        rules,
        findings.stream().filter(finding -> !ids.contains(finding.rule())).toList(),
        notApplicable.stream().filter(one -> !ids.contains(one.rule())).toList(),
        errors.stream().filter(error -> !ids.contains(error.script())).toList(),
        timings,
        printed.stream().filter(line -> !ids.contains(line.rule())).toList());
  }

  public Scripted {
    rules = List.copyOf(rules);
    findings = List.copyOf(findings);
    notApplicable = List.copyOf(notApplicable);
    errors = List.copyOf(errors);
    timings = List.copyOf(timings);
    printed = List.copyOf(printed);
  }
}

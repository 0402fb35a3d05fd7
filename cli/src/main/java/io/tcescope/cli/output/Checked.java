package io.tcescope.cli.output;

import io.tcescope.cli.input.Places;
import io.tcescope.cli.input.WindowName;
import io.tcescope.cli.input.WindowOption;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Timing;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.why.Symptom;
import io.tcescope.queries.timeline.Upheaval;
import io.tcescope.scripting.ScriptError;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one run showed.
 *
 * @param files as the user named them
 * @param bytes size of the unpacked recording
 * @param windows all that ever were, in the order in which they came
 * @param upheavals what happened to the whole machine, in order
 * @param findings of all rules, built in or not
 * @param openSymptoms trouble that no finding of warning or above explains
 * @param scripted what rules in JavaScript made of it
 * @param timings of the built-in checks, if they were asked for
 * @param places where the events stand that findings and windows name
 * @param known which findings a baseline knows
 * @param notAsked ids of rules whose findings nobody wanted, so that their silence means nothing
 */
public record Checked(
    List<String> files,
    SourceKind source,
    long bytes,
    IommuState.Rules rules,
    List<WindowLife> windows,
    List<Upheaval> upheavals,
    List<Finding> findings,
    List<Symptom> openSymptoms,
    List<CheckRunner.NotApplicable> notApplicable,
    Scripted scripted,
    List<Timing> timings,
    TraceHealth health,
    Places places,
    Known known,
    Set<String> notAsked) {
  /** So many records at either end may bear no time (a tracer's head) and yet a span be told. */
  public static final int UNTIMED_AT_ENDS = 16;

  /** The same with the findings about the windows that are wanted. */
  Checked only(WindowOption option) {
    return with(
        findings.stream()
            .filter(one -> one.liobn().isPresent())
            .filter(one -> option.admits(new WindowName(one.liobn().getAsLong(), one.generation())))
            .toList(),
        known);
  }

  /** The same with the findings that a baseline knows. */
  public Checked knowing(Set<Finding> ofBaseline) {
    return with(findings, new Known(true, ofBaseline));
  }

  private Checked with(List<Finding> some, Known ofThem) {
    return with(some, notApplicable, scripted, ofThem, notAsked);
  }

  /** The same without what a rule in JavaScript made of it, for that reason. */
  public Checked without(String rule, ScriptError reason) {
    Set<Finding> its = Collections.newSetFromMap(new IdentityHashMap<>());
    scripted.findings().stream().filter(one -> one.rule().equals(rule)).forEach(its::add);
    return with(
        findings.stream().filter(one -> !its.contains(one)).toList(),
        notApplicable.stream()
            .filter(one -> !one.rule().equals(rule) || Rule.of(rule).isPresent())
            .toList(),
        scripted.without(rule, reason),
        known,
        notAsked);
  }

  /** The same without what those rules made of it, which were not asked. */
  public Checked withoutRules(Set<String> ids) {
    return with(
        findings.stream().filter(one -> !ids.contains(one.rule())).toList(),
        notApplicable.stream().filter(one -> !ids.contains(one.rule())).toList(),
        scripted.withoutRules(ids),
        known,
        Collections.unmodifiableSet(new TreeSet<>(ids)));
  }

  private Checked with(
      List<Finding> some,
      List<CheckRunner.NotApplicable> reasons,
      Scripted ofScripts,
      Known ofThem,
      Set<String> silenced) {
    return new Checked(
        files,
        source,
        bytes,
        rules,
        windows,
        upheavals,
        some,
        openSymptoms,
        reasons,
        ofScripts,
        timings,
        health,
        places,
        ofThem,
        silenced);
  }

  /** The findings that no baseline knows. */
  public List<Finding> fresh() {
    return findings.stream().filter(finding -> !known.findings().contains(finding)).toList();
  }

  /** The same without what has been printed: it takes little memory. */
  public Checked gist() {
    return new Checked(
        files,
        source,
        bytes,
        rules,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        notApplicable,
        new Scripted(
            scripted.rules(),
            List.of(),
            scripted.notApplicable(),
            scripted.errors(),
            scripted.timings(),
            List.of()),
        timings,
        health,
        places.only(scripted.moments()),
        Known.NOT_ASKED,
        notAsked);
  }

  /** The run's name: its files. */
  public String name() {
    return String.join(" + ", files);
  }

  /** What a finding of that rule means, empty if nobody explains it. */
  public Optional<Explanation> explanation(String id) {
    return Rule.of(id)
        .map(rule -> new Explanation(rule.why(), rule.fix()))
        .or(
            () ->
                scripted.rules().stream()
                    .filter(rule -> rule.id().equals(id))
                    .map(rule -> new Explanation(rule.why(), rule.fix()))
                    .findFirst());
  }
}

package io.tcescope.cli;

import io.tcescope.cli.input.Places;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Known;
import io.tcescope.cli.output.Scripted;
import io.tcescope.cli.output.WindowLife;
import io.tcescope.cli.script.RuleSession;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.why.OpenSymptoms;
import io.tcescope.engine.why.Symptom;
import io.tcescope.queries.timeline.UpheavalObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Runs the built-in checks over one recording and remembers its windows on the way. */
final class Examination implements Observer {
  private final CheckRunner checks;
  private final OpenSymptoms symptoms;
  private final Observer scripts;
  private final List<WindowLife> windows = new ArrayList<>();
  private final UpheavalObserver upheavals = new UpheavalObserver();

  Examination(CheckRunner checks, OpenSymptoms symptoms, Observer scripts) {
    this.checks = checks;
    this.symptoms = symptoms;
    this.scripts = scripts;
  }

  /** Which events a report names of findings, by their ordinals. */
  @FunctionalInterface
  interface Naming {
    Set<Long> named(List<Finding> findings);
  }

  /** Replays a recording to its end, for the built-in checks and those rules. */
  static Checked of(
      Trace trace,
      List<Path> files,
      ReplayOptions options,
      Rulebook rules,
      boolean timed,
      Naming naming) {
    try (RuleSession scripts = rules.open(trace, files)) {
      Replay.Result<Examination> result =
          Replay.run(
              trace,
              options,
              () ->
                  new Examination(
                      timed ? CheckRunner.timed(trace) : new CheckRunner(trace),
                      new OpenSymptoms(trace),
                      scripts.observer()));
      return result.observer().checked(trace, result, scripts.result(), naming);
    }
  }

  /** What it showed, once the replay is over. */
  Checked checked(Trace trace, Replay.Result<?> result, Scripted scripted, Naming naming) {
    List<WindowLife> lives = windows.stream().sorted(WindowLife.ORDER).toList();
    List<Finding> findings = together(checks.findings(), scripted.findings());
    List<Symptom> open = symptoms.beside(checks.findings(), result.state());
    Set<Long> named = new HashSet<>(naming.named(findings));
    open.forEach(symptom -> named.add(symptom.ordinal()));
    named.addAll(scripted.moments());
    upheavals.found().forEach(one -> named.add(one.event()));
    return new Checked(
        trace.files(),
        trace.source(),
        trace.bytes(),
        result.rules(),
        lives,
        upheavals.found(),
        findings,
        open,
        notJudged(scripted),
        scripted,
        checks.timings(),
        result.health(),
        Places.of(trace, named(named, lives, result.health().events())),
        Known.NOT_ASKED,
        Set.of());
  }

  /** A rule may say in JavaScript what a built-in one says: that is told once. */
  private static List<Finding> together(List<Finding> builtIn, List<Finding> scripted) {
    Set<Finding> told = new HashSet<>();
    return Stream.concat(builtIn.stream(), scripted.stream())
        .filter(finding -> told.add(finding.withoutMessageId()))
        .sorted(Finding.ORDER)
        .toList();
  }

  private List<CheckRunner.NotApplicable> notJudged(Scripted scripted) {
    return Stream.concat(checks.notApplicable().stream(), scripted.notApplicable().stream())
        .distinct()
        .toList();
  }

  /** The events whose places a report will show: of findings, of windows, and at both ends. */
  private static Set<Long> named(Set<Long> byFindings, List<WindowLife> windows, long lastEvent) {
    Set<Long> ordinals = new HashSet<>(byFindings);
    for (long i = 0; i < Checked.UNTIMED_AT_ENDS && i < lastEvent; i++) {
      ordinals.add(1 + i);
      ordinals.add(lastEvent - i);
    }
    for (WindowLife window : windows) {
      ordinals.add(window.opened());
      ordinals.add(window.closed());
    }
    return ordinals;
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    checks.on(event, change, state);
    symptoms.on(event, change, state);
    upheavals.on(event, change, state);
    scripts.on(event, change, state);
    if (change.has(Signal.CLOSED)) {
      remember(change.closed());
    }
  }

  @Override
  public void end(IommuState state) {
    checks.end(state);
    scripts.end(state);
    remember(state.settled().windows());
  }

  /** Keeps what the summary needs and not the window, whose table may be large. */
  private void remember(List<DmaWindow> gone) {
    gone.stream().map(WindowLife::of).forEach(windows::add);
  }
}

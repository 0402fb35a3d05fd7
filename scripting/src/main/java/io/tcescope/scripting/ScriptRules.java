package io.tcescope.scripting;

import io.tcescope.engine.check.CheckRunner.NotApplicable;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Timing;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs rules written in JavaScript over one replay, each in a sandbox of its own. */
public final class ScriptRules implements Observer, AutoCloseable {
  private final ScriptRun run;
  private final List<ScriptRule> rules = new ArrayList<>();
  private final Map<Path, ScriptRule> byFile = new LinkedHashMap<>();
  private final List<RuleMeta> metas = new ArrayList<>();
  private final List<ScriptError> broken = new ArrayList<>();
  private final List<NotApplicable> inapplicable = new ArrayList<>();
  private @Nullable DerivedEvents feed;

  private ScriptRules(ScriptRun run) {
    this.run = run;
  }

  /** Starts a rule that has been loaded already. */
  static ScriptRules of(ScriptRun run, ScriptRule rule, RuleMeta meta, Start start) {
    ScriptRules rules = new ScriptRules(run);
    rules.rules.add(rule);
    Optional<String> missing = rules.missing(meta);
    if (missing.isPresent()) {
      rules.inapplicable.add(new NotApplicable(meta.id(), missing.get()));
      return rules;
    }
    try {
      start.start();
      run.add(rule);
    } catch (ScriptException e) {
      rules.broken.add(e.error());
    }
    return rules;
  }

  /** Makes the handlers of a rule. */
  @FunctionalInterface
  interface Start {
    void start() throws ScriptException;
  }

  /** A rule that cannot even be loaded. */
  static ScriptRules broken(ScriptRun run, ScriptError error) {
    ScriptRules rules = new ScriptRules(run);
    rules.broken.add(error);
    return rules;
  }

  /** Loads the rules of those files for a replay of a recording; broken ones are told later. */
  public static ScriptRules load(
      ScriptEngine engine, List<Path> files, Trace trace, ScriptSettings settings) {
    ScriptRules rules = new ScriptRules(new ScriptRun(settings, trace));
    Set<String> ids = new HashSet<>();
    for (Path file : files) {
      rules.load(engine, file, settings, ids);
    }
    return rules;
  }

  /** What the rule of a file says of itself. */
  public static RuleMeta describe(ScriptEngine engine, Path file) throws ScriptException {
    Path path = file.toAbsolutePath();
    ScriptSettings settings = ScriptSettings.with((text, trace) -> (event, change) -> true);
    try (ScriptRule rule = open(engine, new ScriptRun(settings, new NoTrace()), path)) {
      return rule.load(path);
    }
  }

  private static ScriptRule open(ScriptEngine engine, ScriptRun run, Path file)
      throws ScriptException {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is in no folder");
    }
    return new ScriptRule(engine, run, folder, String.valueOf(file.getFileName()), false);
  }

  private void load(ScriptEngine engine, Path named, ScriptSettings settings, Set<String> ids) {
    Path file = named.toAbsolutePath();
    try {
      ScriptRule rule = open(engine, run, file);
      rules.add(rule);
      byFile.put(named, rule);
      RuleMeta meta = rule.load(file);
      if (!ids.add(meta.id())) {
        throw new ScriptException(rule.sandbox().errors().at(file, "another rule has this id"));
      }
      metas.add(meta);
      if (!settings.asked().test(meta.id())) {
        rules.remove(rule);
        byFile.remove(named);
        rule.close();
        return;
      }
      Optional<String> missing = missing(meta);
      if (missing.isPresent()) {
        inapplicable.add(new NotApplicable(meta.id(), missing.get()));
        return;
      }
      rule.start(settings.options().getOrDefault(meta.id(), Map.of()), file);
      run.add(rule);
    } catch (ScriptException e) {
      broken.add(e.error());
    }
  }

  private Optional<String> missing(RuleMeta meta) {
    for (String kind : meta.requires()) {
      String reason = ScriptKind.of(kind).orElseThrow().missingIn(run.travel().trace());
      if (reason != null) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    run.travel().on(event, change, state);
    feed().on(event, change, state);
  }

  @Override
  public void end(IommuState state) {
    run.travel().end(state);
    feed().end(state);
  }

  private DerivedEvents feed() {
    DerivedEvents events = feed;
    if (events == null) {
      events = new DerivedEvents(run);
      feed = events;
    }
    return events;
  }

  /** What was found, in the order of events. A rule that broke keeps what it had found. */
  public List<Finding> findings() {
    return rules.stream().flatMap(rule -> rule.findings().stream()).sorted(Finding.ORDER).toList();
  }

  /** What the rules that could be loaded say of themselves. */
  public List<RuleMeta> metas() {
    return List.copyOf(metas);
  }

  /** Rules that could not judge, and why; in the order of their ids. */
  public List<NotApplicable> notApplicable() {
    List<NotApplicable> all = new ArrayList<>(inapplicable);
    for (ScriptRule rule : rules) {
      rule.reasons().forEach(reason -> all.add(new NotApplicable(rule.name(), reason)));
    }
    all.sort(Comparator.comparing(NotApplicable::rule));
    return all;
  }

  /** Rules that broke: at loading, or when they were stopped. */
  public List<ScriptError> errors() {
    List<ScriptError> all = new ArrayList<>(broken);
    for (ScriptRule rule : rules) {
      ScriptError error = rule.error();
      if (error != null) {
        all.add(error);
      }
    }
    return all;
  }

  /** What the rules printed, by rule, in the order they were loaded. */
  public List<Printed> printed() {
    return rules.stream().flatMap(rule -> rule.printed().stream()).toList();
  }

  /** Rules that ran into a limit in one of their calls, by their files, and how. */
  public Map<Path, ScriptError> stopped() {
    Map<Path, ScriptError> stopped = new LinkedHashMap<>();
    byFile.forEach(
        (file, rule) -> {
          ScriptError error = rule.error();
          if (error != null && error.isStop()) {
            stopped.put(file, error);
          }
        });
    return stopped;
  }

  /** How long each rule took, in the order they were loaded. */
  public List<Timing> timings() {
    return rules.stream().map(rule -> new Timing(rule.name(), rule.nanos())).toList();
  }

  @Override
  public void close() {
    rules.forEach(ScriptRule::close);
  }
}

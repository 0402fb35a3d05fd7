package io.tcescope.cli.script;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.Trouble;
import io.tcescope.cli.input.UsageException;
import io.tcescope.engine.check.Rule;
import io.tcescope.queries.language.QueryFilters;
import io.tcescope.queries.language.Spelling;
import io.tcescope.scripting.Limits;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.RulePack;
import io.tcescope.scripting.ScriptSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which rules in JavaScript to run, and how. */
public final class RuleOptions {
  @Option(
      names = "--rules",
      paramLabel = "FILE|DIR",
      description =
          "Rules in JavaScript to run beside the built-in ones: a file, or a folder, of which those"
              + " in its index.txt or else all. May be given several times.")
  private List<Path> rules = List.of();

  @Option(
      names = "--rule-option",
      paramLabel = "RULE.NAME=VALUE",
      description =
          "An option of such a rule, as its schema wants it: lists as JSON, integers in decimal or"
              + " hex.")
  private Map<String, String> options = Map.of();

  @Mixin private Debugging debugging = new Debugging();
  @Mixin private ScriptLimits scriptLimits = new ScriptLimits();
  @Mixin private Untrusted untrusted = new Untrusted();

  @Option(names = "--timing", description = "Tell on stderr how long each rule took.")
  private boolean timing;

  /**
   * Finds the rules and begins to start what runs them, for recordings read as {@code run} says.
   */
  public Rulebook open(RunOptions run) {
    return open(run, new RuleChoice());
  }

  /** The same for those rules among them that are asked. */
  public Rulebook open(RunOptions run, RuleChoice choice) {
    return open(run, choice, scriptLimits.limits());
  }

  /**
   * The same, where so many bytes may be allocated by a call, whatever the heap of this process.
   */
  Rulebook open(RunOptions run, RuleChoice choice, long bytes) {
    return open(run, choice, scriptLimits.limits().withBytes(bytes));
  }

  private Rulebook open(RunOptions run, RuleChoice choice, Limits limits) {
    List<Path> files = files();
    if (files.isEmpty()) {
      if (!options.isEmpty()) {
        throw new UsageException("--rule-option is for rules in JavaScript (--rules)");
      }
      return Rulebook.EMPTY;
    }
    if (untrusted.isWanted()) {
      debugging.refuse("--untrusted");
      return new ConfinedRulebook(
          new TriedRules(files),
          new Judges(toChild(run, choice, limits), run.files(), untrusted),
          scriptLimits);
    }
    ScriptSettings settings =
        ScriptSettings.with(new QueryFilters())
            .withLimits(limits)
            .withOptions(byRule())
            .withAsked(choice::isAsked);
    return new SandboxedRulebook(new TriedRules(files), settings, debugging.startEngine());
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      for (Path path : rules) {
        files.addAll(RulePack.rules(path));
      }
      return files;
    } catch (IOException e) {
      throw new UsageException(Trouble.named(e));
    }
  }

  /** What is wrong with options, now that the rules have told their ids. */
  public List<String> complaints(List<RuleMeta> loaded) {
    Set<String> ids = loaded.stream().map(RuleMeta::id).collect(Collectors.toSet());
    return byRule().keySet().stream()
        .filter(id -> !ids.contains(id))
        .sorted()
        .map(id -> "--rule-option: " + stranger(id, ids))
        .toList();
  }

  private static String stranger(String id, Set<String> ids) {
    return Rule.of(id).isPresent()
        ? id + " is built in and has no options"
        : "no rule is called " + id + Spelling.suggestion(id, ids);
  }

  private List<String> toChild(RunOptions run, RuleChoice choice, Limits limits) {
    List<String> arguments = new ArrayList<>(List.of(JudgeCommand.BYTES + "=" + limits.bytes()));
    arguments.add(scriptLimits.argument());
    run.given().lines().forEach(option -> arguments.add("--" + option));
    arguments.addAll(choice.arguments());
    options.forEach((name, value) -> arguments.add("--rule-option=" + name + "=" + value));
    return arguments;
  }

  private Map<String, Map<String, Object>> byRule() {
    Map<String, Map<String, Object>> byRule = new HashMap<>();
    options.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          if (dot < 1) {
            throw new UsageException("--rule-option " + name + ": RULE.NAME=VALUE is wanted");
          }
          byRule
              .computeIfAbsent(name.substring(0, dot), rule -> new LinkedHashMap<>())
              .put(name.substring(dot + 1), value);
        });
    return byRule;
  }

  /** True if there may be other rules than the built-in ones. */
  public boolean areGiven() {
    return !rules.isEmpty();
  }

  public boolean timing() {
    return timing;
  }
}

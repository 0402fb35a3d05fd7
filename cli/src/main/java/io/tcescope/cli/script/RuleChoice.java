package io.tcescope.cli.script;

import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Checked;
import io.tcescope.engine.check.Rule;
import io.tcescope.queries.language.Spelling;
import io.tcescope.scripting.RuleMeta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which rules, built in or not, are asked. */
public final class RuleChoice {
  private static final String ONLY = "--only";
  private static final String DISABLE = "--disable";

  @Option(
      names = ONLY,
      split = ",",
      paramLabel = "RULE",
      description = "Ask these rules and no others, by their ids (tcescope rules list).")
  private List<String> only = List.of();

  @Option(
      names = DISABLE,
      split = ",",
      paramLabel = "RULE",
      description =
          "Do not ask these rules. What is not asked is told, and not gone from a baseline.")
  private List<String> disabled = List.of();

  /**
   * Refuses ids of no rule where only the built-in ones are run.
   *
   * @throws UsageException if there is such an id
   */
  public void requireBuiltIn() {
    List<String> complaints = complaints(List.of());
    if (!complaints.isEmpty()) {
      throw new UsageException(complaints.getFirst());
    }
  }

  /** What is wrong with the ids, once those of rules in JavaScript are known. */
  public List<String> complaints(Collection<RuleMeta> loaded) {
    Set<String> ids = ids(loaded);
    List<String> complaints = new ArrayList<>();
    complain(ONLY, only, ids, complaints);
    complain(DISABLE, disabled, ids, complaints);
    return complaints;
  }

  private static void complain(
      String option, List<String> named, Set<String> ids, List<String> complaints) {
    for (String id : named) {
      if (!ids.contains(id)) {
        complaints.add(option + ": no rule is called " + id + Spelling.suggestion(id, ids));
      }
    }
  }

  private static Set<String> ids(Collection<RuleMeta> loaded) {
    Set<String> ids = new TreeSet<>();
    Stream.of(Rule.values()).map(Rule::id).forEach(ids::add);
    loaded.stream().map(RuleMeta::id).forEach(ids::add);
    return ids;
  }

  /** What the rules that are asked say of a run. */
  public Checked of(Checked run) {
    Set<String> ids = ids(run.scripted().rules());
    ids.removeIf(this::isAsked);
    return ids.isEmpty() ? run : run.withoutRules(ids);
  }

  /** The same choice on another command line. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    only.forEach(id -> arguments.add(ONLY + "=" + id));
    disabled.forEach(id -> arguments.add(DISABLE + "=" + id));
    return arguments;
  }

  boolean isAsked(String id) {
    return (only.isEmpty() || only.contains(id)) && !disabled.contains(id);
  }
}

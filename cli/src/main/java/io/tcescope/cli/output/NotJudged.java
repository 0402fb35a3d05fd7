package io.tcescope.cli.output;

import io.tcescope.engine.check.CheckRunner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules that could not judge a run.
 *
 * @param byReason those to which the user can help with an option, by the reason that names it
 * @param beyond those that ask for what such a recorder cannot know
 */
public record NotJudged(Map<String, Set<String>> byReason, Set<String> beyond) {
  /** How a reason names what would help. */
  private static final String OPTION = "(--";

  /** Those of several runs. */
  public static NotJudged in(List<Checked> runs) {
    NotJudged all = new NotJudged(new LinkedHashMap<>(), new TreeSet<>());
    for (Checked run : runs) {
      for (CheckRunner.NotApplicable rule : run.notApplicable()) {
        Set<String> alike =
            rule.reason().contains(OPTION)
                ? all.byReason.computeIfAbsent(rule.reason(), reason -> new TreeSet<>())
                : all.beyond;
        alike.add(rule.rule());
      }
    }
    return all;
  }

  public boolean isEmpty() {
    return byReason.isEmpty() && beyond.isEmpty();
  }

  /** What there is to say of rules that nobody can help. */
  public String rest() {
    return beyond.size() + " rules on what this kind of recording does not hold (tcescope doctor)";
  }
}

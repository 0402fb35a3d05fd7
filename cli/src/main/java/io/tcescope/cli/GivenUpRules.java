package io.tcescope.cli;

import io.tcescope.cli.output.Checked;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.scripting.ScriptError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules in JavaScript that ran into a limit, as one that hangs would in every recording. Those that
 * come behind in the order of recordings go without, whichever was looked at first.
 */
final class GivenUpRules {
  private final Rulebook rules;
  private final Map<String, ScriptError> reasons = new LinkedHashMap<>();

  GivenUpRules(Rulebook rules) {
    this.rules = rules;
  }

  /** A recording without what rules made of it that were given up; to be asked in their order. */
  Checked without(Checked run) {
    Checked rest = run;
    for (Map.Entry<String, ScriptError> one : reasons.entrySet()) {
      rest = rest.without(one.getKey(), one.getValue());
    }
    for (ScriptError error : rest.scripted().errors()) {
      if (error.isStop()) {
        reasons.put(error.script(), reason(error, run.name()));
        rules.giveUp(error.script());
      }
    }
    return rest;
  }

  private static ScriptError reason(ScriptError error, String recording) {
    String words = "not tried, for it was stopped in " + recording;
    return new ScriptError(error.script(), error.file(), 0, 0, words, List.of());
  }
}

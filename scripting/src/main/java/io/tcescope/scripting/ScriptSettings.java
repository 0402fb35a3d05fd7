package io.tcescope.scripting;

import io.tcescope.engine.replay.EventFilter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * How scripts are run.
 *
 * @param filters understands {@code where}
 * @param options by rule id, then by name
 * @param asked whether the rule of that id is to run; of another no more is loaded than its name
 * @param arguments what follows {@code --} on the command line
 * @param output takes the lines a script prints
 */
public record ScriptSettings(
    EventFilter.Compiler filters,
    Limits limits,
    Map<String, Map<String, Object>> options,
    Predicate<String> asked,
    List<String> arguments,
    Consumer<String> output) {

  /** Default limits, no options, no output. */
  public static ScriptSettings with(EventFilter.Compiler filters) {
    return new ScriptSettings(
        filters, Limits.defaults(), Map.of(), id -> true, List.of(), line -> {});
  }

  public ScriptSettings withLimits(Limits other) {
    return new ScriptSettings(filters, other, options, asked, arguments, output);
  }

  public ScriptSettings withOptions(Map<String, Map<String, Object>> other) {
    return new ScriptSettings(filters, limits, other, asked, arguments, output);
  }

  public ScriptSettings withAsked(Predicate<String> other) {
    return new ScriptSettings(filters, limits, options, other, arguments, output);
  }

  public ScriptSettings withArguments(List<String> other) {
    return new ScriptSettings(filters, limits, options, asked, other, output);
  }

  public ScriptSettings withOutput(Consumer<String> other) {
    return new ScriptSettings(filters, limits, options, asked, arguments, other);
  }
}

package io.tcescope.scripting;

import io.tcescope.engine.replay.EventFilter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How scripts are run.
 *
 * @param filters understands {@code where}
 * @param options by rule id, then by name
 * @param arguments what follows {@code --} on the command line
 * @param output takes the lines a script prints
 */
public record ScriptSettings(
    EventFilter.Compiler filters,
    Limits limits,
    Map<String, Map<String, Object>> options,
    List<String> arguments,
    Consumer<String> output) {

  /** Default limits, no options, no output. */
  public static ScriptSettings with(EventFilter.Compiler filters) {
    return new ScriptSettings(filters, Limits.defaults(), Map.of(), List.of(), line -> {});
  }

  public ScriptSettings withLimits(Limits other) {
    return new ScriptSettings(filters, other, options, arguments, output);
  }

  public ScriptSettings withOptions(Map<String, Map<String, Object>> other) {
    return new ScriptSettings(filters, limits, other, arguments, output);
  }

  public ScriptSettings withArguments(List<String> other) {
    return new ScriptSettings(filters, limits, options, other, output);
  }

  public ScriptSettings withOutput(Consumer<String> other) {
    return new ScriptSettings(filters, limits, options, arguments, other);
  }
}

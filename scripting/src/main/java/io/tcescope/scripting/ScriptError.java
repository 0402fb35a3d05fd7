package io.tcescope.scripting;

import java.util.List;

/**
 * What is wrong with a rule or script, and where.
 *
 * @param script id of the rule, or name of the script
 * @param file the file, relative to the script's own folder; empty if the place is not known
 * @param line from 1, 0 if not known
 * @param column from 1, 0 if not known
 * @param stack the script's own callers, innermost first
 * @param event the one that was handled, by its ordinal; 0 if it was none, or a batch
 * @param from the first event that was not judged; 0 if none was
 */
public record ScriptError(
    String script,
    String file,
    int line,
    int column,
    String message,
    List<String> stack,
    long event,
    long from) {
  public ScriptError {
    stack = List.copyOf(stack);
  }

  /** An error before the first event. */
  public ScriptError(
      String script, String file, int line, int column, String message, List<String> stack) {
    this(script, file, line, column, message, stack, 0, 0);
  }

  /** An error of a script as a whole. */
  static ScriptError of(String script, String message) {
    return new ScriptError(script, "", 0, 0, message, List.of());
  }

  /** True if the script ran into a limit, so that it is unlikely to do better elsewhere. */
  public boolean isStop() {
    return message.startsWith("stopped: ");
  }

  /** The same whatever was handled. */
  public ScriptError anywhere() {
    return at(0, 0);
  }

  ScriptError named(String name) {
    return new ScriptError(name, file, line, column, message, stack, event, from);
  }

  /** The same at a moment of the replay. */
  ScriptError at(long handled, long unjudged) {
    return new ScriptError(script, file, line, column, message, stack, handled, unjudged);
  }

  @Override
  public String toString() {
    String place = file.isEmpty() ? "" : file + (line == 0 ? "" : ":" + line + ":" + column) + ": ";
    return (script.equals(file) ? "" : script + ": ") + place + message;
  }
}

package io.tcescope.traces.text;

import java.util.regex.Pattern;

/** Colours and other controls of a terminal, as {@code --color=always} writes them into a text. */
public final class TerminalControls {
  /** How most of them begin. */
  public static final Literal START = Literal.of("\u001b[");

  private static final Pattern CONTROL =
      Pattern.compile("\\x1b(?:\\[[0-?]*[ -/]*[@-~]|[ -/][0-~]|[=>78])");

  private TerminalControls() {}

  /** The text without them. */
  public static String removed(String text) {
    return text.indexOf('\u001b') < 0 ? text : CONTROL.matcher(text).replaceAll("");
  }
}

package io.tcescope.cli.output;

/** What a piece of text is, which decides its colour on a terminal. */
public enum Style {
  HEADING("1"),
  CRITICAL("1;31"),
  ERROR("31"),
  WARNING("33"),
  INFO("36"),
  FAINT("2");

  /** What {@link #paint} puts around a text. */
  static final String PATTERN = "\u001b\\[[0-9;]*m";

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String paint(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}

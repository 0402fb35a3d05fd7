package io.tcescope.cli.sarif;

import io.tcescope.engine.check.Severity;

/** How severities are called in SARIF (3.27.10) and by code scanning services. */
final class Level {
  private Level() {}

  static String of(Severity severity) {
    return switch (severity) {
      case CRITICAL, ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }

  /** For the property {@code problem.severity} of a rule. */
  static String ofProblem(Severity severity) {
    return switch (severity) {
      case CRITICAL, ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "recommendation";
    };
  }
}

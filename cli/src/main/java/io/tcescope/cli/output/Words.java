package io.tcescope.cli.output;

import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers and sentences as people read them. */
public final class Words {
  /** What {@link #atLeast} marks numbers with, and what the mark means. */
  public static final String AT_LEAST = "+ at least: what other entries held is not known";

  private static final double KILO = 1000;

  private Words() {}

  /** A count with its noun: {@code 1 event}, {@code 1,234 events}. */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** A number, with a mark if it is no more than what is known of: {@code 76+}. */
  public static String atLeast(long number, boolean whole) {
    return String.format(Locale.ROOT, "%,d%s", number, whole ? "" : "+");
  }

  /** A size: {@code 1.8 MB}. */
  public static String size(long bytes) {
    double rest = bytes;
    for (String unit : List.of("bytes", "kB", "MB", "GB")) {
      if (rest < KILO) {
        String format = unit.equals("bytes") ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, rest, unit);
      }
      rest /= KILO;
    }
    return String.format(Locale.ROOT, "%.1f TB", rest);
  }

  /** How many findings of each severity a run has, the worst first, and how many are known. */
  static String findings(Checked run) {
    String fresh = findings(run.fresh());
    String found =
        run.known().compared()
            ? besideKnown(fresh, run.fresh().isEmpty(), run.known().findings().size())
            : fresh;
    int silenced = run.notAsked().size();
    return silenced == 0 ? found : found + ", " + count(silenced, "rule") + " not asked";
  }

  /** What is new, in words, with how many a baseline knows. */
  public static String besideKnown(String fresh, boolean nothing, long known) {
    return (nothing ? "nothing new" : fresh)
        + (known == 0 ? "" : ", " + count(known, "known finding") + " (baseline)");
  }

  /** How many findings of each severity, the worst first. */
  static String findings(Collection<Finding> findings) {
    return findings(
        findings.stream().collect(Collectors.groupingBy(Finding::severity, Collectors.counting())));
  }

  /** How many findings of each severity, the worst first. */
  public static String findings(Map<Severity, Long> findings) {
    List<String> parts = new ArrayList<>();
    for (Severity severity : List.of(Severity.values()).reversed()) {
      long number = findings.getOrDefault(severity, 0L);
      if (number > 0) {
        parts.add(number + " " + severity.label());
      }
    }
    return parts.isEmpty() ? "nothing found" : "found " + String.join(", ", parts);
  }

  /** Prints a text in lines no wider than the terminal, the first behind {@code indent}. */
  public static void wrapped(Terminal terminal, String indent, String text) {
    if (indent.length() > terminal.width() / 2) { // a long path: the text gets lines of its own
      terminal.out().println(indent.stripTrailing());
      wrapped(terminal, "      ", text);
      return;
    }
    int room = Math.max(20, terminal.width() - indent.length());
    String before = indent;
    String rest = text;
    while (rest.length() > room) {
      int end = rest.lastIndexOf(' ', room);
      end = end <= 0 ? room : end;
      terminal.out().println(before + rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
      before = " ".repeat(indent.length());
    }
    terminal.out().println(before + rest);
  }
}

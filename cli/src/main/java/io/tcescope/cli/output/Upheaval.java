package io.tcescope.cli.output;

import io.tcescope.cli.input.Places;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What happened to a whole machine, and so to all of its windows.
 *
 * @param ordinal the first event that shows it
 */
public record Upheaval(What what, long ordinal) {
  private static final int MOST_SHOWN = 3;

  /** The kinds of it. */
  public enum What {
    MACHINE_RESET("machine reset", ""),
    MIGRATED_IN("migrated in", ": contents unknown until written or read"),
    SAVED("saved for a migration or snapshot", ""),
    QUIESCED("quiesced", "");

    private final String words;
    private final String consequence;

    What(String words, String consequence) {
      this.words = words;
      this.consequence = consequence;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** All of one run in a sentence, the first few of each kind with their lines. */
  static String words(List<Upheaval> all, Places places, List<String> files) {
    return all.stream()
        .collect(Collectors.groupingBy(Upheaval::what, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(kind -> words(kind.getKey(), kind.getValue(), places, files))
        .collect(Collectors.joining("; "));
  }

  private static String words(What what, List<Upheaval> some, Places places, List<String> files) {
    int shown = Math.min(MOST_SHOWN, some.size());
    String more = some.size() > shown ? " and " + (some.size() - shown) + " more" : "";
    return what.words
        + " at "
        + some.subList(0, shown).stream()
            .map(one -> places.line(one.ordinal(), files))
            .collect(Collectors.joining(", "))
        + more
        + what.consequence;
  }
}

package io.tcescope.cli.output;

import io.tcescope.cli.input.Places;
import io.tcescope.queries.timeline.Upheaval;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How what happened to a whole machine is told. */
public final class UpheavalWords {
  private static final int MOST_SHOWN = 3;

  private UpheavalWords() {}

  /** The kind's name in documents. */
  static String label(Upheaval.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All of one run in a sentence, the first few of each kind with their lines. */
  static String of(List<Upheaval> all, Places places, List<String> files) {
    return all.stream()
        .collect(Collectors.groupingBy(Upheaval::kind, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(alike -> alike(alike, places, files))
        .collect(Collectors.joining("; "));
  }

  private static String alike(List<Upheaval> some, Places places, List<String> files) {
    Upheaval.Kind kind = some.getFirst().kind();
    String lines =
        some.stream()
            .limit(MOST_SHOWN)
            .map(one -> places.line(one.event(), files))
            .collect(Collectors.joining(", "));
    String more = some.size() > MOST_SHOWN ? " and " + (some.size() - MOST_SHOWN) + " more" : "";
    return what(kind) + " at " + lines + more + consequence(kind);
  }

  /** In a few words. */
  public static String what(Upheaval.Kind kind) {
    return switch (kind) {
      case MACHINE_RESET -> "machine reset";
      case MIGRATED_IN -> "migrated in";
      case SAVED -> "saved for a migration or snapshot";
      case QUIESCED -> "quiesced";
    };
  }

  private static String consequence(Upheaval.Kind kind) {
    return kind == Upheaval.Kind.MIGRATED_IN ? ": contents unknown until written or read" : "";
  }
}

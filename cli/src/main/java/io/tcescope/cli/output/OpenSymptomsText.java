package io.tcescope.cli.output;

import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Trouble that no finding explains, in one sentence that says who looks for its cause. */
public final class OpenSymptomsText {
  private record Kind(long count, long unmaps, long first, boolean isLeast) {
    static Kind of(Symptom symptom) {
      return new Kind(
          symptom.count(),
          symptom.unmaps(),
          symptom.ordinal(),
          symptom.isLeast() || symptom.unmapsAreLeast());
    }

    Kind and(Kind other) {
      return new Kind(
          count + other.count,
          unmaps + other.unmaps,
          Math.min(first, other.first),
          isLeast || other.isLeast);
    }
  }

  private OpenSymptomsText() {}

  /** The sentence; there must be at least one. */
  public static String of(Checked run) {
    Map<SymptomKind, Kind> kinds = new EnumMap<>(SymptomKind.class);
    run.openSymptoms().forEach(one -> kinds.merge(one.kind(), Kind.of(one), Kind::and));
    List<String> parts =
        kinds.entrySet().stream()
            .map(kind -> words(kind.getKey(), kind.getValue()) + where(run, kind.getValue()))
            .toList();
    return "Symptoms without a finding: "
        + String.join(", ", parts)
        + ". See tcescope why "
        + run.files().stream().collect(Collectors.joining(" "));
  }

  private static String words(SymptomKind kind, Kind all) {
    String least = all.isLeast ? "at least " : "";
    if (kind == SymptomKind.PUT_FAILED) {
      return least
          + (all.count == 0
              ? Words.count(all.unmaps, "unmap") + " failed"
              : Words.count(all.count, "map") + " failed");
    }
    return all.count == 1 && !all.isLeast
        ? kind.label()
        : String.format(Locale.ROOT, "%s %s%,d times", kind.label(), least, all.count);
  }

  private static String where(Checked run, Kind all) {
    String first = all.count + all.unmaps == 1 ? "" : "first at ";
    return " (" + first + Whereabouts.line(run, all.first) + ")";
  }
}

package io.tcescope.cli.output;

import io.tcescope.cli.input.Places;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Pressure;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a diagnosis says, in sentences.
 *
 * @param files the names of the run's files, as they are shown
 */
public record DiagnosisWords(Places places, List<String> files) {
  public DiagnosisWords {
    files = List.copyOf(files);
  }

  /** How sure the likeliest cause is; there must be one. */
  public static String certainty(Diagnosis diagnosis) {
    if (diagnosis.symptoms().isEmpty()) {
      return "No symptom is recorded, but a grave fault: ";
    }
    boolean sure = diagnosis.causes().getFirst().confidence() != Confidence.LOW;
    return sure ? "Most likely: " : "Perhaps: ";
  }

  /** True where nothing is recorded of what led to the symptoms. */
  public static boolean isAlone(Cause cause) {
    return cause.chain().stream()
        .allMatch(
            step -> cause.explains().stream().anyMatch(one -> one.ordinal() == step.ordinal()));
  }

  /** Symptoms by their kinds and places. */
  public String named(List<Symptom> symptoms) {
    return symptoms.stream()
        .map(one -> one.kind().label() + (one.hasMoment() ? " (" + where(one.ordinal()) + ")" : ""))
        .collect(Collectors.joining(", "));
  }

  /** What kind of symptom it is, where it stands and how often it occurred. */
  public String head(Symptom symptom) {
    return switch (symptom.origin()) {
      case RECORDED, ASKED ->
          symptom.kind().label() + ", " + moment(symptom.ordinal()) + times(symptom);
      case TOLD ->
          symptom.kind().label() + ", not recorded: taken as seen elsewhere, after the recording";
      case TOLD_UNCLEARLY ->
          "not recorded, and no kind of symptom that is known ("
              + SymptomKind.labels()
              + "): taken for a lost access that was seen elsewhere, after the recording";
    };
  }

  private static String times(Symptom symptom) {
    String unmaps =
        (symptom.unmapsAreLeast() ? "at least " : "")
            + Words.count(symptom.unmaps(), "failed unmap");
    if (symptom.count() == 0) {
      return ", " + unmaps;
    }
    String least = symptom.isLeast() ? "at least " : "";
    boolean once = symptom.count() == 1 && !symptom.isLeast();
    String times = once ? "" : ", " + least + Words.count(symptom.count(), "time");
    return times + (symptom.unmaps() == 0 ? "" : ", and " + unmaps);
  }

  /** How full a window was: what was asked for, then its pools, then who holds what. */
  public List<String> pressure(Pressure pressure) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "0x%x at %s, where a request for %s failed"
            .formatted(
                pressure.liobn(),
                where(pressure.ordinal()),
                Words.count(pressure.pages(), "page")));
    for (Pressure.Pool pool : pressure.pools()) {
      String range = "entries " + pool.first() + " to " + pool.last();
      String use =
          pressure.isKnown()
              ? ": " + pool.live() + " live, largest free run " + pool.largestFree()
              : ": room for at most " + Words.count(pool.capacity(), "page") + " in one piece";
      lines.add(range + use + (pool.serves() ? "" : " (not for requests of this size)"));
    }
    if (pressure.neverFits()) {
      lines.add("such a request never fits, however empty the window is");
    } else if (!pressure.isKnown()) {
      lines.add(pressure.follows());
    }
    for (Pressure.Holder holder : pressure.holders()) {
      lines.add("held: " + holder.entries() + " by " + holder.who());
    }
    for (Pressure.Held held : pressure.suspects()) {
      String since = where(held.ordinal());
      lines.add("held longest: " + held.pages() + " from entry " + held.first() + ", " + since);
    }
    return lines;
  }

  /** What was considered, and why it was let go. */
  public String rejected(Diagnosis.Rejected one) {
    String grave = one.isGrave() ? " (grave all the same)" : "";
    return one.rule() + ", " + where(one.ordinal()) + ": " + one.reason() + grave;
  }

  /** Where an event stands. */
  public String where(long ordinal) {
    return places.line(ordinal, files);
  }

  /** Where an event stands and when it happened. */
  public String moment(long ordinal) {
    String time = places.get(ordinal).time();
    return where(ordinal) + (time == null ? "" : " at " + time + " s");
  }
}

package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.input.Places;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Pressure;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A diagnosis for people: the answer, the symptoms, then at most three causes with their chains.
 */
public final class WhyText {
  private static final int MOST_SYMPTOMS = 8;
  private static final int MOST_REJECTED = 5;

  private final Terminal terminal;
  private final Places places;
  private final List<String> files;

  public WhyText(Terminal terminal, Places places, List<String> files) {
    this.terminal = terminal;
    this.places = places;
    this.files = files.stream().map(file -> String.valueOf(Path.of(file).getFileName())).toList();
  }

  /**
   * Everything about it.
   *
   * @param until where the recording was taken to end, {@link Place#START} for its own end
   */
  public void diagnosis(Diagnosis diagnosis, Place until) {
    diagnosis.address().ifPresent(new FateText(terminal, places, files)::fates);
    answer(diagnosis, until);
    if (diagnosis.address().isEmpty()) {
      symptoms(diagnosis.symptoms());
    }
    int rank = 1;
    for (Cause cause : diagnosis.causes()) {
      cause(rank++, cause);
    }
    rejected(diagnosis.rejected());
  }

  /** The first lines: what it was, or that nothing shows, or that it cannot be told. */
  private void answer(Diagnosis diagnosis, Place until) {
    if (diagnosis.undecided().isPresent()) {
      wrapped("Undecided: ", diagnosis.undecided().get());
    } else if (diagnosis.causes().isEmpty()) {
      String up = until.event() == 0 ? "" : " up to line " + until.line();
      println("The recording shows no symptom of DMA in trouble" + up + ".");
    } else {
      Cause first = diagnosis.causes().getFirst();
      println(
          certainty(diagnosis)
              + terminal.in(Style.HEADING, first.rule())
              + ", "
              + where(first.ordinal()));
      wrapped("  ", first.message());
      if (!diagnosis.unexplained().isEmpty()) {
        wrapped("Not explained by anything recorded: ", named(diagnosis.unexplained()));
      }
    }
  }

  /** True where nothing is recorded of what led to the symptoms. */
  private static boolean isAlone(Cause cause) {
    return cause.chain().stream()
        .allMatch(
            step -> cause.explains().stream().anyMatch(one -> one.ordinal() == step.ordinal()));
  }

  private String named(List<Symptom> symptoms) {
    return symptoms.stream()
        .map(one -> one.kind().label() + (one.hasMoment() ? " (" + where(one.ordinal()) + ")" : ""))
        .collect(Collectors.joining(", "));
  }

  private static String certainty(Diagnosis diagnosis) {
    if (diagnosis.symptoms().isEmpty()) {
      return "No symptom is recorded, but a grave fault: ";
    }
    boolean sure = diagnosis.causes().getFirst().confidence() != Confidence.LOW;
    return sure ? "Most likely: " : "Perhaps: ";
  }

  private void symptoms(List<Symptom> symptoms) {
    if (symptoms.isEmpty()) {
      return;
    }
    println("");
    println(terminal.in(Style.HEADING, "Symptoms"));
    for (Symptom symptom : symptoms.subList(0, Math.min(MOST_SYMPTOMS, symptoms.size()))) {
      wrapped("  ", head(symptom));
      if (!symptom.text().equals(symptom.kind().label())) {
        wrapped("    ", symptom.text());
      }
    }
    more(symptoms.size() - MOST_SYMPTOMS);
  }

  private String head(Symptom symptom) {
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
    String unmaps = Words.count(symptom.unmaps(), "failed unmap");
    if (symptom.count() == 0) {
      return ", " + unmaps;
    }
    String times = symptom.count() == 1 ? "" : ", " + Words.count(symptom.count(), "time");
    return times + (symptom.unmaps() == 0 ? "" : ", and " + unmaps);
  }

  private void more(int left) {
    if (left > 0) {
      println("  and " + left + " more (--format json has them all)");
    }
  }

  private void cause(int rank, Cause cause) {
    println("");
    String sure =
        cause.confidence() == Confidence.CERTAIN ? "" : " (" + cause.confidence().label() + ")";
    println("Cause " + rank + ": " + terminal.in(Style.HEADING, cause.rule()) + sure);
    wrapped("  decided: ", moment(cause.ordinal()));
    if (cause.explains().stream().anyMatch(one -> one.origin() == Symptom.Origin.RECORDED)) {
      wrapped("  explains: ", named(cause.explains()));
    }
    if (isAlone(cause)) {
      println("  evidence: the symptom itself, nothing that led to it");
    }
    if (rank > 1) {
      wrapped("  ", cause.message());
    }
    new ChainText(terminal, places, files).chain(cause);
    windows("  windows before: ", cause.before());
    windows("  windows after:  ", cause.after());
    cause.pressure().ifPresent(this::pressure);
    Rule.of(cause.rule()).ifPresent(rule -> wrapped("  what to do: ", rule.fix()));
  }

  private void windows(String label, List<String> windows) {
    if (windows.isEmpty()) {
      println(label + "none");
    }
    String before = label;
    for (String window : windows) {
      wrapped(before, window);
      before = " ".repeat(label.length());
    }
  }

  private void pressure(Pressure pressure) {
    wrapped(
        "  how full: ",
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
              : ": at most " + pool.capacity() + " in a row";
      wrapped("    ", range + use + (pool.serves() ? "" : " (not for requests of this size)"));
    }
    if (pressure.neverFits()) {
      println("    such a request never fits, however empty the window is");
    }
    for (Pressure.Holder holder : pressure.holders()) {
      println("    held: " + holder.entries() + " by " + holder.who());
    }
    for (Pressure.Held held : pressure.suspects()) {
      String since = where(held.ordinal());
      println("    held longest: " + held.pages() + " from entry " + held.first() + ", " + since);
    }
  }

  private void rejected(List<Diagnosis.Rejected> rejected) {
    if (rejected.isEmpty()) {
      return;
    }
    println("");
    println("Considered and let go:");
    for (Diagnosis.Rejected one : rejected.subList(0, Math.min(MOST_REJECTED, rejected.size()))) {
      String grave = one.isGrave() ? " (grave all the same)" : "";
      wrapped("  ", one.rule() + ", " + where(one.ordinal()) + ": " + one.reason() + grave);
    }
    more(rejected.size() - MOST_REJECTED);
  }

  private String where(long ordinal) {
    return places.line(ordinal, files);
  }

  private String moment(long ordinal) {
    String time = places.get(ordinal).time();
    return where(ordinal) + (time == null ? "" : " at " + time + " s");
  }

  private void wrapped(String indent, String text) {
    Words.wrapped(terminal, indent, text);
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}

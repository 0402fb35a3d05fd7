package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.input.Places;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Pressure;
import io.tcescope.engine.why.Symptom;
import java.util.List;

/**
 * A diagnosis for people: the answer, the symptoms, then at most three causes with their chains.
 */
public final class WhyText {
  private static final int MOST_SYMPTOMS = 8;
  private static final int MOST_REJECTED = 5;

  private final Terminal terminal;
  private final Places places;
  private final List<String> files;
  private final DiagnosisWords words;

  public WhyText(Terminal terminal, Places places, List<String> files) {
    this.terminal = terminal;
    this.places = places;
    this.files = FileNames.shown(files);
    this.words = new DiagnosisWords(places, this.files);
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
      String up = until.event() == 0 ? "" : " up to " + words.where(until.event());
      println("The recording shows no symptom of DMA in trouble" + up + ".");
    } else {
      Cause first = diagnosis.causes().getFirst();
      println(
          DiagnosisWords.certainty(diagnosis)
              + terminal.in(Style.HEADING, first.rule())
              + ", "
              + words.where(first.ordinal()));
      wrapped("  ", first.message());
      if (!diagnosis.unexplained().isEmpty()) {
        wrapped("Not explained by anything recorded: ", words.named(diagnosis.unexplained()));
      }
    }
  }

  private void symptoms(List<Symptom> symptoms) {
    if (symptoms.isEmpty()) {
      return;
    }
    println("");
    println(terminal.in(Style.HEADING, "Symptoms"));
    for (Symptom symptom : symptoms.subList(0, Math.min(MOST_SYMPTOMS, symptoms.size()))) {
      wrapped("  ", words.head(symptom));
      if (!symptom.text().equals(symptom.kind().label())) {
        wrapped("    ", symptom.text());
      }
    }
    more(symptoms.size() - MOST_SYMPTOMS);
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
    wrapped("  decided: ", words.moment(cause.ordinal()));
    if (cause.explains().stream().anyMatch(one -> one.origin() == Symptom.Origin.RECORDED)) {
      wrapped("  explains: ", words.named(cause.explains()));
    }
    if (DiagnosisWords.isAlone(cause)) {
      println("  evidence: the symptom itself, nothing that led to it");
    }
    if (rank > 1) {
      wrapped("  ", cause.message());
    }
    new ChainText(terminal, new ChainRows(places, files)).chain(cause);
    windows("  windows before: ", cause.before(), "none");
    windows("  windows after:  ", cause.after(), "none, right after it");
    cause.pressure().ifPresent(this::pressure);
    cause.fix().ifPresent(fix -> wrapped("  what to do: ", fix));
  }

  private void windows(String label, List<String> windows, String none) {
    if (windows.isEmpty()) {
      println(label + none);
    }
    String before = label;
    for (String window : windows) {
      wrapped(before, window);
      before = " ".repeat(label.length());
    }
  }

  private void pressure(Pressure pressure) {
    List<String> lines = words.pressure(pressure);
    wrapped("  how full: ", lines.getFirst());
    lines.subList(1, lines.size()).forEach(line -> wrapped("    ", line));
  }

  private void rejected(List<Diagnosis.Rejected> rejected) {
    if (rejected.isEmpty()) {
      return;
    }
    println("");
    println("Considered and let go:");
    for (Diagnosis.Rejected one : rejected.subList(0, Math.min(MOST_REJECTED, rejected.size()))) {
      wrapped("  ", words.rejected(one));
    }
    more(rejected.size() - MOST_REJECTED);
  }

  private void wrapped(String indent, String text) {
    Words.wrapped(terminal, indent, text);
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}

package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.input.Places;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Symptom;
import java.util.List;

/** A diagnosis for people: the symptoms, then at most three causes, each with its chain. */
public final class WhyText {
  private final Terminal terminal;
  private final Places places;
  private final List<String> files;

  public WhyText(Terminal terminal, Places places, List<String> files) {
    this.terminal = terminal;
    this.places = places;
    this.files = files;
  }

  public void diagnosis(Diagnosis diagnosis) {
    symptoms(diagnosis);
    int rank = 1;
    for (Cause cause : diagnosis.causes()) {
      cause(rank++, cause);
    }
    diagnosis.undecided().ifPresent(missing -> wrapped("Undecided: ", missing));
    if (!diagnosis.rejected().isEmpty()) {
      println("");
      println("Considered and let go:");
      for (Diagnosis.Rejected rejected : diagnosis.rejected()) {
        wrapped(
            "  ", rejected.rule() + " at " + where(rejected.ordinal()) + ": " + rejected.reason());
      }
    }
  }

  private void symptoms(Diagnosis diagnosis) {
    if (diagnosis.symptoms().isEmpty()) {
      boolean grave = !diagnosis.causes().isEmpty();
      println(
          grave
              ? "The recording shows no symptom, but faults that must have hurt:"
              : "The recording shows no symptom of DMA in trouble.");
      return;
    }
    println(terminal.in(Style.HEADING, "Symptoms"));
    for (Symptom symptom : diagnosis.symptoms()) {
      String times = symptom.count() == 1 ? "" : ", " + symptom.count() + " times";
      String head =
          "  " + symptom.kind().label() + " at " + where(symptom.ordinal()) + times + ": ";
      wrapped(head, symptom.text());
    }
  }

  private void cause(int rank, Cause cause) {
    println("");
    String sure =
        cause.confidence() == Confidence.CERTAIN ? "" : " (" + cause.confidence().label() + ")";
    println(
        "Cause "
            + rank
            + ": "
            + terminal.in(Style.HEADING, cause.rule())
            + sure
            + ", decided at "
            + where(cause.ordinal()));
    wrapped("  ", cause.message());
    for (Evidence step : cause.chain()) {
      wrapped("    " + where(step.ordinal()) + ": ", step.note());
    }
    windows("  before:", cause.before());
    windows("  after: ", cause.after());
    Rule.of(cause.rule()).ifPresent(rule -> wrapped("  what to do: ", rule.fix()));
  }

  private void windows(String label, List<String> windows) {
    println(label + (windows.isEmpty() ? " no window" : ""));
    windows.forEach(window -> println("    " + window));
  }

  private String where(long ordinal) {
    Place place = places.get(ordinal);
    String file = files.size() > 1 ? files.get(place.file()) + " " : "";
    String time = place.time() == null ? "" : ", " + place.time() + " s";
    return file + "line " + place.line() + time;
  }

  private void wrapped(String indent, String text) {
    Words.wrapped(terminal, indent, text);
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}

package io.tcescope.cli.output;

import io.tcescope.cli.output.Comparison.Missing;
import java.util.List;

/** What a baseline holds and a check did not find, for people. */
public final class ComparisonText {
  /** The rest is counted; JSON lists all. */
  private static final int MOST = 20;

  private final Terminal terminal;

  public ComparisonText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Says what is gone, and what was not looked for. */
  public void tell(Comparison comparison) {
    missing(comparison.gone(), "is gone:", "are gone:");
    missing(
        comparison.notJudged(),
        "was not judged, as its rule did not run or does not apply now:",
        "were not judged, as their rules did not run or do not apply now:");
    if (comparison.notChecked() + comparison.strangers() > 0) {
      println("");
    }
    if (comparison.notChecked() > 0) {
      println(ofBaseline(comparison.notChecked(), "recording", "was", "were") + " not checked");
    }
    if (comparison.strangers() > 0) {
      String verb = comparison.strangers() == 1 ? " is" : " are";
      println(Words.count(comparison.strangers(), "recording") + verb + " not in the baseline");
    }
  }

  private void missing(List<Missing> missing, String isWhat, String areWhat) {
    if (missing.isEmpty()) {
      return;
    }
    long count = missing.stream().mapToLong(Missing::count).sum();
    println("");
    println(ofBaseline(count, "finding", isWhat, areWhat));
    missing.stream().limit(MOST).forEach(this::missing);
    if (missing.size() > MOST) {
      println("  ... and " + (missing.size() - MOST) + " more (--format json)");
    }
  }

  private void missing(Missing one) {
    String times = one.count() == 1 ? "" : one.count() + " x ";
    println("  " + times + one.fingerprint() + " in " + one.recording());
  }

  private static String ofBaseline(long count, String noun, String one, String many) {
    return Words.count(count, noun) + " of the baseline " + (count == 1 ? one : many);
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}

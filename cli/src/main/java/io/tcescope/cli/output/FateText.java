package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.input.Places;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Knowledge;
import io.tcescope.engine.why.AddressFate;
import io.tcescope.engine.why.AskedAddress;
import java.util.List;

/** What a bus address meant at a moment, for people: a line for each window that may be meant. */
final class FateText {
  private static final int MOST_FATES = 8;

  private final Terminal terminal;
  private final Places places;
  private final List<String> files;

  FateText(Terminal terminal, Places places, List<String> files) {
    this.terminal = terminal;
    this.places = places;
    this.files = files;
  }

  void fates(AskedAddress asked) {
    Place at = places.get(asked.at());
    String moment =
        asked.at() == 0
            ? " before the first event"
            : " after " + where(asked.at()) + (at.time() == null ? "" : ", " + at.time() + " s");
    println(terminal.in(Style.HEADING, "Bus address " + Hex.of(asked.ioba()) + moment));
    List<AddressFate> fates = asked.fates();
    for (AddressFate fate : fates.subList(0, Math.min(MOST_FATES, fates.size()))) {
      String window = fate.window() == DmaWindow.NONE ? "" : fate.window() + ": ";
      Words.wrapped(terminal, "  " + window, words(fate, asked.ioba()));
    }
    if (fates.size() > MOST_FATES) {
      println("  and " + (fates.size() - MOST_FATES) + " more (--format json has them all)");
    }
    println("");
  }

  private String words(AddressFate fate, long ioba) {
    String decided = where(fate.ordinal());
    return switch (fate.kind()) {
      case MAPPED -> "mapped to " + entry(fate, ioba) + ", written by " + decided;
      case WINDOW_GONE -> "the window is gone, taken away by " + decided + "; " + held(fate, ioba);
      case CLEARED -> "mapped nothing: cleared by " + decided + how(fate) + attempt(fate);
      case NEVER_MAPPED ->
          (fate.ordinal() == 0 ? "" : decided + " made the window; ")
              + "no map of the address is recorded"
              + attempt(fate);
      case NOT_COVERED -> "no window ever covered it";
      case UNKNOWN ->
          fate.window() == DmaWindow.NONE
              ? "no recorded window covers it; unknown whether another did: "
                  + fate.knowledge().label()
              : "unknown what the entry holds: " + fate.knowledge().label() + since(fate);
    };
  }

  private String held(AddressFate fate, long ioba) {
    if (fate.knowledge().isUnknown()) {
      return "unknown what the entry held: " + fate.knowledge().label();
    }
    return fate.isLive()
        ? "it mapped the address to " + entry(fate, ioba) + ", written by " + where(fate.writer())
        : "it mapped nothing at the address" + attempt(fate);
  }

  private String since(AddressFate fate) {
    return fate.ordinal() == 0 ? "" : ", since " + where(fate.ordinal());
  }

  private String attempt(AddressFate fate) {
    return fate.attempt()
        .map(
            failed ->
                (failed.isSure()
                        ? "; a map of it failed at "
                        : "; maps that may reach it fail from ")
                    + where(failed.ordinal())
                    + (failed.isSure() ? "" : " on"))
        .orElse("");
  }

  /** Real address and permission of a live entry, and by which rule they are known. */
  private static String entry(AddressFate fate, long ioba) {
    String permission =
        switch (Tce.permission(fate.tce())) {
          case Tce.READ -> "for reads";
          case Tce.WRITE -> "for writes";
          default -> "for reads and writes";
        };
    return Hex.of(fate.realAddress(ioba)) + " " + permission + how(fate);
  }

  private static String how(AddressFate fate) {
    Knowledge knowledge = fate.knowledge();
    return knowledge.certainty() == Certainty.INFERRED
        ? " (inferred: " + knowledge.label() + ")"
        : "";
  }

  private String where(long ordinal) {
    return places.line(ordinal, files);
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}

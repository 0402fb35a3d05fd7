package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.input.Places;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.replay.AddressLife;
import java.util.List;
import java.util.Locale;

/** The life of a bus address for people: a line for each moment, and the record behind it. */
public final class AddressText {
  private final Terminal terminal;
  private final Places places;
  private final List<String> files;

  /** Of a run of those files. */
  public AddressText(Terminal terminal, Places places, List<String> files) {
    this.terminal = terminal;
    this.places = places;
    this.files = FileNames.shown(files);
  }

  /** All moments in order. */
  public void life(long ioba, List<AddressLife.Moment> moments) {
    String head = "Bus address " + Hex.of(ioba) + ": " + Words.count(moments.size(), "moment");
    terminal.out().println(terminal.in(Style.HEADING, head));
    if (moments.isEmpty()) {
      terminal.out().println("No window ever covered it.");
    }
    for (AddressLife.Moment moment : moments) {
      if (moment.omitted() > 0) {
        terminal.out().println("  ... " + Words.count(moment.omitted(), "more refused call"));
      }
      Place place = places.get(moment.ordinal());
      String file = files.size() > 1 ? files.get(place.file()) + " " : "";
      String where = place.event() == 0 ? "start" : file + "line " + place.line();
      terminal
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "  %-12s %-10s %-14s %s",
                  where,
                  moment.what().name().toLowerCase(Locale.ROOT),
                  moment.window(),
                  holds(moment)));
      if (!place.record().isBlank()) {
        terminal.out().println("      " + terminal.in(Style.FAINT, place.record().strip()));
      }
    }
  }

  /** What the entry holds after the moment, or held when its window went. */
  private static String holds(AddressLife.Moment moment) {
    if (moment.gone()) {
      return "the window is gone";
    }
    String entry = "entry " + (moment.window().hasGeometry() ? moment.index() : "?");
    return switch (moment.knowledge().certainty()) {
      case UNKNOWN -> entry + " unknown: " + moment.knowledge().label();
      case INFERRED ->
          entry + " " + value(moment) + " (inferred: " + moment.knowledge().label() + ")";
      case OBSERVED -> entry + " " + value(moment);
    };
  }

  private static String value(AddressLife.Moment moment) {
    if (!Tce.isMapped(moment.tce())) {
      return moment.tce() == 0 ? "clear" : Hex.of(moment.tce()) + " (no permission)";
    }
    long page = Tce.realAddress(moment.tce(), moment.window().pageShift());
    return Hex.of(moment.tce()) + " -> real address " + Hex.of(page);
  }
}

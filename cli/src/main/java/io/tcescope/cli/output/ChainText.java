package io.tcescope.cli.output;

import io.tcescope.engine.why.Cause;
import java.util.List;

/** The chain of a cause as columns: place, time from the deciding event, what the event does. */
final class ChainText {
  private final Terminal terminal;
  private final ChainRows chains;

  ChainText(Terminal terminal, ChainRows chains) {
    this.terminal = terminal;
    this.chains = chains;
  }

  void chain(Cause cause) {
    List<ChainRows.Row> rows = chains.of(cause);
    int place = rows.stream().mapToInt(row -> row.place().length()).max().orElse(0);
    int time = rows.stream().mapToInt(row -> row.time().length()).max().orElse(0);
    for (ChainRows.Row row : rows) {
      String gap = time == 0 ? "" : "  " + " ".repeat(time - row.time().length()) + row.time();
      String padding = " ".repeat(place - row.place().length());
      Words.wrapped(terminal, "    " + row.place() + padding + gap + "  ", row.note());
    }
  }
}

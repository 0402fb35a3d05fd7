package io.tcescope.cli.search;

import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.Terminal;
import io.tcescope.queries.index.Bars;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.index.Spread;
import io.tcescope.queries.language.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Prints how many events match in each part of the time, or of the events if none has a time. */
record Histogram(Terminal terminal, Rows.Format format, int buckets) {
  private static final int LONGEST_BAR = 60;
  private static final double NANOS_PER_SECOND = 1e9;

  void print(Query query, List<SearchableRun> runs) throws IOException {
    List<Spread> spreads = new ArrayList<>();
    for (SearchableRun run : runs) {
      Spread spread = run.spread(query);
      if (!spread.isEmpty()) {
        spreads.add(spread);
      }
    }
    boolean timed = spreads.stream().anyMatch(Spread::timed);
    spreads.removeIf(spread -> spread.timed() != timed); // has no place in time
    long first = spreads.stream().mapToLong(Spread::first).min().orElse(0);
    long last = spreads.stream().mapToLong(Spread::last).max().orElse(0);
    Bars bars = new Bars(timed, first, last, Math.clamp(buckets, 1, 100_000));
    for (Spread spread : spreads) {
      spread.fill(bars);
    }
    switch (format) {
      case TEXT -> text(bars);
      case CSV -> csv(bars);
      case JSON, NDJSON -> json(bars);
    }
  }

  private void csv(Bars bars) {
    terminal.out().println("from,to,count");
    for (int i = 0; i < bars.size(); i++) {
      String to = place(bars, bars.from(i + 1));
      terminal.out().println(place(bars, bars.from(i)) + "," + to + "," + bars.count(i));
    }
  }

  private static String place(Bars bars, long place) {
    return bars.timed() ? seconds(place) : Long.toString(place);
  }

  private void text(Bars bars) {
    long most = 1;
    for (int i = 0; i < bars.size(); i++) {
      most = Math.max(most, bars.count(i));
    }
    for (int i = 0; i < bars.size(); i++) {
      long from = bars.from(i);
      String place =
          bars.timed()
              ? "%18.6f s".formatted(from / NANOS_PER_SECOND)
              : "event %14d".formatted(from);
      String bar = "#".repeat((int) Math.ceilDiv(bars.count(i) * LONGEST_BAR, most));
      terminal.out().println("%s %10d %s".formatted(place, bars.count(i), bar).stripTrailing());
    }
  }

  private void json(Bars bars) {
    Json json = new Json(terminal.out()).object().text("by", bars.timed() ? "time" : "event");
    json.list("buckets");
    for (int i = 0; i < bars.size(); i++) {
      json.object();
      if (bars.timed()) {
        json.text("from", seconds(bars.from(i))).text("to", seconds(bars.from(i + 1)));
      } else {
        json.number("from", bars.from(i)).number("to", bars.from(i + 1));
      }
      json.number("count", bars.count(i)).endObject();
    }
    json.endList().endObject().line();
  }

  private static String seconds(long nanoseconds) {
    return java.math.BigDecimal.valueOf(nanoseconds, 9).toPlainString();
  }
}

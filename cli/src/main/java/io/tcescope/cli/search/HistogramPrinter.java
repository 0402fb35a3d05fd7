package io.tcescope.cli.search;

import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.output.Words;
import io.tcescope.queries.index.Bars;
import java.math.BigDecimal;
import java.util.Locale;

/** Prints a histogram as bars for people, as a table or as a document. */
record HistogramPrinter(Terminal terminal, HitRows.Format format) {
  private static final int LONGEST_BAR = 60;
  private static final double NANOS_PER_SECOND = 1e9;

  void print(Histogram.Result result) {
    switch (format) {
      case TEXT -> text(result);
      case CSV -> csv(result.bars());
      case JSON, NDJSON -> json(result);
    }
    if (result.timeless() > 0) {
      String recordings = Words.count(result.timeless(), "recording");
      terminal
          .err()
          .println("tcescope: not counted are the hits of " + recordings + " without times");
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

  private void text(Histogram.Result result) {
    Bars bars = result.bars();
    if (result.place() == Histogram.Place.ELAPSED) {
      terminal.out().println("time since the first event of each recording:");
    }
    long most = 1;
    for (int i = 0; i < bars.size(); i++) {
      most = Math.max(most, bars.count(i));
    }
    for (int i = 0; i < bars.size(); i++) {
      String place =
          String.format(
              Locale.ROOT,
              switch (result.place()) {
                case TIME -> "%18.6f s";
                case ELAPSED -> "%+18.6f s";
                case EVENT -> "event %14.0f";
              },
              bars.from(i) / (bars.timed() ? NANOS_PER_SECOND : 1));
      String bar = "#".repeat((int) Math.ceilDiv(bars.count(i) * LONGEST_BAR, most));
      terminal.out().println("%s %10d %s".formatted(place, bars.count(i), bar).stripTrailing());
    }
  }

  private void json(Histogram.Result result) {
    Bars bars = result.bars();
    String by = result.place().name().toLowerCase(Locale.ROOT);
    Json json = new Json(terminal.out()).object().text("by", by);
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
    return BigDecimal.valueOf(nanoseconds, 9).toPlainString();
  }
}

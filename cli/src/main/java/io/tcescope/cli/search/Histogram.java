package io.tcescope.cli.search;

import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.event.Event;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.language.Query;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Prints how many events match in each part of the time, or of the events if none has a time. */
record Histogram(Terminal terminal, Rows.Format format, int buckets) {
  private static final int LONGEST_BAR = 60;
  private static final double NANOS_PER_SECOND = 1e9;

  void print(Query query, List<SearchableRun> runs) throws IOException {
    Places places = new Places();
    for (SearchableRun run : runs) {
      run.search(query, places::note);
    }
    long first = Arrays.stream(places.values()).min().orElse(0);
    long last = Arrays.stream(places.values()).max().orElse(0);
    int bars = Math.clamp(buckets, 1, 100_000);
    long width = Math.max(1, (last - first) / bars + 1);
    long[] counts = new long[bars];
    for (long value : places.values()) {
      counts[(int) ((value - first) / width)]++;
    }
    if (format == Rows.Format.TEXT) {
      bars(counts, first, width, places.timed());
    } else {
      json(counts, first, width, places.timed());
    }
  }

  private void bars(long[] counts, long first, long width, boolean timed) {
    long most = Math.max(1, Arrays.stream(counts).max().orElse(1));
    for (int i = 0; i < counts.length; i++) {
      long from = first + i * width;
      String place =
          timed ? "%18.6f s".formatted(from / NANOS_PER_SECOND) : "event %14d".formatted(from);
      String bar = "#".repeat((int) Math.ceilDiv(counts[i] * LONGEST_BAR, most));
      terminal.out().println("%s %10d %s".formatted(place, counts[i], bar).stripTrailing());
    }
  }

  private void json(long[] counts, long first, long width, boolean timed) {
    Json json = new Json(terminal.out()).object().text("by", timed ? "time" : "event");
    json.list("buckets");
    for (int i = 0; i < counts.length; i++) {
      json.object();
      if (timed) {
        json.text("from", seconds(first + i * width)).text("to", seconds(first + (i + 1) * width));
      } else {
        json.number("from", first + i * width).number("to", first + (i + 1) * width);
      }
      json.number("count", counts[i]).endObject();
    }
    json.endList().endObject().line();
  }

  private static String seconds(long nanoseconds) {
    return java.math.BigDecimal.valueOf(nanoseconds, 9).toPlainString();
  }

  /** Times, or ordinals where the recording has no times. */
  private static final class Places {
    private long[] values = new long[1024];
    private int size;
    private boolean timed;

    boolean note(Event event, io.tcescope.queries.language.EventFacts facts) {
      boolean stamped = event.time() != Event.NO_TIME;
      if (stamped && !timed) {
        timed = true;
        size = 0; // what came before has no place in time
      }
      if (stamped == timed) {
        if (size == values.length) {
          values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = timed ? event.time() : event.ordinal();
      }
      return true;
    }

    boolean timed() {
      return timed;
    }

    long[] values() {
      return Arrays.copyOf(values, size);
    }
  }
}

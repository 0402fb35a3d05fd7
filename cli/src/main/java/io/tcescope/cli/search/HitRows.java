package io.tcescope.cli.search;

import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.Style;
import io.tcescope.cli.output.Terminal;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints events one by one, as they are found. */
interface HitRows {
  /** How events are written. */
  enum Format {
    TEXT,
    JSON,
    NDJSON,
    CSV
  }

  void begin();

  /** An event; {@code isHit} is false for those that only stand around a hit. */
  void add(HitRow row, boolean isHit);

  void end();

  static HitRows of(Format format, Terminal terminal) {
    return switch (format) {
      case TEXT -> new Text(terminal);
      case JSON -> new Documents(terminal.out(), true);
      case NDJSON -> new Documents(terminal.out(), false);
      case CSV -> new Csv(terminal.out());
    };
  }

  /** A cell of a table: in quotes where it must be, empty for null. */
  static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /** The record as it stands in the file, behind its number and, of several, the file. */
  record Text(Terminal terminal) implements HitRows {
    @Override
    public void begin() {}

    @Override
    public void add(HitRow row, boolean isHit) {
      Object file = row.values().get("file");
      String mark = isHit ? ":" : "-";
      String place =
          (file == null ? "%8d".formatted(row.event()) : file + mark + row.event()) + mark;
      String shown = file == null ? place : terminal.in(Style.FAINT, place); // a path may be long
      terminal
          .out()
          .println(
              isHit ? shown + " " + row.raw() : terminal.in(Style.FAINT, place + " " + row.raw()));
      terminal.out().flush();
    }

    @Override
    public void end() {}
  }

  /** An object for each event, alone on its line or in one document. */
  record Documents(PrintWriter out, Json json, boolean one) implements HitRows {
    Documents(PrintWriter out, boolean one) {
      this(out, new Json(out), one);
    }

    @Override
    public void begin() {
      if (one) {
        json.object().number("tcescope", 1).list("events");
      }
    }

    @Override
    public void add(HitRow row, boolean isHit) {
      json.object();
      row.values().forEach(json::value);
      if (!isHit) {
        json.flag("context", true);
      }
      json.endObject();
      if (!one) {
        json.line();
      }
    }

    @Override
    public void end() {
      if (one) {
        json.endList().endObject().line();
      }
    }
  }

  /** A header and a line for each event. */
  record Csv(PrintWriter out) implements HitRows {
    @Override
    public void begin() {
      out.println(String.join(",", HitRow.COLUMNS));
    }

    @Override
    public void add(HitRow row, boolean isHit) {
      out.println(
          HitRow.COLUMNS.stream()
              .map(column -> HitRows.cell(row.values().get(column)))
              .collect(Collectors.joining(",")));
    }

    @Override
    public void end() {}
  }
}

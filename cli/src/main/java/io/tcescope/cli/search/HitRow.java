package io.tcescope.cli.search;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.QueryField;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One event as search prints it.
 *
 * @param values by name, in the order of output; what is not known is null
 * @param raw the record as it stands in the file, or a summary of it if that is no text
 */
record HitRow(long event, long time, Map<String, @Nullable Object> values, String raw) {
  /** Columns of the neutral output, for formats that need them all. */
  static final List<String> COLUMNS =
      List.of(
          "event",
          "line",
          "time",
          "file",
          "call",
          "liobn",
          "ioba",
          "pages",
          "tce",
          "ret",
          "iobaRecorded",
          "window",
          "buid",
          "configAddr",
          "start",
          "pageShift",
          "perm",
          "id",
          "device",
          "task",
          "cpu",
          "thread",
          "name",
          "text");

  private static final int NANO_DIGITS = 9;

  static HitRow of(Event event, EventFacts facts, boolean severalFiles) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("event", event.ordinal());
    values.put("line", event.line());
    values.put("time", time(event));
    if (severalFiles) {
      values.put("file", FieldValues.key(QueryField.FILE, event, facts));
    }
    values.put("call", event.kind().call());
    if (event.kind().isTceCall()) {
      values.put("liobn", key(QueryField.LIOBN, event, facts));
      values.put("ioba", key(QueryField.IOBA, event, facts));
      values.put("pages", number(key(QueryField.PAGES, event, facts)));
      values.put("tce", key(QueryField.TCE, event, facts));
      values.put("ret", key(QueryField.RET, event, facts));
    }
    known(values, "liobn", QueryField.LIOBN, event, facts);
    known(values, "ioba", QueryField.IOBA, event, facts);
    known(values, "pages", QueryField.PAGES, event, facts);
    known(values, "ret", QueryField.RET, event, facts);
    if (event.has(Event.IOBA_IS_END) || event.has(Event.IOBA_IS_RELATIVE)) {
      known(values, "iobaRecorded", QueryField.IOBA_RECORDED, event, facts);
    }
    optional(values, event, facts);
    return new HitRow(event.ordinal(), event.time(), values, raw(event));
  }

  private static void optional(
      Map<String, @Nullable Object> values, Event event, EventFacts facts) {
    if (event.has(Event.LIST)) {
      values.put(
          "list",
          IntStream.range(0, event.listLength()).mapToObj(i -> Hex.of(event.list(i))).toList());
    }
    known(values, "window", QueryField.WINDOW, event, facts);
    known(values, "buid", QueryField.BUID, event, facts);
    known(values, "configAddr", QueryField.CONFIG_ADDRESS, event, facts);
    known(values, "start", QueryField.START, event, facts);
    known(values, "pageShift", QueryField.PAGE_SHIFT, event, facts);
    known(values, "perm", QueryField.PERM, event, facts);
    known(values, "id", QueryField.ID, event, facts);
    known(values, "device", QueryField.DEVICE, event, facts);
    known(values, "task", QueryField.TASK, event, facts);
    known(values, "cpu", QueryField.CPU, event, facts);
    known(values, "thread", QueryField.THREAD, event, facts);
    if (event.kind() == EventKind.LOG) {
      values.put("text", event.text());
    } else {
      values.put("name", event.name());
    }
  }

  private static void known(
      Map<String, @Nullable Object> values,
      String name,
      QueryField field,
      Event event,
      EventFacts facts) {
    String value = key(field, event, facts);
    if (value != null) {
      boolean count = field == QueryField.PAGES || field == QueryField.CPU;
      values.putIfAbsent(name, count ? number(value) : value);
    }
  }

  /** Of a count, which may need all 64 bits. */
  private static @Nullable BigInteger number(@Nullable String key) {
    return key == null ? null : new BigInteger(key);
  }

  private static @Nullable String key(QueryField field, Event event, EventFacts facts) {
    return FieldValues.key(field, event, facts);
  }

  private static @Nullable String time(Event event) {
    if (event.time() == Event.NO_TIME) {
      return null;
    }
    return BigDecimal.valueOf(event.time(), NANO_DIGITS)
        .setScale(event.timeDigits(), RoundingMode.DOWN)
        .toPlainString();
  }

  private static String raw(Event event) {
    String raw = event.raw();
    return raw.isEmpty() ? event.name() : raw.stripTrailing();
  }
}

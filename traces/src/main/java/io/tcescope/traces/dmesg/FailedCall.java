package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failed call on a TCE table as the kernel complains of it: a head line and some lines {@code
 * name = value} behind it. The head becomes the event, the lines behind it stay log text.
 *
 * <p>The event is marked as a witness: a failed call changes nothing, and the block leaves out what
 * a replay would need (the bus address).
 */
final class FailedCall {
  /** Lines of other processors can stand between those of a block; none has more own lines. */
  private static final int LINES_AHEAD = 16;

  private static final Pattern HEAD =
      Pattern.compile(
          "\\b(?<function>tce_\\w+): plpar_tce_(?<call>put|stuff|get) failed"
              + "(?:\\. rc=(?<rc>-?\\d{1,18}))?\\s*$");

  private static final Pattern INVALID_FREE = Pattern.compile("\\biommu_free: invalid entry\\s*$");

  /** Loggers write the tab before a name in their own ways. */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?:^|\\W|#011|\\\\x09|\\^I)"
              + "(?<name>rc|index|tcenum|tce val|tce\\[0\\] val|npages|entry|dma_addr|Table|size)"
              + "\\s*= (?<value>0x[0-9a-f]{1,16}|-?\\d{1,18})\\s*$");

  private static final Map<String, ObjLongConsumer<Event>> OF_CALL =
      Map.of(
          "rc", Event::withStatus,
          "index", Event::withLiobn,
          "tcenum", Event::withTceNumber,
          "tce val", Event::withTce,
          "tce[0] val", (event, value) -> event.withTce(asHypervisorSees(value)),
          "npages", Event::withPages);

  private static final Map<String, ObjLongConsumer<Event>> OF_FREE =
      Map.of(
          "dma_addr", Event::withIoba,
          "index", Event::withLiobn,
          "entry", Event::withTceNumber,
          "size", Event::withEntries,
          "Table", Event::withGuestTable);

  private FailedCall() {}

  /**
   * Reads the block that begins with {@code head}; {@code ahead} gives one message behind it after
   * the other, of the same caller, null at the end. False if the line begins no block.
   */
  static boolean read(String head, Supplier<@Nullable String> ahead, Event event) {
    if (!head.contains("failed") && !head.contains("invalid entry")) {
      return false;
    }
    Matcher call = HEAD.matcher(head);
    if (call.find()) {
      call(call, values(ahead), event);
      return true;
    }
    if (INVALID_FREE.matcher(head).find()) {
      invalidFree(values(ahead), event);
      return true;
    }
    return false;
  }

  private static void call(Matcher head, Map<String, Long> values, Event event) {
    String function = head.group("function");
    event.is(kind(function, head.group("call")), function, Event.WITNESS);
    String rc = head.group("rc");
    if (rc != null) {
      event.withStatus(Long.parseLong(rc));
    }
    // buildmulti prints how many pages were left, not how many the call had.
    if (event.kind() != EventKind.H_STUFF_TCE) {
      values.remove("npages");
    }
    fill(event, values, OF_CALL);
  }

  private static void fill(
      Event event, Map<String, Long> values, Map<String, ObjLongConsumer<Event>> fields) {
    values.forEach(
        (name, value) -> {
          ObjLongConsumer<Event> field = fields.get(name);
          if (field != null) {
            field.accept(event, value);
          }
        });
  }

  private static EventKind kind(String function, String call) {
    return switch (call) {
      case "stuff" -> EventKind.H_STUFF_TCE;
      case "get" -> EventKind.H_GET_TCE;
      default ->
          function.contains("buildmulti") ? EventKind.H_PUT_TCE_INDIRECT : EventKind.H_PUT_TCE;
    };
  }

  /**
   * The list is big-endian in memory and the kernel prints its first word as it lies there, so a
   * little-endian guest prints it backwards. Real addresses are small: the smaller reading is it.
   */
  static long asHypervisorSees(long printed) {
    long reversed = Long.reverseBytes(printed);
    return Long.compareUnsigned(reversed, printed) < 0 ? reversed : printed;
  }

  /** A free of a bus address outside the table: the kernel frees nothing and calls nobody. */
  private static void invalidFree(Map<String, Long> values, Event event) {
    event.is(EventKind.LOG, "iommu_free: invalid entry", 0);
    fill(event, values, OF_FREE);
  }

  private static Map<String, Long> values(Supplier<@Nullable String> ahead) {
    Map<String, Long> values = new HashMap<>();
    for (int i = 0; i < LINES_AHEAD; i++) {
      String line = ahead.get();
      if (line == null || line.contains("Call Trace") || HEAD.matcher(line).find()) {
        break;
      }
      Matcher value = VALUE.matcher(line);
      if (value.find()) {
        values.putIfAbsent(value.group("name"), number(value.group("value")));
      }
    }
    return values;
  }

  private static long number(String text) {
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text, 2, text.length(), 16)
        : Long.parseLong(text);
  }
}

package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Events as text, every field that is held, for comparing what two readers say. */
public final class Shown {
  private record Field(String name, int flag, ToLongFunction<Event> value) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("liobn", Event.LIOBN, Event::liobn),
          new Field("ioba", Event.IOBA, Event::ioba),
          new Field("tce", Event.TCE, Event::tce),
          new Field("pages", Event.PAGES, Event::pages),
          new Field("status", Event.STATUS, Event::status),
          new Field("list-address", Event.LIST_ADDRESS, Event::listAddress),
          new Field("buid", Event.BUID, Event::buid),
          new Field("config", Event.CONFIG_ADDRESS, Event::configAddress),
          new Field("shift", Event.PAGE_SHIFT, Event::pageShift),
          new Field("entries", Event.ENTRIES, Event::entries),
          new Field("start", Event.START, Event::start),
          new Field("available", Event.AVAILABLE, Event::available),
          new Field("block", Event.LARGEST_BLOCK, Event::largestBlock),
          new Field("mask", Event.PAGE_MASK, Event::pageMask),
          new Field("permission", Event.PERMISSION, Event::permission),
          new Field("id", Event.ID, Event::id),
          new Field("size", Event.SIZE, Event::size),
          new Field("real", Event.REAL_ADDRESS, Event::realAddress),
          new Field("number", Event.TCE_NUMBER, Event::tceNumber),
          new Field("table", Event.GUEST_TABLE, Event::guestTable));

  private Shown() {}

  /** Kind and fields, without the place. */
  public static String call(Event event) {
    StringBuilder shown = new StringBuilder().append(event.kind()).append(' ').append(event.name());
    for (Field field : FIELDS) {
      if (event.has(field.flag())) {
        long value = field.value().applyAsLong(event);
        shown.append(' ').append(field.name()).append('=');
        shown.append(field.flag() == Event.STATUS ? "" + value : "0x" + Long.toHexString(value));
      }
    }
    for (int i = 0; event.has(Event.LIST) && i < event.listLength(); i++) {
      shown.append(i == 0 ? " list=" : ",").append(Long.toHexString(event.list(i)));
    }
    if (event.has(Event.WITNESS)) {
      shown.append(" witness");
    }
    return shown.append(event.device() == null ? "" : " device=" + event.device()).toString();
  }

  /** All of the event. */
  public static String of(Event event) {
    return event.ordinal()
        + ":"
        + event.line()
        + "@"
        + event.file()
        + " "
        + (event.time() == Event.NO_TIME ? "-" : event.time() + "/" + event.timeDigits())
        + " ["
        + event.cpu()
        + "] "
        + event.task()
        + "-"
        + event.thread()
        + " "
        + call(event);
  }

  /** All events from {@code first} on, at most {@code limit}. */
  public static List<String> read(Trace trace, long first, int limit) {
    List<String> shown = new ArrayList<>();
    Event event = new Event();
    TraceReader reader = trace.read(first);
    while (shown.size() < limit && reader.next(event)) {
      shown.add(of(event));
    }
    return shown;
  }

  public static List<String> read(Trace trace) {
    return read(trace, 1, Integer.MAX_VALUE);
  }

  /** A recording of that format in memory. */
  public static Trace open(Format format, byte[] bytes) {
    try {
      Path temp = Path.of(System.getProperty("java.io.tmpdir"));
      return format.open(Recording.read("memory", new ByteArrayInputStream(bytes), temp));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The calls in a text, without their places. */
  public static List<String> calls(Format format, String text) {
    List<String> calls = new ArrayList<>();
    try (Trace trace = open(format, text.getBytes(StandardCharsets.UTF_8))) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        calls.add(call(event));
      }
    }
    return calls;
  }
}

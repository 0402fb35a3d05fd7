package io.tcescope.traces.dmesg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.guest.Shown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A guest's messages in a string, read. */
final class Messages {
  private Messages() {}

  /** Checks the event of the first line. */
  static void only(String line, Consumer<Event> check) {
    List<Boolean> checked = new ArrayList<>();
    read(
        line,
        event -> {
          if (checked.isEmpty()) {
            check.accept(event);
          }
          checked.add(true);
        });
    assertThat(checked).isNotEmpty();
  }

  /** Hands on the event of each line, and returns what the reader met. */
  static TraceHealth read(String text, Consumer<Event> each) {
    return read((text.isEmpty() ? "\n" : text).getBytes(StandardCharsets.UTF_8), each);
  }

  /** Hands on the event of each line, and returns what the reader met. */
  static TraceHealth read(byte[] bytes, Consumer<Event> each) {
    try (Trace trace = Shown.open(new DmesgFormat(), bytes)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        each.accept(event);
      }
      return reader.health();
    }
  }
}

package io.tcescope.traces.dmesg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.bytes.Recording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A guest's messages in a string, read. */
final class Messages {
  private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

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

  /** Hands on the event of each line. */
  static void read(String text, Consumer<Event> each) {
    byte[] bytes = (text.isEmpty() ? "\n" : text).getBytes(StandardCharsets.UTF_8);
    try (Recording recording = Recording.read("dmesg", new ByteArrayInputStream(bytes), TEMP);
        DmesgTrace trace = new DmesgTrace(recording)) {
      DmesgReader reader = (DmesgReader) trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        each.accept(event);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

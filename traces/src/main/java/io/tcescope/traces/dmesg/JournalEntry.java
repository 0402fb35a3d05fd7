package io.tcescope.traces.dmesg;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tcescope.engine.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of a systemd journal as {@code journalctl -o json} writes it: one JSON object a line.
 * Its fields are those of systemd.journal-fields(7); values are texts.
 *
 * @param sender who wrote the message: {@code kernel}, or a program
 * @param time in nanoseconds: the kernel's own, else the journal's since boot or since 1970; {@link
 *     Event#NO_TIME} if the entry tells none
 */
record JournalEntry(String message, String sender, long time) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String KERNEL = "kernel";
  private static final int MICROSECONDS = 6;
  private static final long NANOS_OF_MICRO = 1000;

  /** When, the best first. */
  private static final String[] TIMES = {
    "_SOURCE_MONOTONIC_TIMESTAMP", "__MONOTONIC_TIMESTAMP", "__REALTIME_TIMESTAMP"
  };

  /** The entry that a line holds; empty if it is no such object, or not a whole one. */
  static Optional<JournalEntry> of(String line) {
    if (!line.startsWith("{\"")) {
      return Optional.empty(); // as all lines of other logs
    }
    try (JsonParser parser = JSON.createParser(line)) {
      return of(fields(parser));
    } catch (JsonProcessingException notWhole) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> fields(JsonParser parser) throws IOException {
    Map<String, String> fields = new HashMap<>();
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_ARRAY) {
        fields.put(name, bytes(parser));
      } else if (value != JsonToken.VALUE_NULL) { // what journald left out, for it was too long
        fields.put(name, parser.getText());
      }
      parser.skipChildren();
    }
    return fields;
  }

  /** A value with controls in it is written as an array of its bytes. */
  private static String bytes(JsonParser parser) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (parser.nextToken() != JsonToken.END_ARRAY && parser.hasCurrentToken()) {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        bytes.write(parser.getIntValue());
      }
      parser.skipChildren();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Optional<JournalEntry> of(Map<String, String> fields) {
    String message = fields.get("MESSAGE");
    if (message == null) {
      return Optional.empty();
    }
    boolean fromKernel = KERNEL.equals(fields.get("_TRANSPORT"));
    String sender = fromKernel ? KERNEL : fields.getOrDefault("SYSLOG_IDENTIFIER", "");
    return Optional.of(new JournalEntry(message, sender, time(fields)));
  }

  private static long time(Map<String, String> fields) {
    for (String name : TIMES) {
      String micros = fields.get(name);
      if (micros != null && micros.matches("[1-8]?\\d{1,15}")) {
        return Long.parseLong(micros) * NANOS_OF_MICRO;
      }
    }
    return Event.NO_TIME;
  }

  /** The same as a line of a log. */
  DmesgLine line() {
    String tag = sender.isEmpty() ? "" : sender + ": ";
    return new DmesgLine(
        tag + message, tag.length(), time, MICROSECONDS, "", sender.equals(KERNEL), true);
  }

  /** The entry that an event was read from, as {@code dmesg} would write it. */
  static String inWords(Event event) {
    return event.time() == Event.NO_TIME
        ? event.text()
        : String.format(Locale.ROOT, "[%12.6f] %s", event.time() / 1e9, event.text());
  }
}

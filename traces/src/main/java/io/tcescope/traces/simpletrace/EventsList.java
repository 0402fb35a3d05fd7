package io.tcescope.traces.simpletrace;

import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code trace-events} file of a QEMU build, whose order numbers the events of recordings up to
 * version 3: one {@code name(prototype) "format"} a line, disabled ones counting too. A plain list
 * of names is as good.
 */
final class EventsList {
  private static final Pattern NAME =
      Pattern.compile("^\\s*(?:(?:disable|vcpu|tcg)\\s+)*(\\w+)\\s*(?:\\(.*)?$");

  private EventsList() {}

  /**
   * The events by number.
   *
   * @throws IOException if the file cannot be read or holds no name
   */
  static EventIds read(Path file) throws IOException {
    List<String> lines = SideFile.lines(file);
    EventIds ids = new EventIds();
    long number = 0;
    for (String line : lines) {
      Matcher matcher = NAME.matcher(line);
      if (matcher.matches()) {
        ids.name(number++, matcher.group(1));
      }
    }
    if (number == 0) {
      throw new IOException(file + " names no event");
    }
    return ids;
  }
}

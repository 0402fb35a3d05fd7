package io.tcescope.traces.dmesg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.guest.Shown;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same messages of a real guest as every tool and logger writes them. */
final class LoggersTest {
  private static final Path FILE = Path.of("src/test/resources/dmesg/loggers.txt");

  private static final long SECOND = 1_000_000_000;

  /** One logger's lines, and whether they tell the time. */
  record Logger(String title, String lines) {
    boolean isTimed() {
      return title.startsWith("timed");
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** What is read from a line. */
  private record Told(String call, String text, long time, int digits) {
    static List<Told> by(Logger logger) {
      List<Told> told = new ArrayList<>();
      Messages.read(
          logger.lines,
          event ->
              told.add(
                  new Told(
                      Shown.call(event),
                      event.text().replaceFirst("^(\\s|#011|\\\\x09)+", ""),
                      event.time(),
                      event.timeDigits())));
      return told;
    }

    long since(Told first) {
      return time - first.time;
    }
  }

  static List<Logger> loggers() throws IOException {
    return Arrays.stream(Files.readString(FILE).split("(?m)^## "))
        .skip(1)
        .map(section -> section.split("\n", 2))
        .map(section -> new Logger(section[0], section[1]))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("loggers")
  void messages_are_the_same_behind_the_prefix_of_every_logger(Logger logger) throws IOException {
    List<Told> plain = Told.by(loggers().getFirst());
    List<Told> told = Told.by(logger);
    assertThat(told).extracting(Told::call).isEqualTo(plain.stream().map(Told::call).toList());
    assertThat(told).extracting(Told::text).isEqualTo(plain.stream().map(Told::text).toList());
    assertThat(told)
        .allMatch(one -> (one.time() != Event.NO_TIME) == logger.isTimed(), "tells the time");
    for (int i = 0; i < told.size() && logger.isTimed(); i++) {
      long exact = plain.get(i).since(plain.getFirst());
      long error = told.getFirst().digits() == 0 ? SECOND : 0;
      assertThat(told.get(i).since(told.getFirst())).isBetween(exact - error, exact + error);
    }
  }

  @ParameterizedTest
  @MethodSource("loggers")
  void logs_are_recognised_behind_the_prefix_of_every_logger(Logger logger) {
    MemorySegment bytes = MemorySegment.ofArray(logger.lines.getBytes(StandardCharsets.UTF_8));
    assertThat(new DmesgFormat().recognises(bytes)).isTrue();
  }
}

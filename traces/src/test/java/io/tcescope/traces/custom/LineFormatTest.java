package io.tcescope.traces.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.custom.LineFormat.Kind;
import io.tcescope.traces.custom.LineFormat.Sample;
import io.tcescope.traces.guest.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text in a format of the user's own is read as the format's patterns say. */
final class LineFormatTest {
  private static final String PUT_LINE =
      "[   12.000345] hv0/fio: tce_put(liobn=80000100, ioba=0x1000, tce=1234003) -> ok";

  private static final Kind PUT =
      new Kind(
          "[{time_ns:s}] {*}/{task}: tce_put(liobn={liobn:x}, ioba={ioba}, tce={tce:x}) -> {ret}",
          Map.of("call", "H_PUT_TCE"),
          Map.of("ret", Map.of("ok", "0", "bad argument", "H_PARAMETER")),
          List.of(
              new Sample(
                  PUT_LINE,
                  Map.of(
                      "time_ns", "12000345000",
                      "task", "fio",
                      "liobn", "0x80000100",
                      "ioba", "4096",
                      "tce", "0x1234003",
                      "ret", "0"))));

  private static final Kind LOST =
      new Kind(
          "{pages} records lost",
          Map.of("call", "lost"),
          Map.of(),
          List.of(new Sample("3 records lost", Map.of("pages", "3"))));

  @TempDir private Path temp;

  @Test
  void a_line_means_what_the_same_row_of_a_csv_means() throws IOException {
    String text =
        PUT_LINE
            + "\r\n"
            + "# begins\n\n"
            + "[13.0] hv1/dd: tce_put(liobn=80000100, ioba=8192, tce=0x5000003) -> -4\n"
            + "7 records lost\n"
            + "something else\n"
            + "[14.0] hv1/dd: tce_put(liobn=80000100, ioba=zz, tce=0) -> ok\n";
    Path file = Files.writeString(temp.resolve("own.txt"), text);
    try (Trace trace = open(file, List.of(PUT, LOST), List.of("# {*}"))) {
      assertThat(trace.source()).isEqualTo(SourceKind.CSV);
      List<String> calls = Shown.read(trace);
      assertThat(calls).hasSize(7);
      assertThat(calls.get(0))
          .contains("H_PUT_TCE liobn=0x80000100 ioba=0x1000 tce=0x1234003 status=0");
      assertThat(calls.get(3))
          .contains("H_PUT_TCE liobn=0x80000100 ioba=0x2000 tce=0x5000003 status=-4");
      TraceHealth health = health(trace);
      assertThat(health.lost()).isEqualTo(7);
      assertThat(health.skipped())
          .containsOnlyKeys("line that no pattern matches", "bad value")
          .hasEntrySatisfying(
              "bad value",
              bad -> assertThat(bad.first().getFirst().detail()).isEqualTo("ioba: zz"));
    }
  }

  @Test
  void a_text_without_a_line_of_the_format_is_read_by_its_own_format() throws IOException {
    Path csv = Files.writeString(temp.resolve("calls.csv"), "call,liobn\nH_GET_TCE,0x1\n");
    try (Trace trace = open(csv, List.of(PUT), List.of())) {
      assertThat(Shown.read(trace)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
{liobn} {ioba                | a field without its closing brace
{nothing}                    | {nothing}: there is no such column
{task}{ioba}                 | {ioba}: nothing stands before it to end a text
{ioba:s}                     | {ioba:s}: only time_ns has such a unit
{time_ns:h}                  | is no unit
tce {liobn:x} {ioba}         | no pattern matches it
put {liobn} {tce}            | ioba is
""")
  void a_format_with_a_mistake_is_refused_with_its_place(String pattern, String reason) {
    Kind kind =
        new Kind(
            pattern,
            Map.of("call", "H_GET_TCE"),
            Map.of(),
            List.of(new Sample("put 1 2", Map.of("liobn", "1", "ioba", "2"))));
    assertThatThrownBy(() -> new LineFormat(List.of(kind), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void a_sample_must_be_of_its_own_pattern_and_there_must_be_one() {
    Kind wide =
        new Kind("{text}", Map.of("call", "log"), Map.of(), List.of(new Sample("a", Map.of())));
    assertThatThrownBy(() -> new LineFormat(List.of(wide, PUT), List.of()))
        .hasMessageContaining("an earlier pattern matches it");
    Kind untried = new Kind("{text}", Map.of("call", "log"), Map.of(), List.of());
    assertThatThrownBy(() -> new LineFormat(List.of(untried), List.of()))
        .hasMessageContaining("has no sample");
    Kind noCall = new Kind("{text}", Map.of(), Map.of(), List.of(new Sample("a", Map.of())));
    assertThatThrownBy(() -> new LineFormat(List.of(noCall), List.of()))
        .hasMessageContaining("no such call: (none)");
  }

  @Test
  void a_mutated_text_is_read_to_its_end_and_every_line_is_accounted_for() throws IOException {
    LineFormat format = new LineFormat(List.of(PUT, LOST), List.of("# {*}"));
    for (long seed = 0; seed < 1000; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder((PUT_LINE + "\n").repeat(3));
      for (int i = 0; i < 8; i++) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(256));
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, text.substring(at, Math.min(at + 9, text.length())));
        }
      }
      Path file = Files.writeString(temp.resolve("own.txt"), PUT_LINE + "\n" + text);
      try (Trace trace = Traces.open(file, TraceOptions.NONE.withLineFormat(format))) {
        assertThat(health(trace).events()).as("seed %d", seed).isEqualTo(lines(file));
      }
    }
  }

  private static long lines(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long lines = bytes[bytes.length - 1] == '\n' ? 0 : 1;
    for (byte b : bytes) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }

  private static Trace open(Path file, List<Kind> kinds, List<String> ignored) throws IOException {
    return Traces.open(file, TraceOptions.NONE.withLineFormat(new LineFormat(kinds, ignored)));
  }

  private static TraceHealth health(Trace trace) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      assertThat(event.ordinal()).isPositive();
    }
    return reader.health();
  }
}

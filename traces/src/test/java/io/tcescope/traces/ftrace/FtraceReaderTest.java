package io.tcescope.traces.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.guest.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of every tool that prints the kernel tracer's records, and the events they become. */
final class FtraceReaderTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "        modprobe-163     [001] d.h1.     7.582134: hcall_exit: opcode=312"
            + " retval=-4|modprobe",
        "           fio-2201  [001]     7.582134: hcall_exit: opcode=312 retval=-4|fio",
        "           fio-2201    (   2201) [001] d..2.     7.582134: hcall_exit: opcode=312"
            + " retval=-4|fio",
        "           fio-2201    (-------) [001]     7.582134: hcall_exit: opcode=312 retval=-4|fio",
        "     CPU 0/KVM-4713  [001] ....     7.582134: hcall_exit: opcode=312 retval=-4|CPU 0/KVM",
        "   a [1] b-c-27      [001] d....     7.582134: hcall_exit: opcode=312 retval=-4|a [1] b-c",
        "   kworker/u9:0-27    [001] d....     7.582134: hcall_exit: opcode=312"
            + " retval=-4|kworker/u9:0",
        "           fio-2201  [001]     7.582134: hcall_exit:           opcode=312 retval=-4|fio",
        "fio  2201 [001]     7.582134: powerpc:hcall_exit: opcode=312 retval=-4|fio",
        "fio  2200/2201 [001]     7.582134:          1 powerpc:hcall_exit: opcode=312"
            + " retval=-4|fio",
        "a b  2201 [001]     7.582134: powerpc:hcall_exit: opcode=312 retval=18446744073709551612|a"
            + " b",
      })
  void every_layout_of_a_line_tells_the_same_record(String line, String task) {
    try (Trace trace = open(line + "\n")) {
      Event event = new Event();
      assertThat(trace.read(1).next(event)).isTrue();
      assertThat(Shown.call(event)).isEqualTo("HCALL hcall_exit status=-4 id=0x138");
      assertThat(event.task()).isEqualTo(task);
      assertThat(event.cpu()).isOne();
      assertThat(event.time()).isEqualTo(7_582_134_000L);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7.582134, 7582134000, 6",
    "7.582134123, 7582134123, 9",
    "123456789, 123456789, 9",
    "0.000001, 1000, 6"
  })
  void a_time_is_kept_as_precise_as_it_was_written(String stamp, long nanos, int digits) {
    try (Trace trace = open("  init-1       [000] .....  " + stamp + ": foo: bar\n")) {
      Event event = new Event();
      assertThat(trace.read(1).next(event)).isTrue();
      assertThat(event.time()).isEqualTo(nanos);
      assertThat(event.timeDigits()).isEqualTo(digits);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'CPU:3 [LOST 120 EVENTS]', 120, false",
    "'CPU:3 [120 EVENTS DROPPED]', 120, false",
    "'CPU:3 [LOST EVENTS]', 0, true",
    "'CPU:3 [EVENTS DROPPED]', 0, true",
    "'  swapper     0 [000] 1.2: PERF_RECORD_LOST lost 7', 7, false",
    "'Processed 12345 events and lost 17 chunks!', 0, true",
    "'# entries-in-buffer/entries-written: 5120/90211   #P:8', 85091, false"
  })
  void records_that_the_tracer_lost_are_counted(String line, long lost, boolean unknown) {
    try (Trace trace = open(line + "\n" + line(1, "hcall_exit: opcode=32 retval=0"))) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      assertThat(reader.next(event)).isTrue();
      assertThat(event.kind()).isEqualTo(EventKind.LOST);
      assertThat(reader.health().lost()).isEqualTo(lost);
      assertThat(reader.health().lostUnknown()).isEqualTo(unknown);
    }
  }

  @Test
  void a_record_that_trace_cmd_could_not_print_is_counted_and_says_nothing_else() {
    String unprinted =
        "dma_map_page: [FAILED TO PARSE] device=0001:00:00.0 dma_addr=8000 size=6790 dir=0";
    try (Trace trace = open(line(1, unprinted) + line(1, "hcall_exit: opcode=32 retval=0"))) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      assertThat(reader.next(event)).isTrue();
      assertThat(Shown.call(event)).isEqualTo("PROBE dma_map_page");
      assertThat(reader.next(event)).isTrue();
      assertThat(reader.health().skipped().keySet().toString()).contains("could not print");
    }
  }

  @Test
  void a_line_of_another_kind_is_kept_as_text_and_counted() {
    try (Trace trace = open(line(1, "foo: bar") + "not a record\n# a comment\n\n")) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      int events = 0;
      while (reader.next(event)) {
        events++;
      }
      assertThat(events).isEqualTo(4);
      assertThat(reader.health().skipped()).hasSize(1);
      assertThat(reader.health().skipped().values().iterator().next().count()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux61-ddw/ftrace.txt.zst",
        "linux612-fw-window/ftrace.txt.zst",
        "linux612-trace-cmd/trace-cmd-report.txt.zst"
      })
  void a_real_recording_is_read_whole_and_its_counts_are_those_of_its_lines(String file)
      throws IOException {
    Map<String, Long> expected = new TreeMap<>();
    Map<String, Long> counted = new TreeMap<>();
    Pattern name = Pattern.compile("^.{10,40}\\[\\d+\\].* +\\d+\\.\\d+: (\\w+):");
    try (Trace trace = Traces.open(CORPUS.resolve(file), TraceOptions.NONE)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        Matcher matcher = name.matcher(event.raw());
        if (matcher.find()) {
          expected.merge(matcher.group(1), 1L, Long::sum);
          counted.merge(recordName(event, matcher.group(1)), 1L, Long::sum);
        } else {
          assertThat(event.kind()).as(event.raw()).isEqualTo(EventKind.LOG);
        }
      }
      assertThat(reader.health().skipped()).isEmpty();
      assertThat(reader.health().isLossy()).isFalse();
    }
    assertThat(expected).isNotEmpty();
    assertThat(counted).isEqualTo(expected);
  }

  /** The event of an RTAS call goes by the call's name. */
  private static String recordName(Event event, String recorded) {
    boolean call = event.kind() == EventKind.RTAS || event.kind().group() == EventKind.Group.DDW;
    return call ? recorded : event.name();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void reading_from_any_event_gives_what_reading_from_the_front_gives(long seed)
      throws IOException {
    Path file = CORPUS.resolve("linux612-fw-window/ftrace.txt.zst");
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      List<String> all = Shown.read(trace);
      RandomGenerator random = new SplittableRandom(seed);
      for (int i = 0; i < 5; i++) {
        int first = 1 + random.nextInt(all.size());
        assertThat(Shown.read(trace, first, 20))
            .as("seed %d, event %d", seed, first)
            .isEqualTo(all.subList(first - 1, Math.min(all.size(), first + 19)));
      }
    }
  }

  private static Trace open(String text) {
    return Shown.open(new FtraceFormat(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(int thread, String record) {
    return "            task-%-7d [000] d....     7.582134: %s%n".formatted(thread, record);
  }
}

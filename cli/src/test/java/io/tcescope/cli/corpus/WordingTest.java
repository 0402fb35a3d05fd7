package io.tcescope.cli.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Machine;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read of the findings in real recordings is English, in the project's notation. */
final class WordingTest {
  private static final Path FIXTURES = Path.of("../traces/src/test/resources/corpus");

  /** "1 entries", "1 calls"; not "1 less" nor "1 is". */
  private static final Pattern WRONG_NUMBER =
      Pattern.compile("(?<![\\w.:])1( live| later)? (entries|[a-z]{3,}[^s\\W]s)\\b");

  /** A placeholder nobody filled, a list or a page size as a programmer writes it. */
  private static final Pattern UNFIT =
      Pattern.compile("[{}\\[\\]?]|page shift|pages? of 0x|\\b0 more could|-0\\.0");

  static Stream<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.walk(FIXTURES)) {
      return files
          .filter(file -> file.toString().matches(".*(trace\\.log|ftrace\\.txt|dmesg\\.txt)\\.zst"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void findings_are_worded_as_people_write(Path recording) throws IOException {
    Machine machine = new Machine();
    List.of("ram=1G", "mmio32=0x80000000..0xffffffff").forEach(machine::accept);
    ReplayOptions options = ReplayOptions.defaults().withMachine(machine);
    try (Trace trace = Traces.open(recording, TraceOptions.NONE)) {
      Replay.run(trace, options, () -> new CheckRunner(trace))
          .observer()
          .findings()
          .forEach(WordingTest::verify);
    }
  }

  private static void verify(Finding finding) {
    Stream.concat(Stream.of(finding.message()), finding.evidence().stream().map(Evidence::note))
        .forEach(
            text ->
                assertThat(text)
                    .as("%s at %d", finding.rule(), finding.ordinal())
                    .doesNotContainPattern(WRONG_NUMBER)
                    .doesNotContainPattern(UNFIT));
  }
}

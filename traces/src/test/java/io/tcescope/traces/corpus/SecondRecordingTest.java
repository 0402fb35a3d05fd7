package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Run;
import io.tcescope.engine.state.Runs;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A recording beside the hypervisor's own: one of the same run adds to it, one that lost records,
 * has no times or is of another run takes nothing away.
 */
final class SecondRecordingTest {
  private static final String HOST = "trace.log.zst";
  private static final String REMOVED = "linux510-default-removed-in-use";

  @TempDir private Path folder;

  private record Told(List<String> tables, List<String> findings, TraceHealth health) {}

  private static Told replay(Path... files) throws IOException {
    try (Trace trace = Traces.openTogether(List.of(files), TraceOptions.NONE)) {
      Replay.Result<CheckRunner> result =
          Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace));
      List<String> findings = result.observer().findings().stream().map(f -> told(f)).toList();
      return new Told(tables(result.state()), findings, result.health());
    }
  }

  private static String told(Finding finding) {
    return finding.severity() + " " + finding.rule() + " " + finding.confidence();
  }

  private static List<String> tables(IommuState state) {
    List<String> tables = new ArrayList<>();
    state
        .windows()
        .forEach(
            window -> {
              tables.add(window + " " + window.start() + " " + window.pageShift());
              for (Run run : Runs.of(window)) {
                tables.add(run.toString());
              }
            });
    return tables;
  }

  @ParameterizedTest
  @CsvSource({
    "simple-case-ddw-at-zero, trace.bin.zst",
    "simple-case-reset-after-use, trace.bin.zst",
    "simple-fuzz-seed21, trace.bin.zst",
    "case72-ddw-at-zero, calls.csv.zst",
  })
  void aSecondRecorderOfTheSameCallsChangesNothing(String run, String second) throws IOException {
    Path host = Fixtures.file(run, HOST);
    Told alone = replay(host);
    Told together = replay(host, host.resolveSibling(second));
    assertThat(together.tables()).isEqualTo(alone.tables());
    assertThat(together.findings()).isEqualTo(alone.findings());
    assertThat(together.health().remarks()).noneMatch(remark -> remark.contains("another"));
  }

  @ParameterizedTest
  @CsvSource({
    "linux61-dynamic-ddw, dmesg.txt.zst",
    "linux612-single-window-vf, ftrace.txt.zst",
    "linux510-default-reset-in-use-xlate, ftrace.txt.zst",
  })
  void aRecordingOfAnotherRunChangesNoTableAndIsSaidToBe(String run, String second)
      throws IOException {
    Path host = Fixtures.file(REMOVED, HOST);
    Told together = replay(host, Fixtures.file(run, second));
    assertThat(together.tables()).isEqualTo(replay(host).tables());
    assertThat(together.health().remarks()).anyMatch(remark -> remark.contains("changes no table"));
  }

  /** The guest's messages are few, and its tracer tells how often their clock stood still. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux510-default-removed-in-use",
        "linux510-default-reset-in-use-xlate",
        "linux61-ddw",
        "linux61-dynamic-ddw",
        "linux612-fw-window",
        "linux612-single-window-vf"
      })
  void messagesBesideATracerAreOfTheRun(String run) throws IOException {
    Path host = Fixtures.file(run, HOST);
    Path tracer = host.resolveSibling("ftrace.txt.zst");
    Told together = replay(host, tracer, host.resolveSibling("dmesg.txt.zst"));
    assertThat(together.tables()).isEqualTo(replay(host, tracer).tables());
    assertThat(together.health().remarks())
        .anyMatch(remark -> remark.matches(".*dmesg.*clock .* calls shared"))
        .noneMatch(remark -> remark.contains("another run"));
  }

  @Test
  void messagesOfAnotherRunChangeNoTableBesideATracerEither() throws IOException {
    Path host = Fixtures.file(REMOVED, HOST);
    Path tracer = host.resolveSibling("ftrace.txt.zst");
    Told together = replay(host, tracer, Fixtures.file("linux61-dynamic-ddw", "dmesg.txt.zst"));
    assertThat(together.tables()).isEqualTo(replay(host, tracer).tables());
    assertThat(together.health().remarks()).anyMatch(remark -> remark.contains("another run"));
  }

  @Test
  void whatAGuestsTracerLostTheHostStillTells() throws IOException {
    Path host = Fixtures.file(REMOVED, HOST);
    String tracer = text(host.resolveSibling("ftrace.txt.zst"));
    int middle = tracer.indexOf('\n', tracer.length() / 3) + 1;
    Path lossy =
        Files.writeString(
            folder.resolve("ftrace.txt"),
            tracer.substring(0, middle) + "CPU:0 [LOST 3 EVENTS]\n" + tracer.substring(middle));
    Told whole = replay(host, host.resolveSibling("ftrace.txt.zst"));
    Told together = replay(host, lossy);
    assertThat(together.tables()).isEqualTo(whole.tables());
    assertThat(together.findings()).isEqualTo(whole.findings());
    assertThat(together.health().lost()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    REMOVED + ", 2, ftrace.txt.zst",
    REMOVED + ", 2, dmesg.txt.zst",
    "linux612-single-window-vf, 5, dmesg.txt.zst",
    "linux61-dynamic-ddw, 5, dmesg.txt.zst",
  })
  void aWindowThatWasMadeBeforeTheHostsLogBeginsMayHoldAnything(String run, int part, String second)
      throws IOException {
    Path host = Fixtures.file(run, HOST);
    String log = text(host);
    int cut = log.indexOf('\n', (int) ((long) log.length() * (part - 1) / part)) + 1;
    Path late = Files.writeString(folder.resolve("late.log"), log.substring(cut));
    Path dmesg = host.resolveSibling("dmesg.txt.zst");
    List<Path> files =
        second.startsWith("dmesg")
            ? List.of(late, dmesg)
            : List.of(late, host.resolveSibling(second), dmesg);
    Truth truth = Truth.of(host.resolveSibling("truth.json.zst"));
    try (Trace trace = Traces.openTogether(files, TraceOptions.NONE)) {
      IommuState end =
          Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace)).state();
      Truth.claims(end, truth.snapshots().getLast());
    }
  }

  private static String text(Path packed) throws IOException {
    return new String(SideFile.bytes(packed), StandardCharsets.UTF_8);
  }
}

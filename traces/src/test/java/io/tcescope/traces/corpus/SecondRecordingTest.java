package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Run;
import io.tcescope.engine.state.Runs;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
    String tracer = unpacked(host.resolveSibling("ftrace.txt.zst"));
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
    String log = unpacked(host);
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

  @ParameterizedTest
  @ValueSource(strings = {"fuzz100-seed1", "simple-fuzz-seed21"})
  void listsThatTheHostShowsInPartAreThoseOfATableOfCalls(String run) throws IOException {
    Path host = Fixtures.file(run, HOST);
    Path calls = host.resolveSibling("calls.csv.zst");
    IommuState together = end(host, calls);
    assertThat(wrong(together, end(calls))).isEmpty();
    assertThat(unknown(together)).isLessThan(unknown(end(host)) * 2 / 3);
  }

  /** Without times only the order tells which call is which, and rows that are gone confuse it. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aTableOfCallsWithRowsMissingClaimsNothingWrong(int seed) throws IOException {
    Path host = Fixtures.file("simple-fuzz-seed21", HOST);
    Path calls = host.resolveSibling("calls.csv.zst");
    Random random = new Random(seed);
    List<String> rows = unpacked(calls).lines().toList();
    List<String> left = new ArrayList<>(rows.subList(0, 1));
    rows.stream().skip(1).filter(row -> random.nextInt(40) != 0).forEach(left::add);
    IommuState together = end(host, Files.write(folder.resolve("calls.csv"), left));
    assertThat(wrong(together, end(calls))).as("seed %d", seed).isEmpty();
  }

  /** Calls that look alike in the host's log and have other lists, some of them not recorded. */
  @ParameterizedTest
  @MethodSource("manySeeds")
  void listsOfCallsThatLookAlikeAreNotMistaken(int seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder log =
        new StringBuilder("spapr_iommu_new_table liobn=0x80000000 table=0x7f42cc81d010 fd=-1\n");
    StringBuilder table =
        new StringBuilder(
            """
            call,liobn,ioba,pages,tce,list,ret,page_shift,start,buid,text
            window,0x80000000,,262144,,,,12,0x0,0x800000020000000,default
            """);
    StringBuilder lossy = new StringBuilder(table);
    for (int i = 0; i < 40; i++) {
      LookAlike call = LookAlike.random(random, i);
      log.append(call.line());
      table.append(call.row());
      lossy.append(random.nextInt(6) == 0 ? "" : call.row());
    }
    Path host = Files.writeString(folder.resolve("host.log"), log);
    Path whole = Files.writeString(folder.resolve("whole.csv"), table);
    Path some = Files.writeString(folder.resolve("some.csv"), lossy);
    assertThat(wrong(end(host, some), end(whole))).as("seed %d", seed).isEmpty();
    assertThat(wrong(end(host, whole), end(whole))).as("seed %d", seed).isEmpty();
    assertThat(unknown(end(host, whole))).as("seed %d", seed).isZero();
  }

  /** A list of two values at one of two places, or a single value at a place of its own. */
  private record LookAlike(boolean list, int ioba, int first, int last) {
    static LookAlike random(Random random, int number) {
      boolean list = random.nextInt(3) > 0;
      return new LookAlike(
          list,
          0x1000 * (list ? 1 + random.nextInt(2) : 16 + number),
          0x1003 + 0x1000 * random.nextInt(5),
          0x8003 + 0x1000 * random.nextInt(2));
    }

    String line() {
      return list
          ? "spapr_iommu_pci_indirect liobn=0x80000000 ioba=0x%x tcelist=0x3000000 iobaN=0x1 tceN=0x%x ret=0\n"
              .formatted(ioba, last)
          : "spapr_iommu_pci_put liobn=0x80000000 ioba=0x%x tce=0x%x ret=0\n"
              .formatted(ioba, first);
    }

    String row() {
      return list
          ? "H_PUT_TCE_INDIRECT,0x80000000,0x%x,2,,0x%x 0x%x,0,,,,\n".formatted(ioba, first, last)
          : "H_PUT_TCE,0x80000000,0x%x,,0x%x,,0,,,,\n".formatted(ioba, first);
    }
  }

  static int[] manySeeds() {
    return new Random(11).ints(60).toArray();
  }

  /** Entries that are claimed, and are others in a state of which everything is known. */
  private static List<String> wrong(IommuState claimed, IommuState truth) {
    List<String> wrong = new ArrayList<>();
    for (DmaWindow window : claimed.windows()) {
      DmaWindow real = truth.window(window.liobn());
      Set<Long> entries = new TreeSet<>(written(window));
      entries.addAll(written(real));
      for (long index : entries) {
        boolean known = !Mark.isUnknown(window.mark(index));
        if (known && window.tce(index) != real.tce(index)) {
          wrong.add(window + " " + index);
        }
      }
    }
    return wrong;
  }

  private static Set<Long> written(DmaWindow window) {
    Set<Long> entries = new TreeSet<>();
    window.visit(
        (first, count, value, step, mark) ->
            LongStream.range(first, first + count).forEach(entries::add));
    return entries;
  }

  static int[] seeds() {
    return new Random(7).ints(6).toArray();
  }

  private static IommuState end(Path... files) throws IOException {
    try (Trace trace = Traces.openTogether(List.of(files), TraceOptions.NONE)) {
      return Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace)).state();
    }
  }

  private static long unknown(IommuState state) {
    return state.windows().stream().mapToLong(DmaWindow::unknown).sum();
  }

  private static String unpacked(Path file) throws IOException {
    try (InputStream packed = Files.newInputStream(file);
        InputStream stream = new ZstdInputStream(packed)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

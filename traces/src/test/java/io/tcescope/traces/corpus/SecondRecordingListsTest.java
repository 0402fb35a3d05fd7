package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that the hypervisor's log shows in part, filled from a table of calls beside it. */
final class SecondRecordingListsTest {
  private static final String HOST = "trace.log.zst";

  @TempDir private Path folder;

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
    List<String> rows = SideFile.lines(calls);
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
}

package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Knowledge;
import io.tcescope.engine.state.Run;
import io.tcescope.engine.state.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call whose line is damaged was made all the same: what it may have changed is unknown. */
final class DamagedCallsTest {
  private static final Pattern CALL =
      Pattern.compile("spapr_iommu_(pci_)?(put|stuff|indirect) .*ret=0");
  private static final int DAMAGED = 12;
  private static final String TABLE =
      "spapr_iommu_new_table liobn=0x80000000 table=0x7f0000000010 fd=-1\n"
          + "spapr_iommu_pci_stuff liobn=0x80000000 ioba=0x40000000 tcevalue=0x0 npages=262144"
          + " ret=0\n";

  @TempDir private Path folder;

  static Stream<Path> runs() {
    return Fixtures.runsWith("truth.json.zst").stream();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void nothingIsClaimedThatADamagedCallMayHaveChanged(Path run) throws IOException {
    List<String> lines = new ArrayList<>(Fixtures.log(run));
    List<Integer> calls =
        IntStream.range(0, lines.size())
            .filter(i -> CALL.matcher(lines.get(i)).find())
            .boxed()
            .collect(Collectors.toCollection(ArrayList::new));
    long seed = String.valueOf(run.getFileName()).hashCode();
    RandomGenerator random = new SplittableRandom(seed);
    Collections.shuffle(calls, random);
    List<Integer> damaged = calls.subList(0, Math.min(DAMAGED, calls.size()));
    damaged.forEach(line -> lines.set(line, damaged(lines.get(line), random)));
    Truth truth = Truth.of(run.resolve("truth.json.zst"));
    try (Trace trace = Fixtures.open(written(String.join("\n", lines) + "\n"))) {
      Truth.Recorder states =
          Replay.run(trace, ReplayOptions.defaults(), () -> new Truth.Recorder(truth)).observer();
      assertThatCode(
              () ->
                  truth
                      .snapshots()
                      .forEach(snapshot -> Truth.claims(states.at(snapshot), snapshot)))
          .as("seed %d: damaged lines %s, counted from 0", seed, damaged)
          .doesNotThrowAnyException();
    }
  }

  /** As interrupted, or written by two programs at once, so that no number changes unseen. */
  private static String damaged(String line, RandomGenerator random) {
    int arguments = line.indexOf(' ') + 1;
    int at = random.nextInt(arguments, line.length() - "ret=0".length());
    return switch (random.nextInt(3)) {
      case 0 -> line.substring(0, at);
      case 1 -> line.substring(0, at) + "\u00e9" + line.substring(at);
      default -> line + " and more";
    };
  }

  @Test
  void whatTheLineStillNamesIsUnknownAndNoMore() throws IOException {
    DmaWindow window =
        window(
            TABLE
                + "spapr_iommu_pci_put liobn=0x80000000 ioba=0x1000 tce=0x1003 ret=0\n"
                + "spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x20\n"
                + "spapr_iommu_pci_put liobn=0x80000000 ioba=0x4000 tce=0x4003 ret=0\n");
    assertThat(window.unknown()).isEqualTo(1);
    assertThat(knowledge(window, 2)).isEqualTo(Knowledge.LOST);
    assertThat(window.tce(1)).isEqualTo(0x1003);
  }

  @Test
  void ofTwoCallsOnOneLineNothingIsKnown() throws IOException {
    String put = "spapr_iommu_pci_put liobn=0x80000000 ioba=0x1000 tce=0x1003 ret=0";
    DmaWindow window = window(TABLE + put + put + "\n" + put.replace("0x1", "0x3") + "\n");
    assertThat(window.unknown()).isEqualTo(window.entries() - 1);
    assertThat(knowledge(window, 1)).isEqualTo(Knowledge.LOST);
  }

  @Test
  void aLineThatIsStillBeingWrittenIsNoCallYet() throws IOException {
    String put = "spapr_iommu_pci_put liobn=0x80000000 ioba=0x1000 tce=0x1003 ret=0";
    DmaWindow window = window(TABLE + put + "\n" + put.substring(0, 60));
    assertThat(window.unknown()).isZero();
    assertThat(window.tce(1)).isEqualTo(0x1003);
  }

  private static Knowledge knowledge(DmaWindow window, long entry) {
    return Runs.of(window).stream()
        .filter(run -> run.first() <= entry && entry <= run.last())
        .map(Run::knowledge)
        .findFirst()
        .orElseThrow();
  }

  private DmaWindow window(String log) throws IOException {
    try (Trace trace = Fixtures.open(written(log))) {
      IommuState state =
          Replay.run(trace, ReplayOptions.defaults(), () -> (event, change, now) -> {}).state();
      return state.window(0x80000000L);
    }
  }

  private Path written(String log) throws IOException {
    return Files.writeString(folder.resolve("damaged.log"), log, StandardCharsets.ISO_8859_1);
  }
}

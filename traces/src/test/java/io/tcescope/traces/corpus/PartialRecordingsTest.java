package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A recording that begins late, ends early or lacks kinds of events is sure of nothing that the
 * whole one does not show: all rules, at seeded cuts of every recording kept with the tests.
 */
final class PartialRecordingsTest {
  private static final int LATE_STARTS = 2;

  /** Longer recordings are cut, and keep their kinds. */
  private static final int MOST_LINES = 40_000;

  /** What a recorder may not have been told to write ({@code -trace}). */
  private static final Map<String, Pattern> KINDS =
      Map.of(
          "all but spapr_iommu", Pattern.compile("spapr_(vio|drc|pci)"),
          "spapr_vio", Pattern.compile("spapr_vio"),
          "look-ups", Pattern.compile("spapr_iommu_xlate"),
          "queries", Pattern.compile("spapr_iommu_ddw_query"),
          "saved tables", Pattern.compile("spapr_iommu_pre_save"),
          "tables made", Pattern.compile("spapr_iommu_new_table|spapr_iommu_pre_save"));

  @TempDir private Path folder;

  static Stream<Path> runs() {
    return Fixtures.runsWith("trace.log.zst").stream();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void nothingIsSureThatTheWholeRecordingDoesNotShow(Path run) throws IOException {
    List<String> lines = Fixtures.log(run);
    Certainties whole = Certainties.of(run.resolve("trace.log.zst"));
    parts(lines, String.valueOf(run.getFileName()))
        .forEach(
            (what, part) ->
                assertThat(Certainties.of(written(part)).notBorneOutBy(whole)).as(what).isEmpty());
  }

  /** RTAS quiesce, which clears the tables of virtual devices, does not show then. */
  @ParameterizedTest
  @MethodSource("runsWithTruth")
  void nothingIsObservedThatMayBeClearedUnseen(Path run) throws IOException {
    List<String> lines = Fixtures.log(run);
    Pattern queues = Pattern.compile("spapr_vio");
    Truth truth = Truth.of(run.resolve("truth.json.zst"));
    try (Trace trace = Fixtures.open(written(blanked(queues, lines)))) {
      Truth.Recorder states =
          Replay.run(trace, ReplayOptions.defaults(), () -> new Truth.Recorder(truth)).observer();
      truth.snapshots().forEach(snapshot -> Truth.claims(states.at(snapshot), snapshot));
    }
  }

  static Stream<Path> runsWithTruth() {
    return Fixtures.runsWith("truth.json.zst").stream();
  }

  /** The same, each line at its place. */
  private static List<String> blanked(Pattern kind, List<String> lines) {
    return lines.stream().map(line -> kind.matcher(line).find() ? "foreign" : line).toList();
  }

  private static Map<String, List<String>> parts(List<String> lines, String run) {
    Map<String, List<String>> parts = new TreeMap<>();
    int working = 1; // the first call is behind it
    while (working < lines.size() - 1 && !lines.get(working - 1).contains(" ioba=")) {
      working++;
    }
    SplittableRandom random = new SplittableRandom(run.hashCode());
    for (int i = 0; i < LATE_STARTS; i++) {
      int start = random.nextInt(working, lines.size());
      parts.put("without the first " + start + " lines", lines.subList(start, lines.size()));
    }
    int end = random.nextInt(working, lines.size());
    parts.put("the first " + end + " lines", lines.subList(0, end));
    if (lines.size() < MOST_LINES) {
      KINDS.forEach((kind, pattern) -> parts.put("without " + kind, without(pattern, lines)));
    }
    parts.values().removeIf(part -> part.isEmpty() || part.size() == lines.size());
    return parts;
  }

  private static List<String> without(Pattern kind, List<String> lines) {
    return lines.stream().filter(kind.asPredicate().negate()).toList();
  }

  private Path written(List<String> lines) {
    try {
      return Files.write(folder.resolve("part.log"), lines, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

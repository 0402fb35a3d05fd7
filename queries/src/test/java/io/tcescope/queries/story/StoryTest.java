package io.tcescope.queries.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.index.RandomLog;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a story tells, and that chance makes no difference in it. */
final class StoryTest {
  private static final int EVENTS = 3000;
  private static final Path RUNS = Path.of("../traces/src/test/resources/corpus");
  private static final String BRIDGE_1 = "bridge 0x800000020000001";

  @TempDir private Path folder = Path.of("");

  @Test
  void theDefaultWindowIsTakenAwayUnderItsUsers() throws IOException {
    Story story = story(RUNS.resolve("linux510-default-removed-in-use/trace.log.zst"));
    assertThat(steps(story, BRIDGE_1))
        .extracting(Step::what)
        .containsExactly(
            "0x80000100 is there: default, 0x0..0x3fffffff, 4K pages",
            "0x80000100 is cleared as a whole",
            "0x80000100 is used, mapped as needed",
            "the guest asks: 0 windows available",
            "H_STUFF_TCE on 0x80000100 fails: H_PARAMETER",
            "0x80000100 is removed, in use",
            "the guest asks: 1 window available",
            "0x80000101 is created: ddw, 0x800000000000000..0x80000007fffffff, 16M pages",
            "0x80000101 is used, mapped 1:1",
            "H_PUT_TCE_INDIRECT on 0x80000100 (gone) fails: H_PARAMETER",
            "H_PUT_TCE on 0x80000100 (gone) fails: H_PARAMETER");
    assertThat(steps(story, BRIDGE_1).get(5).detail()).isEqualTo("304 live entries");
    assertThat(steps(story, BRIDGE_1)).extracting(Step::count).endsWith(1L, 1L, 1500L, 1538L);
    assertThat(steps(story, BRIDGE_1).get(5).first().line()).isEqualTo(6880);
  }

  /** Twice the same scene: other times, other buffers, and one with every access of a device. */
  @Test
  void twoRecordingsOfOneSceneTellOneStory() throws IOException {
    Story plain = story(RUNS.resolve("linux510-default-removed-in-use/trace.log.zst"));
    Story withAccesses = story(RUNS.resolve("linux510-default-removed-in-use-xlate/trace.log.zst"));
    assertThat(Parting.of(plain, withAccesses)).isNotEmpty().allMatch(Parting::isAlike);
  }

  @ParameterizedTest
  @CsvSource({
    "linux61-default-in-use-refused/trace.log.zst",
    "linux61-default-in-use-refused/dmesg.txt.zst",
    "linux510-default-reset-in-use-xlate/ftrace.txt.zst",
  })
  void aRunIsLikeItselfAndUnlikeTheOneInWhichTheWindowWent(String other) throws IOException {
    Story story = story(RUNS.resolve(other));
    assertThat(Parting.of(story, story)).isNotEmpty().allMatch(Parting::isAlike);
    Story gone = story(RUNS.resolve("linux510-default-removed-in-use/trace.log.zst"));
    Parting bridge =
        Parting.of(story, gone).stream()
            .filter(parting -> parting.subject().equals(BRIDGE_1))
            .findFirst()
            .orElseThrow();
    assertThat(bridge.isAlike()).isFalse();
    assertThat(bridge.rows())
        .filteredOn(row -> row.first().isEmpty())
        .extracting(row -> row.step().what())
        .contains("0x80000100 is removed, in use");
  }

  @Test
  void whatPartsComesFirst() throws IOException {
    Story refused = story(RUNS.resolve("linux61-default-in-use-refused/trace.log.zst"));
    Story gone = story(RUNS.resolve("linux510-default-removed-in-use/trace.log.zst"));
    assertThat(Parting.of(refused, gone))
        .extracting(Parting::isAlike)
        .containsExactly(false, true, true);
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73, 74, 75, 76})
  void neitherTimesNorForeignLinesMakeADifference(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    String log = RandomLog.make(seed, EVENTS);
    String retold =
        log.lines()
            .map(line -> random.nextInt(5) == 0 ? "spapr_foreign line\n" + line : line)
            .map(line -> line.replaceFirst("@\\d+", "@" + (2_000_000_000L + random.nextInt(9))))
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(retold).isNotEqualTo(log);
    List<Parting> partings = Parting.of(story(log), story(retold));
    assertThat(partings).as("seed %d", seed).isNotEmpty().allMatch(Parting::isAlike);
  }

  @ParameterizedTest
  @ValueSource(longs = {81, 82, 83, 84, 85, 86})
  void partingsHoldBothStoriesAndNoMoreDifferencesThanTheyMust(long seed) throws IOException {
    Story first = story(RandomLog.make(seed, EVENTS));
    Story second = story(RandomLog.make(seed + 1000, EVENTS));
    List<Parting> there = Parting.of(first, second);
    assertThat(there).as("seed %d", seed).anyMatch(parting -> !parting.isAlike());
    for (Parting parting : there) {
      String where = "seed " + seed + " " + parting.subject();
      assertThat(side(parting, Parting.Row::first))
          .as(where)
          .isEqualTo(steps(first, parting.subject()));
      assertThat(side(parting, Parting.Row::second))
          .as(where)
          .isEqualTo(steps(second, parting.subject()));
      assertThat(parting.rows())
          .as(where)
          .filteredOn(Parting.Row::isShared)
          .allMatch(row -> row.step().what().equals(row.second().orElseThrow().what()));
    }
    assertThat(differences(there)).isEqualTo(differences(Parting.of(second, first)));
  }

  private static List<Step> steps(Story story, String subject) {
    return story.bySubject().getOrDefault(subject, List.of());
  }

  private static List<Step> side(Parting parting, Function<Parting.Row, Optional<Step>> side) {
    return parting.rows().stream().flatMap(row -> side.apply(row).stream()).toList();
  }

  private static long differences(List<Parting> partings) {
    return partings.stream()
        .flatMap(parting -> parting.rows().stream())
        .filter(row -> !row.isShared())
        .count();
  }

  private Story story(String log) throws IOException {
    return story(Files.writeString(folder.resolve("a.log"), log));
  }

  private static Story story(Path file) throws IOException {
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      return Replay.run(trace, ReplayOptions.defaults(), StoryObserver::new).observer().story();
    }
  }
}

package io.tcescope.traces.corpus;

import static io.tcescope.traces.corpus.Diagnosed.COLUMNS;
import static io.tcescope.traces.corpus.Diagnosed.DEFAULT_WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was there before the cause is not its work. */
final class CausesPrecedeTest {
  /** The complaint itself gives them away, maybe not the first. */
  private static final Set<String> TOLD_LATE = Set.of("iommu-pool-exhausted");

  @TempDir private Path folder;

  static Stream<Path> recordings() {
    return Stream.of("trace.log.zst", "dmesg.txt.zst", "ftrace.txt.zst", "whole.log.zst")
        .flatMap(file -> Fixtures.runsWith(file).stream().map(run -> run.resolve(file)));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void aCauseExplainsNothingThatShowedBeforeIt(Path recording) {
    try (Trace trace = Fixtures.open(recording)) {
      assertLaw(Diagnosed.of(trace, Question.OPEN));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void norDoesItWhereTheRecordingIsTakenToEndAtAnyMoment(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    List<Path> all = recordings().filter(path -> !path.toString().contains("ftrace")).toList();
    Path recording = all.get(random.nextInt(all.size()));
    OptionalLong end = OptionalLong.of(1 + random.nextInt(16_000));
    try (Trace trace = Fixtures.open(recording)) {
      assertLaw(Diagnosed.of(trace, new Question(Optional.empty(), OptionalLong.empty(), end)));
    }
  }

  private static void assertLaw(Diagnosis diagnosis) {
    for (Cause cause : diagnosis.causes()) {
      if (!TOLD_LATE.contains(cause.rule())) {
        assertThat(cause.explains())
            .extracting(Symptom::ordinal)
            .as("%s at %d", cause.rule(), cause.ordinal())
            .allSatisfy(first -> assertThat(first).isGreaterThanOrEqualTo(cause.ordinal()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "incoming-fuzz72, 3663, 3241 3297",
    "fuzz100-seed1, 4743, 3237 3329",
  })
  void aResetDoesNotExplainTheFailedCallsBeforeIt(String run, long reset, String earlier) {
    List<Long> before = Stream.of(earlier.split(" ")).map(Long::valueOf).toList();
    Diagnosis diagnosis = Answer.why(run, "trace.log.zst", Question.OPEN).diagnosis();
    assertThat(diagnosis.causes())
        .filteredOn(cause -> cause.ordinal() == reset)
        .flatExtracting(Cause::explains)
        .extracting(Symptom::ordinal)
        .doesNotContainAnyElementsOf(before);
  }

  @Test
  void callsOnLiobnsThatNeverNamedAWindowAreOneTroubleOfNoWindow() {
    Diagnosis diagnosis =
        why(
            call(2, "0x3993e28c23a3005a")
                + call(3, "0x700")
                + remove(4)
                + call(5, "0x800")
                + call(6, "0x80000100"));
    assertThat(diagnosis.symptoms()).hasSize(2);
    Symptom nowhere = diagnosis.symptoms().getFirst();
    assertThat(nowhere.count()).isEqualTo(3);
    assertThat(nowhere.liobn()).isEmpty();
    assertThat(nowhere.text()).startsWith("calls on LIOBNs that never named a window");
    assertThat(explained(diagnosis, nowhere)).containsOnly("unknown-liobn");
    assertThat(explained(diagnosis, diagnosis.symptoms().getLast()))
        .doesNotContain("unknown-liobn")
        .isNotEmpty();
  }

  @Test
  void callsOnTwoWindowsOfOneLiobnAreTwoTroubles() {
    String again = "5000000000,window,0x80000100,,0x40000,,,0x800000020000001,12,,0x0,,,default\n";
    Diagnosis diagnosis =
        why(remove(2) + call(3, "0x80000100") + again + remove(6) + call(7, "0x80000100"));
    assertThat(diagnosis.symptoms())
        .filteredOn(one -> one.kind() == SymptomKind.PUT_FAILED)
        .extracting(Symptom::ordinal)
        .containsExactly(3L, 6L);
    assertLaw(diagnosis);
  }

  private static List<String> explained(Diagnosis diagnosis, Symptom symptom) {
    return diagnosis.causes().stream()
        .filter(cause -> cause.explains().contains(symptom))
        .map(Cause::rule)
        .toList();
  }

  private Diagnosis why(String rows) {
    return Diagnosed.why(folder, COLUMNS + DEFAULT_WINDOW + rows, Question.OPEN);
  }

  private static String call(int second, String liobn) {
    return second + "000000000,H_PUT_TCE," + liobn + ",0x2000,1,0x5003,-4,,,,,,,\n";
  }

  private static String remove(int second) {
    return second + "000000000,\"ibm,remove-pe-dma-window\",0x80000100,,,,0,,,,,,,\n";
  }
}

package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.SymptomKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A kernel that left messages out gives a count that is too low; another recorder may know more.
 */
final class LeastCountsTest {
  private static final String REMOVED = "linux510-default-removed-in-use";

  @ParameterizedTest
  @CsvSource({
    "dmesg.txt.zst, 'put-failed, at least 49 times, and at least 47 failed unmaps'",
    "ftrace.txt.zst, 'put-failed, 3038 times, and 3038 failed unmaps'",
    "dmesg.txt.zst ftrace.txt.zst, 'put-failed, 3038 times, and 3038 failed unmaps'",
    "trace.log.zst dmesg.txt.zst, 'put-failed, 3038 times, and at least 47 failed unmaps'",
  })
  void callsThatFailAreAtLeastThoseThatAreToldOf(String files, String told) {
    assertThat(Answer.why(REMOVED, files, Question.OPEN).diagnosis().symptoms())
        .filteredOn(one -> one.kind() == SymptomKind.PUT_FAILED)
        .singleElement()
        .hasToString(told);
  }

  @ParameterizedTest
  @CsvSource({
    "dmesg.txt.zst, At least 49 maps failed",
    "ftrace.txt.zst, 3038 maps on the guest",
    "dmesg.txt.zst ftrace.txt.zst, 3038 maps failed",
  })
  void soDoesTheFindingOfThem(String files, String told) {
    assertThat(messages(REMOVED, files, "put-failure-ignored"))
        .singleElement()
        .asString()
        .startsWith(told);
  }

  @ParameterizedTest
  @CsvSource({
    "linux61-dynamic-exhausted, dmesg.txt.zst, '418 times (recorded: 410 for 16 pages, 6 for'",
    "linux61-dynamic-exhausted, trace.log.zst dmesg.txt.zst, '418 times (recorded: 410 for'",
  })
  void allocationsThatFailAreAtLeastThoseThatAreToldOf(String run, String files, String told) {
    assertThat(messages(run, files, "iommu-pool-exhausted"))
        .first()
        .asString()
        .contains("at least " + told);
    assertThat(Answer.why(run, files, Question.OPEN).diagnosis().symptoms())
        .filteredOn(one -> one.kind() == SymptomKind.ALLOC_FAILED)
        .first()
        .hasToString("alloc-failed, at least 418 times");
  }

  private static List<String> messages(String run, String files, String rule) {
    try (Trace trace = Answer.open(run, files)) {
      return Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace))
          .observer()
          .findings()
          .stream()
          .filter(finding -> finding.rule().equals(rule))
          .map(Finding::message)
          .toList();
    }
  }
}

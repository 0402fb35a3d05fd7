package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.why.Doctor;
import io.tcescope.engine.why.Recipe;
import io.tcescope.engine.why.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real recordings are said to tell and not to tell. */
final class DoctorTest {
  private static Doctor.Report doctor(String run, String file) {
    try (Trace trace = Fixtures.open(Fixtures.file(run, file))) {
      return Replay.run(trace, ReplayOptions.defaults(), () -> new Doctor(trace))
          .observer()
          .report();
    }
  }

  private static Verdict.Degree degree(Doctor.Report report, String question) {
    return report.verdicts().stream()
        .filter(verdict -> verdict.question().contains(question))
        .findFirst()
        .orElseThrow()
        .degree();
  }

  @ParameterizedTest
  @CsvSource({
    "linux612-xlate, trace.log.zst, every entry, YES",
    "linux612-xlate, trace.log.zst, lists of H_PUT_TCE_INDIRECT, PARTLY",
    "linux612-xlate, trace.log.zst, devices accessed, YES",
    "linux612-xlate, trace.log.zst, window failed, NO",
    "linux612-xlate, trace.log.zst, allocator found no room, NO",
    "linux612-xlate, trace.log.zst, holds a mapping, NO",
    "linux612-xlate, trace.log.zst, came and went, YES",
    "loadvm72-older-snapshot, trace.log.zst, came and went, PARTLY",
    "vio72-only-iommu, whole.log.zst, came and went, PARTLY",
    "vio72-only-iommu, whole.log.zst, every entry, PARTLY",
    "linux612-alloc, trace.log.zst, devices accessed, NO",
    "fuzz100-seed1, calls.csv.zst, lists of H_PUT_TCE_INDIRECT, YES",
    "fuzz100-seed1, calls.csv.zst, window failed, YES",
    "incoming-fuzz72, trace.log.zst, every entry, PARTLY",
    "linux61-ddw, dmesg.txt.zst, every entry, NO",
    "linux61-ddw, dmesg.txt.zst, complain, YES",
    "linux61-ddw, dmesg.txt.zst, maps and unmaps failed, PARTLY",
    "linux612-single-window-vf, ftrace.txt.zst, holds a mapping, YES",
    "linux612-single-window-vf, ftrace.txt.zst, maps and unmaps failed, YES",
  })
  void aQuestionIsAnsweredByWhatTheRecorderWrites(
      String run, String file, String question, Verdict.Degree expected) {
    assertThat(degree(doctor(run, file), question)).isEqualTo(expected);
  }

  @Test
  void theCallsOfAnEarlierWindowOfTheLiobnAreNotThoseOfTheLast() {
    assertThat(doctor("linux612-fw-window", "trace.log.zst").windows())
        .anyMatch(
            line -> line.startsWith("0x80000200#2 ") && line.contains("; 1 call, 0 of them failed"))
        .anyMatch(
            line -> line.startsWith("0x80000000#1 ") && line.contains("; 512 calls, 0 of them"));
  }

  @Test
  void everyWindowIsToldWithWhatIsKnownOfIt() {
    Doctor.Report report = doctor("linux612-xlate", "trace.log.zst");
    assertThat(report.windows())
        .anyMatch(
            line ->
                line.startsWith(
                        "0x80000101#1 (ddw): a record tells its place and size; all 256"
                            + " entries known, 128 live")
                    && line.contains("accesses of devices"));
  }

  @Test
  void whatCannotBeJudgedIsNamedWithItsReason() {
    Doctor.Report report = doctor("linux61-ddw", "dmesg.txt.zst");
    assertThat(report.rules())
        .extracting(CheckRunner.NotApplicable::rule)
        .contains("default-window-removed-in-use", "tce-double-map");
    assertThat(report.recipes())
        .containsExactly(Recipe.QEMU, Recipe.GUEST_FTRACE, Recipe.GUEST_BPFTRACE);
  }
}

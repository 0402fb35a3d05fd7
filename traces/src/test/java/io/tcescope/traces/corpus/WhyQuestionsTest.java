package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.why.AddressFate;
import io.tcescope.engine.why.AskedAddress;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be asked of a run beside "what happened?": a symptom, an address, a moment. */
final class WhyQuestionsTest {
  @Test
  void aSymptomMayBeNamed() {
    Question watchdog =
        new Question(Optional.of("NETDEV WATCHDOG"), OptionalLong.empty(), OptionalLong.empty());
    Diagnosis diagnosis = Answer.why("linux612-fw-window", "dmesg.txt.zst", watchdog).diagnosis();
    assertThat(diagnosis.symptoms())
        .extracting(Symptom::kind)
        .containsOnly(SymptomKind.NETDEV_WATCHDOG);
    assertThat(diagnosis.causes()).first().extracting(Cause::rule).isEqualTo("windows-overlap");
  }

  @ParameterizedTest
  @CsvSource({
    "e1000e 0002:00:00.0 eth1: NETDEV WATCHDOG: transmit queue 0 timed out, netdev-watchdog, TOLD",
    "eeh-freeze, eeh-freeze, TOLD",
    "EEH: Frozen PHB#2-PE#0 detected, eeh-freeze, TOLD",
    "the disk is dead, dma-fault, TOLD_UNCLEARLY",
  })
  void aSymptomThatIsNotRecordedMayBeTold(String text, String kind, Symptom.Origin origin) {
    Question told = new Question(Optional.of(text), OptionalLong.empty(), OptionalLong.empty());
    Answer answer = Answer.why("linux612-fw-window", "trace.log.zst", told);
    assertThat(answer.diagnosis().symptoms()).hasSize(1);
    Symptom symptom = answer.diagnosis().symptoms().getFirst();
    assertThat(symptom.kind().label()).isEqualTo(kind);
    assertThat(symptom.origin()).isEqualTo(origin);
    assertThat(symptom.hasMoment()).isFalse();
    assertThat(answer.first().rule()).isEqualTo("windows-overlap");
    assertThat(answer.first().confidence())
        .isEqualTo(origin == Symptom.Origin.TOLD ? Confidence.CERTAIN : Confidence.LOW);
    assertThat(answer.first().chain())
        .as("no record of what was told")
        .noneMatch(step -> step.note().startsWith("symptom"));
  }

  @Test
  void aSymptomOfAnotherBridgeIsNotExplainedByThisOne() {
    Question told =
        new Question(
            Optional.of("e1000e 0001:00:00.0: Detected Hardware Unit Hang"),
            OptionalLong.empty(),
            OptionalLong.empty());
    Diagnosis diagnosis = Answer.why("linux612-fw-window", "trace.log.zst", told).diagnosis();
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.undecided()).isPresent();
    assertThat(diagnosis.rejected())
        .anyMatch(one -> one.rule().equals("windows-overlap") && one.isGrave());
  }

  @Test
  void anAddressMayBeAskedFor() {
    Answer answer =
        Answer.why(
            "linux510-default-reset-in-use-xlate", "trace.log.zst", access(0x300200b0L, 13776));
    assertThat(answer.first().ordinal()).isEqualTo(13495L);
    assertThat(answer.first().chain())
        .extracting(Evidence::ordinal)
        .as("the map of the address, the removal, the access")
        .contains(9752L, 13495L, 13776L);
  }

  private static Question access(long address, long at) {
    return new Question(
        Optional.empty(),
        OptionalLong.of(address),
        at == 0 ? OptionalLong.empty() : OptionalLong.of(at));
  }

  /** Bus address, after which event; kind of fate, by which event, to which real address. */
  @ParameterizedTest
  @CsvSource({
    "trace.log.zst, 0x3000f123, 6000, MAPPED, 4435, 0x1015f123",
    "trace.log.zst, 0x3000f123, 4434, NEVER_MAPPED, 1688, ",
    "trace.log.zst, 0x3000f123, 0, WINDOW_GONE, 6880, 0x1015f123",
    "trace.log.zst, 0x308f0000, 0, WINDOW_GONE, 6880, ",
    "trace.log.zst, 0x800000000000000, 0, MAPPED, 6884, 0x0",
    "trace.log.zst, 0x800000000000000, 6880, NOT_COVERED, 0, ",
    "trace.log.zst, 0x123456789, 6899, NOT_COVERED, 0, ",
    "dmesg.txt.zst, 0x3000f000, 0, WINDOW_GONE, 224, ",
    "ftrace.txt.zst, 0x3000f000, 0, WINDOW_GONE, 13880, ",
    "ftrace.txt.zst, 0x3000f000, 100, UNKNOWN, 0, ",
  })
  void theFateOfAnAddressIsTold(
      String file, String address, long at, AddressFate.Kind kind, long by, String real) {
    long ioba = Long.decode(address);
    AskedAddress asked =
        Answer.why("linux510-default-removed-in-use", file, access(ioba, at))
            .diagnosis()
            .address()
            .orElseThrow();
    AddressFate fate = asked.fates().getFirst();
    assertThat(fate.kind()).isEqualTo(kind);
    assertThat(fate.ordinal()).isEqualTo(by);
    assertThat(fate.isLive()).isEqualTo(real != null);
    if (real != null) {
      assertThat(fate.realAddress(ioba)).isEqualTo(Long.decode(real));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x800000000000000, 0, mapped at that moment",
    "0x3000f000, 6000, mapped at that moment",
    "0x123456789, 6899, no window ever covered",
    "0x3e000000, 6879, ever mapped",
    "0x3f000000, 0, the window was gone",
  })
  void anAddressThatLostNothingHasNoCause(String address, long at, String why) {
    Diagnosis diagnosis =
        Answer.why(
                "linux510-default-removed-in-use",
                "trace.log.zst",
                access(Long.decode(address), at))
            .diagnosis();
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.undecided()).get().asString().contains(why);
    assertThat(diagnosis.rejected()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0x3000f000, true", "0x308f0000, false", "0x308f5000, false"})
  void anAddressWhoseWindowIsGoneLeadsToItsRemoval(String address, boolean wasMapped) {
    Answer answer =
        Answer.why(
            "linux510-default-removed-in-use", "trace.log.zst", access(Long.decode(address), 0));
    assertThat(answer.first().rule()).isEqualTo("default-window-removed-in-use");
    assertThat(answer.first().ordinal()).isEqualTo(6880L);
    AddressFate fate = answer.diagnosis().address().orElseThrow().fates().getFirst();
    assertThat(fate.isLive()).isEqualTo(wasMapped);
    assertThat(fate.attempt().isPresent()).as("a map failed").isEqualTo(!wasMapped);
  }

  /** What is known at a moment is what a recording that ends there tells. */
  @ParameterizedTest
  @CsvSource({"100, 0", "6898, 0", "6899, 1", "7000, 12", "22393, 3038"})
  void whatFollowsTheMomentDoesNotCount(long at, long maps) {
    Question until = new Question(Optional.empty(), OptionalLong.empty(), OptionalLong.of(at));
    Diagnosis diagnosis =
        Answer.why("linux510-default-removed-in-use", "trace.log.zst", until).diagnosis();
    assertThat(diagnosis.symptoms().stream().mapToLong(Symptom::count).sum()).isEqualTo(maps);
    assertThat(diagnosis.causes()).hasSize(at < 6880 ? 0 : 1);
  }
}

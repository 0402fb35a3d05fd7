package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Pressure;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the symptoms of real crashes to the events that caused them. */
final class WhyTest {
  @ParameterizedTest
  @CsvSource({
    // From the host's log alone.
    "linux510-default-removed-in-use, trace.log.zst, default-window-removed-in-use, 6880",
    "linux510-default-removed-in-use-xlate, trace.log.zst, default-window-removed-in-use, 14177",
    "linux510-default-reset-in-use-xlate, trace.log.zst, default-window-removed-in-use, 13495",
    "linux612-fw-window, trace.log.zst, windows-overlap, 11438",
    "linux612-single-window-vf, trace.log.zst, second-device-without-window-on-pe, 8296",
    "linux61-dynamic-exhausted, trace.log.zst, iommu-pool-exhausted, 7364",
    // From the guest's log alone.
    "linux510-default-removed-in-use, dmesg.txt.zst, default-window-removed-in-use, 224",
    "linux510-default-removed-in-use-xlate, dmesg.txt.zst, default-window-removed-in-use, 226",
    "linux510-default-reset-in-use-xlate, dmesg.txt.zst, default-window-removed-in-use, 224",
    "linux612-fw-window, dmesg.txt.zst, windows-overlap, 362",
    "linux612-single-window-vf, dmesg.txt.zst, second-device-without-window-on-pe, 289",
    "linux61-dynamic-exhausted, dmesg.txt.zst, iommu-pool-exhausted, 312",
    // From the guest's tracer alone.
    "linux510-default-removed-in-use, ftrace.txt.zst, default-window-removed-in-use, 13880",
    "linux612-fw-window, ftrace.txt.zst, windows-overlap, 277",
    "linux61-dynamic-exhausted, ftrace-head.txt.zst, iommu-pool-exhausted, 135",
  })
  void theTrueCauseComesFirst(String run, String file, String rule, long line) {
    Answer answer = Answer.why(run, file, Question.OPEN);
    assertThat(answer.first().rule()).isEqualTo(rule);
    assertThat(answer.deciding().line()).isEqualTo(line);
    assertThat(answer.first().chain())
        .extracting(Evidence::ordinal)
        .isSorted()
        .contains(answer.first().ordinal());
    assertThat(answer.diagnosis().undecided()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "linux510-default-removed-in-use, trace.log.zst dmesg.txt.zst, trace.log.zst,"
        + " default-window-removed-in-use, 6880",
    "linux510-default-removed-in-use, dmesg.txt.zst ftrace.txt.zst, ftrace.txt.zst,"
        + " default-window-removed-in-use, 13880",
    "linux510-default-removed-in-use, trace.log.zst dmesg.txt.zst ftrace.txt.zst, trace.log.zst,"
        + " default-window-removed-in-use, 6880",
    "linux510-default-removed-in-use-xlate, trace.log.zst dmesg.txt.zst, trace.log.zst,"
        + " default-window-removed-in-use, 14177",
    "linux510-default-reset-in-use-xlate, trace.log.zst dmesg.txt.zst, trace.log.zst,"
        + " default-window-removed-in-use, 13495",
    "linux612-fw-window, trace.log.zst dmesg.txt.zst, trace.log.zst, windows-overlap, 11438",
    "linux612-fw-window, dmesg.txt.zst ftrace.txt.zst, ftrace.txt.zst, windows-overlap, 277",
    "linux612-single-window-vf, trace.log.zst dmesg.txt.zst, trace.log.zst,"
        + " second-device-without-window-on-pe, 8296",
    "linux612-single-window-vf, dmesg.txt.zst ftrace.txt.zst, dmesg.txt.zst,"
        + " second-device-without-window-on-pe, 289",
    "linux61-dynamic-exhausted, trace.log.zst dmesg.txt.zst, trace.log.zst,"
        + " iommu-pool-exhausted, 7364",
  })
  void theTrueCauseComesFirstFromSeveralRecordings(
      String run, String files, String file, String rule, long line) {
    Answer answer = Answer.why(run, files, Question.OPEN);
    assertThat(answer.first().rule()).isEqualTo(rule);
    assertThat(answer.file()).isEqualTo(file);
    assertThat(answer.deciding().line()).isEqualTo(line);
    assertThat(answer.diagnosis().symptoms()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "linux61-ddw, trace.log.zst",
    "linux61-ddw, dmesg.txt.zst",
    "linux61-ddw, ftrace.txt.zst",
    "linux61-ddw, trace.log.zst dmesg.txt.zst ftrace.txt.zst",
    "linux61-default-in-use-refused, trace.log.zst",
    "linux61-default-in-use-refused, dmesg.txt.zst",
    "linux61-dynamic-ddw, trace.log.zst",
    "linux612-4k-ddw, trace.log.zst",
    "linux612-alloc, trace.log.zst",
    "linux612-io, trace.log.zst dmesg.txt.zst",
    "linux612-trace-cmd, trace-v6-without-symbols.dat.zst",
    "linux612-xlate, trace.log.zst",
  })
  void aHealthyRunHasNeitherSymptomNorCause(String run, String files) {
    assertThat(Answer.why(run, files, Question.OPEN).diagnosis()).isEqualTo(Diagnosis.NONE);
  }

  @Test
  void theFirstAccessToAnEmptyEntryLeadsToTheRemovalThroughTheReset() {
    Diagnosis diagnosis =
        Answer.why("linux510-default-reset-in-use-xlate", "trace.log.zst", Question.OPEN)
            .diagnosis();
    Symptom symptom = diagnosis.symptoms().getFirst();
    assertThat(symptom.kind()).isEqualTo(SymptomKind.PERM0_ACCESS);
    assertThat(symptom.ordinal()).isEqualTo(13776);
    assertThat(symptom.count()).isEqualTo(24);
    assertThat(symptom.trail())
        .as("the map that was lost, the removal, the reset")
        .extracting(Evidence::ordinal)
        .containsExactly(9752L, 13495L, 13498L);
    Cause cause = diagnosis.causes().getFirst();
    assertThat(cause.chain()).extracting(Evidence::ordinal).contains(13495L, 13498L, 13776L);
    assertThat(cause.before())
        .containsExactly("0x80000100#1 default, 0x0..0x3fffffff, 262144 entries of 4K: 304 live");
    assertThat(cause.after()).isEmpty();
  }

  @Test
  void theLastAccessThroughAWindowThatWentIsTold() {
    assertThat(
            Answer.why("linux510-default-removed-in-use-xlate", "trace.log.zst", Question.OPEN)
                .first()
                .chain())
        .contains(
            new Evidence(14167, "is the last access of a device through 0x80000100, none since"));
  }

  @Test
  void whereDevicesGoOnToAccessTheLiobnNoAccessIsTheLast() {
    assertThat(
            Answer.why("linux510-default-reset-in-use-xlate", "trace.log.zst", Question.OPEN)
                .first()
                .chain())
        .extracting(Evidence::note)
        .noneMatch(note -> note.contains("last access"));
  }

  @Test
  void aFullWindowTellsHowFullAndWhoHoldsIt() {
    Diagnosis diagnosis =
        Answer.why("linux61-dynamic-exhausted", "trace.log.zst dmesg.txt.zst", Question.OPEN)
            .diagnosis();
    Pressure small = diagnosis.causes().get(0).pressure().orElseThrow();
    assertThat(small.liobn()).isEqualTo(0x80000101L);
    assertThat(small.pages()).isEqualTo(16);
    assertThat(small.neverFits()).isTrue();
    Pressure full = diagnosis.causes().get(1).pressure().orElseThrow();
    assertThat(full.liobn()).isEqualTo(0x80000201L);
    assertThat(full.pools()).extracting(Pressure.Pool::live).containsExactly(47L, 15L);
    assertThat(full.pools()).extracting(Pressure.Pool::largestFree).containsExactly(0L, 0L);
    assertThat(full.holders()).extracting(Pressure.Holder::entries).containsExactly(62L);
  }

  @ParameterizedTest
  @CsvSource({
    "linux510-default-removed-in-use, trace.log.zst, 3038, 0",
    "linux510-default-removed-in-use, ftrace.txt.zst, 3038, 3038",
    "linux510-default-removed-in-use, dmesg.txt.zst, 49, 47",
    "linux510-default-removed-in-use, trace.log.zst dmesg.txt.zst, 3038, 47",
    "linux510-default-removed-in-use, dmesg.txt.zst ftrace.txt.zst, 3038, 3038",
    "linux510-default-removed-in-use, trace.log.zst dmesg.txt.zst ftrace.txt.zst, 3038, 3038",
    "linux612-single-window-vf, trace.log.zst, 8, 0",
    "linux612-single-window-vf, ftrace.txt.zst, 8, 4",
    "linux612-single-window-vf, trace.log.zst dmesg.txt.zst, 8, 4",
  })
  void mapsThatFailAreCountedOnceAndUnmapsApart(String run, String files, long maps, long unmaps) {
    assertThat(Answer.why(run, files, Question.OPEN).diagnosis().symptoms())
        .filteredOn(one -> one.kind() == SymptomKind.PUT_FAILED)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.count()).as("maps").isEqualTo(maps);
              assertThat(one.unmaps()).as("unmaps").isEqualTo(unmaps);
            });
  }

  @Test
  void theDevicesOfABridgeAreNamedWhereTheRecordingNamesThem() {
    assertThat(Answer.why("linux612-single-window-vf", "dmesg.txt.zst", Question.OPEN).first())
        .extracting(Cause::message)
        .asString()
        .contains("removed it for 0003:00:01.0; another device of the bridge, 0003:00:00.0, then");
  }

  @Test
  void whatBeganBeforeTheRecordingIsNotGuessed() {
    Diagnosis diagnosis =
        Answer.why("linux612-single-window-vf", "ftrace.txt.zst", Question.OPEN).diagnosis();
    assertThat(diagnosis.symptoms()).extracting(Symptom::kind).containsOnly(SymptomKind.PUT_FAILED);
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.undecided()).get().asString().contains("--recipe");
  }
}

package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import io.tcescope.engine.why.Why;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the symptoms of real crashes to the events that caused them. */
final class WhyTest {
  private static Diagnosis why(String run, String file, Question question) {
    try (Trace trace = Fixtures.open(Fixtures.file(run, file))) {
      return Replay.run(trace, ReplayOptions.defaults(), () -> new Why(trace, question))
          .observer()
          .diagnosis();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linux510-default-removed-in-use, trace.log.zst, default-window-removed-in-use, 6880",
    "linux510-default-removed-in-use, dmesg.txt.zst, default-window-removed-in-use, 224",
    "linux510-default-reset-in-use-xlate, trace.log.zst, default-window-removed-in-use, 13495",
    "linux510-default-reset-in-use-xlate, dmesg.txt.zst, default-window-removed-in-use, 224",
    "linux612-fw-window, trace.log.zst, windows-overlap, 11438",
    "linux612-fw-window, dmesg.txt.zst, windows-overlap, 362",
    "linux612-single-window-vf, trace.log.zst, second-device-without-window-on-pe, 8296",
    "linux612-single-window-vf, dmesg.txt.zst, second-device-without-window-on-pe, 289",
    "linux61-dynamic-exhausted, trace.log.zst, iommu-pool-exhausted, 7364",
    "linux61-dynamic-exhausted, dmesg.txt.zst, iommu-pool-exhausted, 340",
  })
  void theTrueCauseComesFirst(String run, String file, String rule, long event) {
    Diagnosis diagnosis = why(run, file, Question.OPEN);
    assertThat(diagnosis.causes()).isNotEmpty();
    Cause first = diagnosis.causes().getFirst();
    assertThat(first.rule()).isEqualTo(rule);
    assertThat(first.ordinal()).isEqualTo(event);
    assertThat(first.chain()).extracting(Evidence::ordinal).isSorted().contains(event);
    assertThat(diagnosis.undecided()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux61-ddw", "linux61-default-in-use-refused", "linux61-dynamic-ddw"})
  void aHealthyRunHasNeitherSymptomNorCause(String run) {
    Diagnosis diagnosis = why(run, "trace.log.zst", Question.OPEN);
    assertThat(diagnosis.symptoms()).isEmpty();
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.undecided()).isEmpty();
  }

  @Test
  void theFirstAccessToAnEmptyEntryLeadsToTheRemovalThroughTheReset() {
    Diagnosis diagnosis =
        why("linux510-default-reset-in-use-xlate", "trace.log.zst", Question.OPEN);
    Symptom symptom = diagnosis.symptoms().getFirst();
    assertThat(symptom.kind()).isEqualTo(SymptomKind.PERM0_ACCESS);
    assertThat(symptom.ordinal()).isEqualTo(13776);
    assertThat(symptom.count()).isEqualTo(24);
    Cause cause = diagnosis.causes().getFirst();
    assertThat(cause.chain()).extracting(Evidence::ordinal).contains(13495L, 13498L, 13776L);
    assertThat(cause.before()).anyMatch(line -> line.endsWith("304 live"));
    assertThat(cause.after()).isEmpty();
  }

  @Test
  void aSymptomMayBeNamed() {
    Question watchdog =
        new Question(Optional.of("NETDEV WATCHDOG"), OptionalLong.empty(), OptionalLong.empty());
    Diagnosis diagnosis = why("linux612-fw-window", "dmesg.txt.zst", watchdog);
    assertThat(diagnosis.symptoms())
        .extracting(Symptom::kind)
        .containsOnly(SymptomKind.NETDEV_WATCHDOG);
    assertThat(diagnosis.causes()).first().extracting(Cause::rule).isEqualTo("windows-overlap");
  }

  @Test
  void anAddressMayBeAskedFor() {
    Question lost =
        new Question(Optional.empty(), OptionalLong.of(0x300200b0L), OptionalLong.of(13776));
    Diagnosis diagnosis = why("linux510-default-reset-in-use-xlate", "trace.log.zst", lost);
    assertThat(diagnosis.causes()).first().extracting(Cause::ordinal).isEqualTo(13495L);
  }
}

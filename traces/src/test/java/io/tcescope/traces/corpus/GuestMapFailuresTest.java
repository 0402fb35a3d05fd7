package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.event.Trace;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps that Linux prints and forgets, as its own log and tracer tell of them. */
final class GuestMapFailuresTest {
  private static final String RULE = "put-failure-ignored";

  private static List<Finding> ignored(String run, String files) {
    try (Trace trace = Answer.open(run, files)) {
      return Fixtures.findings(trace, RULE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linux510-default-removed-in-use, dmesg.txt.zst, 231, 49, CRITICAL, CERTAIN",
    "linux510-default-removed-in-use, ftrace.txt.zst, 13986, 3038, ERROR, INFERRED",
    "linux510-default-removed-in-use-xlate, dmesg.txt.zst, 233, 39, CRITICAL, CERTAIN",
    "linux612-single-window-vf, dmesg.txt.zst, 394, 8, CRITICAL, CERTAIN",
    "linux612-single-window-vf, ftrace.txt.zst, 840, 8, ERROR, INFERRED",
  })
  void aGuestTellsOfThemByItself(
      String run, String file, long event, long maps, Severity severity, Confidence confidence) {
    assertThat(ignored(run, file))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.ordinal()).isEqualTo(event);
              assertThat(one.data()).containsEntry("operations", maps);
              assertThat(one.severity()).isEqualTo(severity);
              assertThat(one.confidence()).isEqualTo(confidence);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "linux510-default-removed-in-use, trace.log.zst dmesg.txt.zst, 3038",
    "linux510-default-removed-in-use, trace.log.zst dmesg.txt.zst ftrace.txt.zst, 3038",
    "linux612-single-window-vf, trace.log.zst dmesg.txt.zst, 8",
    "linux612-single-window-vf, dmesg.txt.zst ftrace.txt.zst, 8",
  })
  void severalRecordersTellOfThemOnce(String run, String files, long maps) {
    assertThat(ignored(run, files))
        .singleElement()
        .satisfies(one -> assertThat(one.data()).containsEntry("operations", maps));
  }

  @ParameterizedTest
  @CsvSource({
    "linux510-default-reset-in-use-xlate, dmesg.txt.zst",
    "linux61-ddw, dmesg.txt.zst",
    "linux61-ddw, ftrace.txt.zst",
    "linux61-default-in-use-refused, dmesg.txt.zst",
    "linux612-fw-window, dmesg.txt.zst",
    "linux612-fw-window, ftrace.txt.zst",
    "linux612-io, dmesg.txt.zst",
    "linux612-trace-cmd, trace-v6-without-symbols.dat.zst",
  })
  void whereNoMapFailsThereIsNone(String run, String file) {
    assertThat(ignored(run, file)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "linux510-default-removed-in-use, trace.log.zst, is gone; drivers were told they succeeded",
    "case72-default-removed-in-use, trace.log.zst, 'is gone; if the guest is Linux, drivers were told"
        + " they succeeded'",
  })
  void whatDriversWereToldIsCertainOfLinuxOnly(String run, String file, String words) {
    assertThat(ignored(run, file)).first().asString().contains(words);
  }
}

package io.tcescope.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Platform;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is recorded: the checks come to an end, and what they say can be read and followed. */
class RandomRecordingsTest {
  private static final int CALLS = 1500;
  private static final long GIBIBYTE = 1L << 30;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 15);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFindingIsCompleteAndItsEvidenceExists(long seed) {
    for (Platform platform : Platform.values()) {
      for (Finding finding : findings(seed, platform)) {
        assertThat(finding.message())
            .as("seed %d, %s, %s", seed, platform, finding.rule())
            .doesNotContain("{", "?");
        assertThat(finding.ordinal()).isBetween(1L, (long) CALLS);
        assertThat(finding.evidence())
            .as("seed %d, %s, %s", seed, platform, finding)
            .isNotEmpty()
            .allMatch(evidence -> evidence.ordinal() >= 1 && evidence.ordinal() <= CALLS);
        assertThat(Rule.of(finding.rule())).isPresent();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameRecordingGivesTheSameFindings(long seed) {
    List<Finding> findings = findings(seed, Platform.QEMU);
    assertThat(findings).as("seed %d", seed).isNotEmpty();
    assertThat(findings).as("seed %d", seed).isEqualTo(findings(seed, Platform.QEMU));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findingsGoByEventAndThenByRule(long seed) {
    assertThat(findings(seed, Platform.QEMU)).isSortedAccordingTo(Finding.ORDER);
  }

  private static List<Finding> findings(long seed, Platform platform) {
    SourceKind source = seed % 2 == 0 ? SourceKind.CSV : SourceKind.QEMU_LOG;
    Machine machine = new Machine().ram(GIBIBYTE).mmio32(2 * GIBIBYTE, 4 * GIBIBYTE);
    Trace trace = Calls.random(seed, CALLS).trace(source);
    return Checked.of(trace, ReplayOptions.defaults().withPlatform(platform).withMachine(machine))
        .findings();
  }
}

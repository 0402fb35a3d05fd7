package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LimitsTest {
  private static final Limits SOME = new Limits(1000, Duration.ofSeconds(2), 1L << 20);

  @Test
  void aMultipleIsOneOfEachAndNeverNothing() {
    assertThat(SOME.times(2.5)).isEqualTo(new Limits(2500, Duration.ofSeconds(5), 5L << 19));
    assertThat(SOME.times(1e-12)).isEqualTo(new Limits(1, Duration.ofNanos(1), 1));
    assertThat(SOME.times(1e18).statements()).isEqualTo(Long.MAX_VALUE);
  }

  /** A script may look at all of a large recording in one call. */
  @Test
  void aScriptIsGivenMoreForMoreEvents() {
    assertThat(SOME.forEvents(0)).isEqualTo(SOME);
    assertThat(SOME.forEvents(1_000_000)).isEqualTo(SOME.times(11));
  }
}

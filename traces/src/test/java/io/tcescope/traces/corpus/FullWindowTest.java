package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Pressure;
import io.tcescope.engine.why.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a guest's log alone tells of a window without room. */
final class FullWindowTest {
  private final List<Cause> causes =
      Answer.why("linux61-dynamic-exhausted", "dmesg.txt.zst", Question.OPEN).diagnosis().causes();

  @Test
  void aRequestThatNeverFitsNeedsNoLeak() {
    assertThat(causes.getFirst().pressure().orElseThrow().neverFits()).isTrue();
    assertThat(causes.getFirst().fix().orElseThrow())
        .contains("fewer pages")
        .doesNotContain("leak");
    assertThat(causes.getLast().fix()).contains(Rule.IOMMU_POOL_EXHAUSTED.fix());
  }

  @Test
  void aSmallRequestThatFailsProvesThatNoPoolCouldServeIt() {
    Pressure pressure = causes.getLast().pressure().orElseThrow();
    assertThat(pressure.isKnown()).isFalse();
    assertThat(pressure.follows())
        .isEqualTo(
            "the allocator tries every pool before it fails: none had an entry free where the"
                + " request may lie");
  }

  @Test
  void theAllocatorsFirstComplaintIsNotTheFirstOfTheGuest() {
    assertThat(causes.getLast().chain())
        .extracting(Evidence::note)
        .contains("is the allocator's first complaint")
        .last()
        .asString()
        .doesNotContain("guest's first");
  }
}

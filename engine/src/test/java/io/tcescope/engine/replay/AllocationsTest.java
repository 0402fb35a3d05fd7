package io.tcescope.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which allocations the calls of a guest imply. */
class AllocationsTest {
  private static final long D = 0x80000000L;
  private static final long W = 0x800000000000000L;
  private static final long BUID = 0x800000020000000L;

  private final List<String> told = new ArrayList<>();

  private final Allocations allocations =
      new Allocations(
          new Allocations.Listener() {
            @Override
            public void made(Allocation allocation) {
              told.add("made " + text(allocation));
            }

            @Override
            public void grown(Allocation allocation) {
              told.add("grown " + text(allocation));
            }

            @Override
            public void freed(Allocation allocation) {
              told.add("freed " + text(allocation));
            }

            @Override
            public void leaked(Allocation allocation, long at) {
              told.add("leaked " + text(allocation));
            }
          });

  private static String text(Allocation allocation) {
    return "0x" + Long.toHexString(allocation.ioba()) + "+" + allocation.pages();
  }

  private static Calls calls() {
    return new Calls().window(D, BUID, "default", 0, 12, 0x40000);
  }

  private List<String> told(Calls calls) {
    ReplayOptions options = ReplayOptions.defaults().withInference(Inference.LINUX);
    Replay.run(calls.trace(), options, () -> allocations);
    return told;
  }

  @Test
  void fullChunksThatGoOnAreOneAllocationAndAreFreedInPieces() {
    Calls calls =
        calls()
            .put(D, 0x1000, 0x1234003, 0)
            .rising(D, 0x30000000, 16, 0x5000003, 0x1000, 0)
            .rising(D, 0x30010000, 512, 0x6000003, 0x1000, 0)
            .rising(D, 0x30210000, 88, 0x6200003, 0x1000, 0)
            .stuff(D, 0x30010000, 0, 512, 0)
            .stuff(D, 0x30210000, 0, 88, 0);
    assertThat(told(calls))
        .containsExactly(
            "made 0x1000+1",
            "made 0x30000000+16",
            "made 0x30010000+512",
            "grown 0x30010000+600",
            "freed 0x30010000+512",
            "freed 0x30210000+88",
            "leaked 0x1000+1",
            "leaked 0x30000000+16");
  }

  @Test
  void oneClearFreesSeveralNeighbours() {
    Calls calls =
        calls()
            .put(D, 0x10000, 0x1000003, 0)
            .put(D, 0x11000, 0x2000003, 0)
            .put(D, 0x12000, 0x3000003, 0)
            .stuff(D, 0x10000, 0, 3, 0);
    assertThat(told(calls)).endsWith("freed 0x10000+1", "freed 0x11000+1", "freed 0x12000+1");
  }

  @Test
  void aShortFreeLeavesTheRestAlive() {
    Calls calls =
        calls().rising(D, 0x30000000, 16, 0x5000003, 0x1000, 0).stuff(D, 0x30000000, 0, 8, 0);
    assertThat(told(calls))
        .containsExactly("made 0x30000000+16", "freed 0x30000000+8", "leaked 0x30008000+8");
  }

  @Test
  void whatIsMappedWhereNothingWasKnownIsMadeAndWhatIsOnlyReadIsNot() {
    Calls late =
        new Calls()
            .put(D, 0x10000, 0x1000003, 0)
            .rising(D, 0x30000000, 16, 0x5000003, 0x1000, 0)
            .get(D, 0x20000, 0x2000003, 0)
            .stuff(D, 0x40000, 0, 1, 0)
            .stuff(D, 0x30000000, 0, 16, 0);
    assertThat(told(late))
        .containsExactly(
            "made 0x10000+1", "made 0x30000000+16", "freed 0x30000000+16", "leaked 0x10000+1");
  }

  @Test
  void whereAWindowLiesNobodyKnowsNothingIsAnAllocation() {
    Calls late = new Calls().put(D + 1, W + 0x10000, 0x1000003, 0);
    assertThat(told(late.stuff(D + 1, W + 0x10000, 0, 1, 0))).isEmpty();
  }

  @Test
  void whatIsLiveWhenItsWindowGoesHasLeaked() {
    Calls calls = calls().put(D, 0x10000, 0x1000003, 0).remove(D, 0);
    assertThat(told(calls)).containsExactly("made 0x10000+1", "leaked 0x10000+1");
  }
}

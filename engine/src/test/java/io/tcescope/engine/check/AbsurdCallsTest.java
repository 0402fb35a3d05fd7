package io.tcescope.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls on more entries than a guest names at once are judged as fast as others. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbsurdCallsTest {
  private static final long BUID = 0x800000020000001L;
  private static final long D = 0x80000100L;
  private static final long E = 0x80000101L;
  private static final long VIO = 0x71000002L;
  private static final long W = 0x800000000000000L;
  private static final long MANY = 1_000_000_000_000L;

  /** As many as a call may map at once. */
  private static final long MAPPED = 1L << 31;

  private static final long MMIO = 1L << 31;

  private static List<Finding> findings(Calls calls) {
    Machine machine = new Machine().ram(1L << 51).mmio32(MMIO, 1L << 42);
    ReplayOptions options = ReplayOptions.defaults().withMachine(machine);
    return Checked.of(calls.trace(SourceKind.CSV), options).findings();
  }

  private static Calls huge() {
    return new Calls().create(BUID, 0, 12, 52, E, W, 0).put(E, W + 0x5000, 0x5003, 0);
  }

  private static Finding only(Calls calls, Rule rule) {
    List<Finding> found = findings(calls).stream().filter(f -> f.rule().equals(rule.id())).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void aClearInAFrozenPeSparesWhatWasMadeMeanwhile() {
    Calls calls =
        huge().event(e -> e.is(EventKind.EEH, "eeh", 0).withBuid(BUID).withText("freeze"));
    calls.put(E, W + 0x9000, 0x9003, 0).stuff(E, W, 0, MANY, 0);
    calls.event(e -> e.is(EventKind.RTAS, "ibm,set-eeh-option", 0).withBuid(BUID).withId(3));
    assertThat(only(calls, Rule.THAW_DMA_WITH_STALE_MAPPINGS).data())
        .containsEntry("cleared", MANY - 1);
  }

  @Test
  void aClearOfAWindowThatCameBackEmpty() {
    Calls calls = new Calls().window(D, BUID, "default", 0, 12, 1L << 40);
    calls.put(D, 0x5000, 0x7003, 0).remove(D, 0).reset(BUID, 0, 0).stuff(D, 0, 0, MANY, 0);
    assertThat(only(calls, Rule.MAPPINGS_LOST_BY_DEFAULT_RESTORE).data()).containsEntry("hits", 1L);
  }

  @Test
  void memoryAddedToA1To1Window() {
    Calls calls = huge().rising(E, W, 256, 0x3, 0x1000, 0);
    calls.event(
        e -> e.is(EventKind.MEMORY_ADDED, "memory", 0).withStart(0x10000).withSize(1L << 50));
    assertThat(only(calls, Rule.DIRECT_WINDOW_LMB_MISSING).data())
        .containsEntry("missing", (1L << 38) - 240);
  }

  /** Of what they held before nothing is known, so the call that failed left nothing in doubt. */
  @Test
  void aFillOfA1To1WindowThatFailed() {
    Calls calls = huge().event(e -> e.is(EventKind.LOST, "lost", 0));
    calls.rising(E, W, 256, 0x3, 0x1000, 0);
    calls.event(
        e ->
            e.is(EventKind.H_PUT_TCE_INDIRECT, "indirect", 0)
                .withLiobn(E)
                .withIoba(W + 0x100000)
                .withPages(MANY)
                .withStatus(-1));
    assertThat(findings(calls)).extracting(Finding::rule).doesNotContain("direct-fill-incomplete");
  }

  @Test
  void mappingsOfTheMmioRange() {
    Calls calls = new Calls().create(BUID, 0, 12, 52, E, 0, 0).stuff(E, 0, 0x5003, MAPPED, 0);
    assertThat(only(calls.stuff(E, 0, 0, MAPPED, 0), Rule.TCE_IN_MMIO32_RANGE).data())
        .containsEntry("entries", ((1L << 42) - MMIO) >> 12)
        .containsEntry("firstIoba", "0x80000000")
        .containsEntry("lastIoba", "0x3fffffff000");
  }

  @Test
  void mappingsOfMemoryThatIsNotThere() {
    Calls calls = huge().stuff(E, W, 1L << 52 | 0x103, MAPPED, 0).stuff(E, W, 0, MAPPED, 0);
    for (Rule rule : List.of(Rule.TCE_OUTSIDE_PARTITION_MEMORY, Rule.TCE_MISALIGNED_ADDRESS)) {
      assertThat(only(calls, rule).data())
          .containsEntry("entries", MAPPED)
          .containsEntry("firstIoba", "0x800000000000000")
          .containsEntry("lastIoba", "0x80007fffffff000");
    }
  }

  @Test
  void aCopyOfAllEntriesOfAVirtualDevice() {
    long last = (1L << 40) - 1;
    Calls calls =
        new Calls().window(VIO, 0, "vio", 0, 12, last + 1).put(VIO, last << 12, 0x5003, 0);
    calls.event(
        e -> e.is(EventKind.H_PUT_RTCE, "copy", 0).withLiobn(VIO).withIoba(0).withPages(last + 1));
    calls.put(VIO, last << 12, 0, 0);
    calls.event(e -> e.is(EventKind.H_REMOVE_RTCE, "give back", 0).withLiobn(VIO).withIoba(0));
    assertThat(only(calls, Rule.RTCE_REDIRECTED_CLEARED).ordinal()).isEqualTo(4);
  }

  @Test
  void aWindowRemovedWhileAllThatACallMayMapIsLive() {
    Calls calls = huge().stuff(E, W, 0x5003, MAPPED, 0).remove(E, 0);
    assertThat(only(calls, Rule.WINDOW_REMOVED_IN_USE).data())
        .containsEntry("live", MAPPED)
        .containsEntry("lastIoba", "0x80007fffffff000");
  }

  @Test
  void aFreeInsideAMappingOfAllThatACallMayMap() {
    Calls calls = huge().stuff(E, W, 0x5003, MAPPED, 0).stuff(E, W + (MAPPED << 11), 0, 1, 0);
    assertThat(only(calls, Rule.TCE_FREE_SIZE_MISMATCH).data())
        .containsEntry("leftBefore", MAPPED / 2)
        .containsEntry("leftBehind", MAPPED / 2 - 1);
  }

  @Test
  void memoryThatGoesWhileAllThatACallMayMapIsLive() {
    Calls calls = huge().stuff(E, W, 0x5003, MAPPED, 0);
    calls.event(e -> e.is(EventKind.MEMORY_REMOVED, "gone", 0).withStart(0x5000).withSize(0x10000));
    assertThat(only(calls, Rule.TCE_FREED_PAGE_STILL_MAPPED).data())
        .containsEntry("live", MAPPED)
        .containsEntry("lastIoba", "0x80007fffffff000");
  }

  @Test
  void aClearOfWhatIsMappedInTheOtherWindow() {
    Calls calls = new Calls().create(BUID, 0, 12, 52, D, 0, 0).create(BUID, 0, 12, 52, E, 0, 0);
    calls.stuff(E, 0x1000, 0x5003, MAPPED, 0).stuff(D, 0x1000, 0, MAPPED, 0);
    calls.stuff(E, 0x1000, 0, MAPPED, 0);
    assertThat(only(calls, Rule.SRIOV_TABLE_INDEX_CONFUSION).ordinal()).isEqualTo(4);
  }
}

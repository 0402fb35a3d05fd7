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
  private static final long W = 0x800000000000000L;
  private static final long MANY = 1_000_000_000_000L;

  private static List<Finding> findings(Calls calls) {
    ReplayOptions options = ReplayOptions.defaults().withMachine(new Machine().ram(1L << 51));
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
}

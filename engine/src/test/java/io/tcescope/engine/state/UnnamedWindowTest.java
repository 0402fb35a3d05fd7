package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.BUID;
import static io.tcescope.engine.state.Replayed.D;
import static io.tcescope.engine.state.Replayed.E;
import static io.tcescope.engine.state.Replayed.W;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.EventKind;
import org.junit.jupiter.api.Test;

/** Windows that a call made of which the recording does not tell the LIOBN. */
class UnnamedWindowTest {
  private static final int SHIFT = 16;
  private static final long ENTRIES = 32;

  private static IommuState state(Calls calls) {
    return state(Platform.QEMU, calls);
  }

  private static IommuState state(Platform platform, Calls calls) {
    return Replayed.replay(calls, new IommuState.Rules(platform, true, false, new Machine()));
  }

  private static Calls asked(Calls calls) {
    return calls.event(
        e ->
            e.is(EventKind.CREATE_PE_DMA_WINDOW, "ibm,create-pe-dma-window", 0)
                .withBuid(BUID)
                .withConfigAddress(0)
                .withPageShift(SHIFT)
                .withEntries(ENTRIES)
                .withStatus(0));
  }

  private static Calls tableMade(Calls calls, long liobn, long entries) {
    return calls.event(
        e ->
            e.is(EventKind.PROBE, "iommu_init_table", 0)
                .withBuid(BUID)
                .withLiobn(liobn)
                .withStart(W)
                .withPageShift(SHIFT)
                .withPages(entries));
  }

  private static void assertMade(DmaWindow window, long by) {
    assertThat(window.openedBy()).isEqualTo(by);
    assertThat(window.role()).isEqualTo(Role.DDW);
    assertThat(window.geometry()).isEqualTo(Geometry.INFERRED);
    assertThat(window.start()).isEqualTo(W);
    assertThat(window.pageShift()).isEqualTo(SHIFT);
    assertThat(window.entries()).isEqualTo(ENTRIES);
    assertThat(window.bridge().buid()).isEqualTo(BUID);
  }

  @Test
  void theTableThatTheGuestSetsUpForItTellsItsLiobnAndPlace() {
    Calls calls = tableMade(asked(new Calls()), E, ENTRIES).put(E, W + 0x10000, 0x50003, 0);
    IommuState state = state(calls);
    assertMade(state.window(E), 1);
    assertThat(state.window(E).isLive(1)).isTrue();
    assertThat(state.window(E).isKnownClear(0)).isTrue();
  }

  @Test
  void theTableTellsItWhereNoNumberingDoes() {
    long liobn = 0x70000121L;
    assertMade(
        state(Platform.POWERVM, tableMade(asked(new Calls()), liobn, ENTRIES)).window(liobn), 1);
  }

  @Test
  void aTableOfAnotherSizeTellsTheLiobnOnly() {
    DmaWindow window = state(tableMade(asked(new Calls()), E, ENTRIES / 2)).window(E);
    assertThat(window.openedBy()).isEqualTo(1);
    assertThat(window.hasGeometry()).isFalse();
  }

  @Test
  void theSweepThatFollowsTellsItsLiobnAndPlace() {
    assertMade(state(asked(new Calls()).stuff(E, W, 0, ENTRIES, 0)).window(E), 1);
  }

  @Test
  void anotherFirstCallTellsItsLiobnAndNotItsPlace() {
    DmaWindow window = state(asked(new Calls()).put(E, W, 0x50003, 0)).window(E);
    assertThat(window.openedBy()).isEqualTo(1);
    assertThat(window.hasGeometry()).isFalse();
  }

  @Test
  void theFirstLiobnIsThatOfTheWindowOfBootUnlessThatWasSeenToGo() {
    Calls calls = asked(new Calls()).put(D, 0x1000, 0x5003, 0);
    assertThat(state(calls).window(D).openedBy()).isZero();
    assertThat(state(calls.stuff(E, W, 0, ENTRIES, 0)).window(E).openedBy()).isEqualTo(1);
    Calls removed = asked(new Calls().put(D, 0x1000, 0x5003, 0).remove(D, 0));
    assertMade(state(removed.stuff(D, W, 0, ENTRIES, 0)).window(D), 3);
  }

  @Test
  void aWindowThatWasThereBeforeIsNotTheNewOne() {
    Calls calls = asked(new Calls().put(E, W, 0x50003, 0)).put(E, W, 0x60003, 0);
    assertThat(state(calls).window(E).openedBy()).isZero();
  }

  @Test
  void whichOfTwoUnnamedOnesACallMeansIsNotKnown() {
    DmaWindow window = state(asked(asked(new Calls())).stuff(E, W, 0, ENTRIES, 0)).window(E);
    assertThat(window.openedBy()).isZero();
  }

  @Test
  void itGoesWithAReset() {
    Calls calls = asked(new Calls()).reset(BUID, 0, 0).stuff(E, W, 0, ENTRIES, 0);
    assertThat(state(calls).window(E).openedBy()).isZero();
  }

  @Test
  void itIsTheOneThatIsRemoved() {
    DmaWindow window = state(asked(new Calls()).remove(E, 0)).window(E);
    assertThat(window.openedBy()).isEqualTo(1);
    assertThat(window.closedBy()).isEqualTo(2);
  }
}

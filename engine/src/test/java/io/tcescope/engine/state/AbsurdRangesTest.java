package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.BUID;
import static io.tcescope.engine.state.Replayed.D;
import static io.tcescope.engine.state.Replayed.E;
import static io.tcescope.engine.state.Replayed.W;
import static io.tcescope.engine.state.Replayed.account;
import static io.tcescope.engine.state.Replayed.log;
import static io.tcescope.engine.state.Replayed.runs;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls on more entries than a guest names at once: they cost no more, and claim no more. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbsurdRangesTest {
  private static final long MANY = 1_000_000_000_000L;

  /** A window of 2^40 entries. */
  private static Calls huge() {
    return new Calls().create(BUID, 0, 12, 52, E, W, 0).put(E, W + 0x5000, 0x7003, 0);
  }

  @Test
  void whatARefusedClearMayHaveClearedIsUnknown() {
    IommuState state = account(Platform.KVM, huge().stuff(E, W, 0, MANY, -1));
    assertThat(runs(state, E)).isEqualTo("0.." + (MANY - 1) + " partial-failure");
    assertThat(state.window(E).unknown()).isEqualTo(MANY);
    assertThat(state.window(E).mapped()).isZero();
  }

  @Test
  void aRefusedClearThatMayHaveStoppedAtTheEndSparesWhatWasClear() {
    Calls calls = huge().stuffedTo(E, W + (1L << 52), 0, MANY, -4);
    assertThat(runs(log(calls), E)).isEqualTo("5..5 0x7003 observed");
    calls.put(E, W + (1L << 52) - 0x3000, 0x8003, 0).stuffedTo(E, W + (1L << 52), 0, MANY, -4);
    long at = (1L << 40) - 3;
    assertThat(runs(log(calls), E))
        .isEqualTo("5..5 0x7003 observed, " + at + ".." + at + " partial-failure");
  }

  @Test
  void aClearOfAnyLengthIsExact() {
    Calls calls = huge().stuff(E, W, 0, MANY, 0).put(E, W + (MANY << 11), 0x9003, 0);
    IommuState state = account(Platform.QEMU, calls);
    long half = MANY / 2;
    assertThat(runs(state, E)).isEqualTo(half + ".." + half + " 0x9003 observed");
    assertThat(state.window(E).mapped()).isEqualTo(1);
    assertThat(Mark.writer(state.window(E).mark(half + 1))).isEqualTo(3);
    assertThat(Mark.writer(state.window(E).mark(MANY - 1))).isEqualTo(3);
    assertThat(Mark.writer(state.window(E).mark(MANY))).isZero();
  }

  @Test
  void mappingsOfAllEntriesThatATableCanHaveAreExact() {
    long many = 1L << 31;
    Calls calls = huge().stuff(E, W, 0x8003, many, 0).stuff(E, W, 0x9001, many, 0);
    IommuState state = account(Platform.QEMU, calls.stuff(E, W + (many << 12), 0x9001, 1, 0));
    assertThat(runs(state, E)).isEqualTo("0.." + many + " 0x9001 observed");
    assertThat(state.window(E).mapped()).isEqualTo(many + 1);
    assertThat(state.window(E).nonzero()).isEqualTo(many + 1);
  }

  @Test
  void moreMappingsAtOnceThanAnyoneMakesAreNotKept() {
    DmaWindow window = account(Platform.QEMU, huge().stuff(E, W, 3, MANY, 0)).window(E);
    assertThat(window.unknown()).isEqualTo(window.entries());
    assertThat(window.mapped()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0x8000000000000010L, -1, (1L << 20) + 1})
  void aCallThatLeavesItsWindowByFarDoesNotFit(long pages) {
    Calls calls = new Calls().create(BUID, 0, 12, 32, E, W, 0).stuff(E, W, 0, pages, 0);
    IommuState.Rules rules = new IommuState.Rules(Platform.QEMU, false, false, new Machine());
    boolean[] contradicted = {false};
    Replayed.replay(calls, rules, change -> contradicted[0] |= change.has(Signal.CONTRADICTED));
    assertThat(contradicted[0]).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0x8000000000000010L, -1, (1L << 20) + 1})
  void aRefusedCallThatLeavesItsWindowByFarMayHaveTouchedAllOfIt(long pages) {
    Calls calls = new Calls().create(BUID, 0, 12, 32, E, W, 0);
    calls.stuff(E, W + 0x2000, 0, pages, -1);
    assertThat(runs(account(Platform.KVM, calls), E))
        .isEqualTo("2.." + ((1L << 20) - 1) + " partial-failure");
  }

  @Test
  void aListLongerThanAnyListIsNoneThatFailed() {
    Calls calls = Replayed.booted().put(D, 0x1000, 0x5003, 0);
    calls.indirectLast(D, 0x1000, 0x3fffe, 0x7003, -4);
    assertThat(runs(log(calls), D)).isEqualTo("0..262143 hole");
  }

  @Test
  void whatIsUnknownStaysUnknownInTheWindowsTruePlace() {
    Calls calls = Replayed.booted().put(D, 0x5000, 0x7c003, 0);
    calls.indirectLast(D, 0x1000, 3, 0x7b003, 0);
    calls.event(
        e ->
            e.is(EventKind.PRE_SAVE, "spapr_iommu_pre_save", 0)
                .withLiobn(D)
                .withStart(0x1000)
                .withPageShift(12)
                .withEntries(0x40000));
    assertThat(runs(log(calls), D)).isEqualTo("0..2 list-not-recorded, 3..4 0x7b003 observed");
  }

  @Test
  void noWindowHasMoreEntriesThanTheBusHasPages() {
    Calls calls =
        new Calls()
            .event(
                e ->
                    e.is(EventKind.WINDOW, "window", Event.LIOBN)
                        .withLiobn(D)
                        .withStart(0)
                        .withPageShift(12)
                        .withEntries(-1));
    assertThat(log(calls.put(D, 0x1000, 0x5003, 0)).window(D).entries()).isEqualTo(1L << 52);
    assertThat(runs(log(calls), D)).isEqualTo("1..1 0x5003 observed");
  }
}

package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.BUID;
import static io.tcescope.engine.state.Replayed.D;
import static io.tcescope.engine.state.Replayed.E;
import static io.tcescope.engine.state.Replayed.VIO;
import static io.tcescope.engine.state.Replayed.W;
import static io.tcescope.engine.state.Replayed.booted;
import static io.tcescope.engine.state.Replayed.log;
import static io.tcescope.engine.state.Replayed.replay;
import static io.tcescope.engine.state.Replayed.runs;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows of which place and size are guessed, and what a later record makes of the guess. */
class GuessedWindowsTest {
  private static void preSave(Calls calls, long liobn, long start, int pageShift, long entries) {
    calls.event(
        e ->
            e.is(EventKind.PRE_SAVE, "spapr_iommu_pre_save", 0)
                .withLiobn(liobn)
                .withStart(start)
                .withPageShift(pageShift)
                .withEntries(entries));
  }

  @Test
  void aWindowOfOtherPagesOnTheFirstLiobnIsNotTheOneThatComesBack() {
    Calls calls = new Calls().put(D, 0, 0x7a003, 0);
    preSave(calls, D, 0, 16, 4);
    assertThat(log(calls).window(D).role()).isEqualTo(Role.UNKNOWN);
    assertThat(log(calls).window(D).generation()).isOne();
    calls.newTable(D).reset(BUID, 0, 0).put(D, 0x1000, 0x7b003, 0);
    DmaWindow restored = log(calls).window(D);
    assertThat(restored.pageShift()).isEqualTo(12);
    assertThat(restored.entries()).isEqualTo(0x40000);
    assertThat(restored.geometry()).isEqualTo(Geometry.ASSUMED);
    assertThat(runs(log(calls), D)).isEqualTo("1..1 0x7b003 observed");
  }

  @Test
  void aDefaultWindowSeenFromItsStartComesBackAsItWas() {
    Calls calls = booted();
    preSave(calls, D, 0, 12, 0x80000);
    calls.newTable(D).reset(BUID, 0, 0);
    assertThat(log(calls).window(D).entries()).isEqualTo(0x80000);
    assertThat(log(calls).window(D).geometry()).isEqualTo(Geometry.OBSERVED);
  }

  @Test
  void aDefaultWindowSeenFromItsStartComesBackWhereItWas() {
    Calls calls = booted();
    preSave(calls, D, 0x100000000L, 12, 0x200);
    calls.newTable(D).reset(BUID, 0, 0);
    assertThat(log(calls).window(D).extent()).isEqualTo(new Extent(0x100000000L, 12, 0x200));
    assertThat(log(calls).window(D).geometry()).isEqualTo(Geometry.OBSERVED);
  }

  @Test
  void aDeclaredWindowWithoutAPlaceDoesNotTellWhereTheDefaultWindowComesBack() {
    Calls calls = new Calls().event(e -> e.is(EventKind.WINDOW, "window", 0).withLiobn(D));
    IommuState state = log(calls.put(D, 0x1000, 0x5003, 0).sign(EventKind.MACHINE_RESET, 0));
    assertThat(state.window(D).geometry()).isEqualTo(Geometry.ASSUMED);
    assertThat(state.window(D).extent()).isEqualTo(Extent.DEFAULT);
  }

  @Test
  void aDefaultWindowThatIsSmallerThanWasAssumedIsTheSameWindow() {
    Calls calls = booted().put(D, 0x1000, 0x7003, 0).put(D, 0x5000, 0x9003, 0);
    preSave(calls, D, 0, 12, 0x10000);
    DmaWindow window = log(calls.put(D, 0x2000, 0x5003, 0)).window(D);
    assertThat(window.generation()).isEqualTo(1);
    assertThat(window.entries()).isEqualTo(0x10000);
    assertThat(window.geometry()).isEqualTo(Geometry.OBSERVED);
    assertThat(window.mapped()).isEqualTo(3);
    assertThat(window.unknown()).isZero();
  }

  @Test
  void whatIsToldOfADefaultWindowHoldsForTheNextEmulatorToo() {
    Machine machine = new Machine().defaultWindow(D, 0, 12, 0x80000);
    Calls calls = booted().put(D, 0x1000, 0x7003, 0).newTable(VIO).newTable(D).put(D, 0, 0, 0);
    IommuState state = replay(calls, new IommuState.Rules(Platform.QEMU, false, true, machine));
    assertThat(state.window(D).generation()).isEqualTo(2);
    assertThat(state.window(D).entries()).isEqualTo(0x80000);
  }

  @Test
  void whatIsToldOfOneDefaultWindowIsNotBelievedOfAnother() {
    Machine machine = new Machine().defaultWindow(D, 0, 12, 0x80000);
    Calls calls = new Calls().put(D, 0x1000, 0x7003, 0).put(E, 0x1000, 0x7003, 0);
    IommuState state = replay(calls, new IommuState.Rules(Platform.POWERVM, false, false, machine));
    assertThat(state.window(D).entries()).isEqualTo(0x80000);
    assertThat(state.window(E).entries()).isEqualTo(0x40000);
  }

  @Test
  void entriesOfAListOnAWrongGuessOfThePageAreNotKept() {
    Calls calls = new Calls().indirectLast(D, 0x1000000, 2, 0x5003, 0);
    preSave(calls, D, 0, 24, 8);
    assertThat(runs(log(calls), D)).isEqualTo("0..7 start-not-recorded");
  }

  @Test
  void ofTwoAddressesInOnePageTheLaterWriteCounts() {
    Calls calls = new Calls().put(E, W + 0x3000, 0x5003, 0).put(E, W + 0x1000, 0x6003, 0);
    preSave(calls, E, W, 16, 2);
    assertThat(runs(log(calls), E)).isEqualTo("0..0 0x6003 observed, 1..1 before-recording");
  }

  /** No call proves that the window had another one before it. */
  @Test
  void aWindowThatCameUnseenIsTheOneOfWhichARecordTellsThePlaceLater() {
    Calls calls = booted().put(E, W, 0x10003, 0).put(E, W + 0x10000, 0x80003, 0);
    preSave(calls, E, W, 16, 16);
    List<Integer> news = new ArrayList<>();
    IommuState.Rules rules = new IommuState.Rules(Platform.QEMU, false, true, new Machine());
    IommuState state = replay(calls, rules, change -> news.add(change.signals()));
    assertThat(state.window(E).generation()).isOne();
    assertThat(state.window(E).openedBy()).isEqualTo(3);
    assertThat(state.window(E).peakMapped()).isEqualTo(2);
    assertThat(runs(state, E)).isEqualTo("0..1 0x10003 observed, 2..15 hole");
    assertThat(news.getLast() & (Signal.OPENED | Signal.CLOSED)).isZero();
  }

  @Test
  void aWindowOfWhichThePlaceIsToldLaterIsTheSameOneInADifference() {
    IommuState placeless = log(booted().put(E, W, 0x10003, 0));
    Calls calls = booted().put(E, W, 0x10003, 0).put(E, W + 0x10000, 0x80003, 0);
    preSave(calls, E, W, 16, 16);
    StateDiff.Changed placed = onlyChange(placeless, log(calls));
    assertThat(placed.isMoved()).isTrue();
    assertThat(placed.runs())
        .containsExactly(
            new StateDiff.ChangedRun(
                new Run(1, 1, 0, 0, Knowledge.HOLE),
                new Run(1, 1, 0x80003, 0, Knowledge.OBSERVED)));
    StateDiff.Changed back = onlyChange(log(calls), placeless);
    assertThat(back.isMoved()).isTrue();
  }

  @Test
  void thatOnlyThePlaceIsNewsIsADifferenceToo() {
    Calls calls = new Calls().put(D, 0x1000, 0x7a003, 0);
    IommuState assumed = log(calls);
    preSave(calls, D, 0, 12, 0x80000);
    assertThat(onlyChange(assumed, log(calls)).isMoved()).isTrue();
  }

  private static StateDiff.Changed onlyChange(IommuState before, IommuState after) {
    StateDiff diff = StateDiff.between(before, after);
    assertThat(diff.opened()).isEmpty();
    assertThat(diff.closed()).isEmpty();
    assertThat(diff.changed()).hasSize(1);
    return diff.changed().getFirst();
  }

  @Test
  void aListThatStoppedBehindAnAssumedEndShowsWhereTheWindowEnds() {
    Calls calls = booted().put(D, 0, 0, 0).indirectLast(D, 0x7fffb000L, 4, 0x105003, -4);
    assertThat(log(calls).window(D).entries()).isEqualTo(0x80000);
    assertThat(runs(log(calls), D)).isEqualTo("524283..524287 list-not-recorded");
  }

  @Test
  void whereItBeginsIsNotKnownOfAWindowThatEndsElsewhereThanWasAssumed() {
    Calls calls = booted().put(D, 0x2000, 0x7003, 0).put(D, 0x7ffff000L, 0x5003, 0);
    assertThat(log(calls).window(D).hasGeometry()).isFalse();
    assertThat(runs(log(calls), D))
        .startsWith("0..1 start-not-recorded, 2..2 0x7003 observed, 3..524286 start-not-recorded,")
        .contains("524287..524287 0x5003 observed");
  }

  @Test
  void whatACallThatFailedInsideAGuessedWindowMayHaveWrittenIsNotBelieved() {
    Calls calls = booted().put(D, 0x2000, 0x7003, 0).stuffedTo(D, 0x3000, 0x9003, 2, -4);
    assertThat(runs(log(calls), D)).startsWith("0..1 start-not-recorded, 2..2 partial-failure");
    calls = booted().put(D, 0x2000, 0x7003, 0).indirectLast(D, 0x2000, 1, 0x105003, -4);
    assertThat(runs(log(calls), D)).contains("2..3 partial-failure").doesNotContain("0x7003");
  }

  /** It may have been elsewhere; but that records are missing is told, and nothing is believed. */
  @Test
  void aRefusalInsideADefaultWindowThatNobodyToldOfIsAHoleAllTheSame() {
    Calls calls = booted().put(D, 0x2000, 0x7003, 0).put(D, 0x300000, 0x8003, -4);
    assertThat(log(calls).window(D).isOpen()).isFalse();
    assertThat(contradictions(calls, new Machine())).hasSize(1);
    calls = booted().put(D, 0x2000, 0x7003, 0).indirectLast(D, 0x300000, 0, 0x105003, -4);
    assertThat(contradictions(calls, new Machine())).hasSize(1);
  }

  @Test
  void aRefusalInsideADefaultWindowThatIsToldOfProvesAHole() {
    Calls calls = booted().put(D, 0x2000, 0x7003, 0).put(D, 0x300000, 0x8003, -4);
    Machine machine = new Machine().defaultWindow(D, 0, 12, 0x40000);
    assertThat(contradictions(calls, machine)).hasSize(1);
  }

  @Test
  void aRefusalBetweenEntriesThatWereInUseProvesAHole() {
    Calls calls = booted().put(D, 0x2000, 0x7003, 0).put(D, 0x4000, 0x9003, 0);
    assertThat(contradictions(calls.put(D, 0x3000, 0x8003, -4), new Machine())).hasSize(1);
  }

  private static List<String> contradictions(Calls calls, Machine machine) {
    List<String> seen = new ArrayList<>();
    IommuState.Rules rules = new IommuState.Rules(Platform.QEMU, false, true, machine);
    replay(calls, rules, change -> seen.add(change.contradiction()));
    return seen.stream().filter(text -> !text.isEmpty()).toList();
  }
}

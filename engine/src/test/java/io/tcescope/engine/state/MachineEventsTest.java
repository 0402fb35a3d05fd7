package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.BUID;
import static io.tcescope.engine.state.Replayed.CONSOLE;
import static io.tcescope.engine.state.Replayed.D;
import static io.tcescope.engine.state.Replayed.E;
import static io.tcescope.engine.state.Replayed.VIO;
import static io.tcescope.engine.state.Replayed.W;
import static io.tcescope.engine.state.Replayed.booted;
import static io.tcescope.engine.state.Replayed.log;
import static io.tcescope.engine.state.Replayed.made;
import static io.tcescope.engine.state.Replayed.replay;
import static io.tcescope.engine.state.Replayed.runs;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables that change without a call of the guest, told by some events or by few. */
class MachineEventsTest {
  private static final long SECOND = 0x80000100L;

  private static Calls inKernel(Calls calls, long liobn) {
    return calls.event(
        e -> e.is(EventKind.NEW_TABLE, "new_table", Event.IN_KERNEL).withLiobn(liobn).withId(21));
  }

  private static List<Finding> findings(Calls calls) {
    Trace trace = calls.trace(SourceKind.QEMU_LOG);
    ReplayOptions options = ReplayOptions.defaults();
    return Replay.run(trace, options, () -> new CheckRunner(trace)).observer().findings();
  }

  private static List<String> rules(Calls calls) {
    return findings(calls).stream().map(Finding::rule).toList();
  }

  @Test
  void tablesThatLeaveTheKernelAreTheSameTables() {
    Calls calls = inKernel(new Calls(), D);
    inKernel(calls, E).create(BUID, 0, 16, 20, E, W, 0);
    calls.newTable(D).newTable(E).put(E, W + 0x10000, 0x7b0003, 0);
    IommuState state = log(calls);
    assertThat(state.window(D).generation()).isEqualTo(1);
    assertThat(runs(state, D)).isEqualTo("0..262143 in-kernel");
    assertThat(runs(state, E)).isEqualTo("0..0 in-kernel, 1..1 0x7b0003 observed, 2..15 in-kernel");
  }

  @Test
  void aTableInTheKernelIsNotClearForLongerThanTheQuiesceItself() {
    Calls calls = inKernel(new Calls(), VIO).newTable(D);
    for (int boot = 0; boot < 2; boot++) {
      calls.event(e -> e.is(EventKind.VIO_FREE_CRQ, "free_crq", 0).withId(VIO));
      calls.event(e -> e.is(EventKind.VIO_FREE_CRQ, "free_crq", 0).withId(0x71000000L));
    }
    assertThat(runs(log(calls), VIO)).isEqualTo("0..65535 in-kernel");
  }

  @Test
  void aTableThatLeftTheKernelBeforeAnyoneCouldWriteIsClear() {
    Calls calls = inKernel(booted().put(D, 0x1000, 0x5003, 0), D).newTable(D).reset(BUID, 0, 0);
    assertThat(log(calls).window(D).generation()).isEqualTo(2);
    assertThat(runs(log(calls), D)).isEmpty();
  }

  @Test
  void aMachineResetClearsVioTablesAlsoWhereNoQueueIsSeenToBeFreed() {
    Calls calls = booted().put(VIO, 0x3000, 0x16003, 0).newTable(D).put(VIO, 0x5000, 0x17003, 0);
    assertThat(runs(log(calls), VIO))
        .isEqualTo("0..4 0x0 inferred, 5..5 0x17003 inferred, 6..65535 0x0 inferred");
    calls.get(VIO, 0x3000, 0, 0);
    assertThat(log(calls).window(VIO).unknown()).isZero();
    assertThat(rules(calls)).isEmpty();
  }

  @Test
  void aTableThatIsMadeToBeLoadedIsNoMachineReset() {
    Calls calls = booted().put(D, 0, 0, 0).put(VIO, 0x3000, 0x16003, 0).newTable(D);
    loaded(calls, D, 0, 0x40000);
    assertThat(runs(log(calls), VIO)).isEqualTo("3..3 0x16003 inferred");
  }

  /** A table that held {@code before} entries holds so many others now. */
  private static Calls loaded(Calls calls, long liobn, long before, long entries) {
    return calls.event(
        e ->
            e.is(EventKind.POST_LOAD, "spapr_iommu_post_load", 0)
                .withLiobn(liobn)
                .withPages(before)
                .withEntries(entries)
                .withStart(0)
                .withPageShift(entries == 0 ? 0 : 12));
  }

  @Test
  void aDefaultWindowThatWasThereBeforeItIsLoadedStaysTheDefaultWindow() {
    Calls calls = loaded(booted(), D, 0x40000, 0x40000).put(D, 0x1000, 0x7b003, 0).remove(D, 0);
    assertThat(log(calls).window(D).role()).isEqualTo(Role.DEFAULT);
    assertThat(rules(calls))
        .contains("default-window-removed-in-use")
        .doesNotContain("default-window-not-auto-restored", "window-removed-in-use");
  }

  @Test
  void aDefaultWindowThatTheSourceHadRemovedIsGoneAndWasThere() {
    Calls calls = loaded(booted(), D, 0x40000, 0).put(D, 0x1000, 0x7b003, -4);
    assertThat(log(calls).window(D).isOpen()).isFalse();
    assertThat(rules(calls))
        .contains("tce-op-after-window-removal")
        .doesNotContain("unknown-liobn");
  }

  @Test
  void whatHappensOnNoBridgeIsNotKeptForTheNextRecording() {
    Calls calls = new Calls().newTable(D).remove(0x70000001L, 0);
    Replayed.account(Platform.POWERVM, calls);
    assertThat(Bridge.NONE.hasPending()).isFalse();
    assertThat(Bridge.NONE.lastRemovedLiobn).isZero();
    assertThat(Bridge.NONE.defaultGeometry).isEqualTo(Geometry.ASSUMED);
  }

  @Test
  void aMachineResetInARecordingThatBeginsLateClearsVioTables() {
    Calls calls = new Calls().put(VIO, 0x2000, 0x5003, 0).put(D, 0x3000, 0x8003, 0);
    calls.newTable(SECOND).newTable(D).put(SECOND, 0x1000, 0x5003, 0);
    assertThat(runs(log(calls), VIO)).isEqualTo("0..65535 0x0 inferred");
    assertThat(runs(log(calls), D)).isEmpty();
  }

  /** The default window was there, and no record named it. */
  @Test
  void whatAQueryCountedBeforeTheBridgeWasShownProvesNothingAfterwards() {
    Calls calls = made(new Calls().query(BUID, 0, 1, 0x80000000L, 7), E, 16, W, 28);
    calls.put(E, W, 0x50003, 0).newTable(D).put(D, 0x1000, 0x5003, 0);
    calls.query(BUID, 0, 1, 0x80000000L, 7);
    assertThat(runs(log(calls), D)).isEqualTo("1..1 0x5003 observed");
    calls.query(BUID, 0, 0, 0x80000000L, 7);
    assertThat(runs(log(calls), D)).contains("hole");
  }

  @Test
  void aVioTableThatIsMadeAgainIsThatOfAnotherEmulator() {
    Calls calls = booted().put(VIO, 0x2000, 0x5003, 0).put(D, 0x3000, 0x8003, 0);
    calls.newTable(SECOND).put(SECOND, 0x1000, 0x5003, 0).newTable(VIO).newTable(D);
    IommuState state = log(calls);
    assertThat(state.windows()).extracting(DmaWindow::liobn).containsExactly(VIO, D);
    assertThat(runs(state, VIO) + runs(state, D)).isEmpty();
    assertThat(rules(calls)).isEmpty();
  }

  @Test
  void aTableThatAGuestsResetMakesDoesNotShowTheMachinesStart() {
    Calls calls = new Calls().newTable(D).reset(BUID, 0, 0).put(VIO, 0x2000, 0x5003, 0);
    calls.put(SECOND + 1, W, 0x6003, -4);
    assertThat(log(calls).isFromStart()).isFalse();
    assertThat(findings(calls))
        .hasSize(2)
        .allSatisfy(found -> assertThat(found.confidence()).isEqualTo(Confidence.INFERRED));
    assertThat(log(booted().newTable(D).reset(BUID, 0, 0)).isFromStart()).isTrue();
  }

  @Test
  void aRecordingThatBeginsWithAMachineResetDoesNotShowTheMakingOfVioTables() {
    Calls calls = new Calls().newTable(SECOND).newTable(D).put(SECOND, 0, 0x6003, 0);
    calls.put(VIO, 0x2000, 0x5003, 0);
    assertThat(log(calls).window(VIO).unknown()).isEqualTo(0xffff);
    assertThat(findings(calls))
        .singleElement()
        .returns("Window 0x71000002 existed before the recording began", Finding::message);
  }

  @Test
  void aBridgeThatStartsAnewAloneWasPlugged() {
    Calls calls = booted().newTable(SECOND).put(SECOND, 0, 0, 0).put(VIO, 0x3000, 0x16003, 0);
    calls.newTable(SECOND).put(SECOND, 0, 0, 0);
    assertThat(runs(log(calls), VIO)).isEqualTo("3..3 0x16003 inferred");
  }

  @Test
  void whatAMachineResetTookIsNotChargedToARemovalAfterIt() {
    Calls calls = booted().sign(EventKind.VIO_FREE_CRQ, CONSOLE).put(D, 0x1000, 0x7b003, 0);
    calls.newTable(D).sign(EventKind.VIO_FREE_CRQ, CONSOLE).remove(D, 0);
    assertThat(rules(calls)).doesNotContain("default-window-removed-in-use");
  }

  @Test
  void whatAMachineResetTookIsNotChargedToTheUnplugThatItCompletes() {
    Calls calls = booted().newTable(SECOND).sign(EventKind.VIO_FREE_CRQ, CONSOLE);
    calls.put(SECOND, 0x1000, 0x7b003, 0).sign(EventKind.DRC_UNPLUG_REQUEST, 0x20000001L);
    calls.newTable(SECOND).newTable(D).sign(EventKind.DRC_UNREALIZE, 0x40010000L);
    assertThat(log(calls).window(SECOND).isOpen()).isFalse();
    assertThat(rules(calls)).doesNotContain("bridge-unplugged-in-use");
  }

  @Test
  void aWindowThatAMachineResetTookWentWhenTheTableWasMade() {
    Calls calls = booted().put(D, 0x1000, 0x5003, 0).newTable(D).log("x").put(D, 0, 0, 0);
    List<Long> closed = new ArrayList<>();
    IommuState state =
        replay(
            calls,
            new IommuState.Rules(Platform.QEMU, false, true, new Machine()),
            change -> change.closed().forEach(window -> closed.add(window.closedBy())));
    assertThat(closed).containsExactly(4L);
    assertThat(state.window(D).openedBy()).isEqualTo(4);
  }
}

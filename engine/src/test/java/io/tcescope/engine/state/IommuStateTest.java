package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.BUID;
import static io.tcescope.engine.state.Replayed.CONSOLE;
import static io.tcescope.engine.state.Replayed.D;
import static io.tcescope.engine.state.Replayed.E;
import static io.tcescope.engine.state.Replayed.VIO;
import static io.tcescope.engine.state.Replayed.W;
import static io.tcescope.engine.state.Replayed.account;
import static io.tcescope.engine.state.Replayed.booted;
import static io.tcescope.engine.state.Replayed.log;
import static io.tcescope.engine.state.Replayed.made;
import static io.tcescope.engine.state.Replayed.runs;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import org.junit.jupiter.api.Test;

/**
 * One test for each of the hypervisor's rules on windows, and on what a recording leaves unknown.
 */
class IommuStateTest {
  @Test
  void aNewTableIsExplainedByTheNextEventOfItsBridge() {
    assertThat(log(booted()).windows()).hasSize(2);
    IommuState created = log(made(booted(), E, 24, W, 32));
    assertThat(created.window(E).entries()).isEqualTo(256);
    assertThat(created.window(E).start()).isEqualTo(W);
    IommuState failed = log(booted().put(D, 0x1000, 0x5003, 0).newTable(E).put(D, 0, 0, 0));
    assertThat(failed.window(E).isOpen()).isFalse();
    assertThat(runs(failed, D)).isEqualTo("1..1 0x5003 observed");
  }

  @Test
  void aDefaultTableThatNothingExplainsIsAMachineReset() {
    Calls calls = made(booted(), E, 16, W, 28).put(D, 0x1000, 0x5003, 0).newTable(D);
    IommuState state = log(calls);
    assertThat(state.window(E).isOpen()).isFalse();
    assertThat(state.window(D).generation()).isEqualTo(2);
    assertThat(runs(state, D)).isEmpty();
  }

  @Test
  void freeingTheConsolesQueueClearsAllVioTables() {
    Calls calls = booted().sign(EventKind.VIO_REGISTER_CRQ, VIO);
    calls.put(VIO, 0x1000, 0x5003, 0).put(D, 0x1000, 0x5003, 0);
    calls.sign(EventKind.VIO_FREE_CRQ, VIO);
    assertThat(runs(log(calls), VIO)).isEqualTo("1..1 0x5003 observed");
    calls.sign(EventKind.VIO_FREE_CRQ, CONSOLE);
    assertThat(runs(log(calls), VIO)).isEqualTo("0..65535 0x0 inferred");
    assertThat(runs(log(calls), D)).isEqualTo("1..1 0x5003 observed");
  }

  @Test
  void aResetDropsAllAndRestoresTheDefaultWindow() {
    Calls calls = made(booted(), E, 16, W, 28).put(D, 0x1000, 0x5003, 0);
    IommuState state = log(calls.newTable(D).reset(BUID, 0x800, 0));
    assertThat(state.window(E).isOpen()).isFalse();
    assertThat(runs(state, D)).isEmpty();
    assertThat(state.window(D).role()).isEqualTo(Role.DEFAULT);
  }

  @Test
  void aCompleteAccountRestoresTheDefaultWindowAfterTheSecondLiobnOnly() {
    Calls second = new Calls().window(D, BUID, "default", 0, 12, 0x40000);
    second.create(BUID, 0, 16, 28, E, W, 0).remove(D, 0).remove(E, 0);
    assertThat(account(Platform.QEMU, second).window(D).isOpen()).isTrue();
    Calls first = new Calls().window(D, BUID, "default", 0, 12, 0x40000);
    first.remove(D, 0).create(BUID, 0, 16, 28, D, 0, 0).remove(D, 0);
    assertThat(account(Platform.QEMU, first).windows()).isEmpty();
  }

  @Test
  void theLastOfABridgesSlotsTakesItsTablesAlong() {
    Calls calls = booted().put(D, 0x1000, 0x5003, 0).sign(EventKind.DRC_UNREALIZE, 0x400000ffL);
    assertThat(log(calls).window(D).isOpen()).isTrue();
    calls.sign(EventKind.DRC_UNREALIZE, 0x40000000L).put(D, 0x2000, 0x6003, 0);
    assertThat(log(calls).window(D).isOpen()).isFalse();
  }

  @Test
  void anIncomingTableIsUnknownUntilItIsWritten() {
    Calls calls =
        booted()
            .event(
                e ->
                    e.is(EventKind.POST_LOAD, "post_load", 0)
                        .withLiobn(D)
                        .withPages(0x40000)
                        .withEntries(8)
                        .withStart(0)
                        .withPageShift(16))
            .put(D, 0x30000, 0x5003, 0);
    assertThat(runs(log(calls), D))
        .isEqualTo("0..2 before-recording, 3..3 0x5003 observed, 4..7 before-recording");
  }

  @Test
  void aRecordingThatBeginsLateClaimsNothingOfWhatWasBefore() {
    Calls calls = new Calls().put(D, 0x1000, 0x5003, 0);
    assertThat(runs(log(calls), D))
        .isEqualTo("0..0 before-recording, 1..1 0x5003 observed, 2..262143 before-recording");
    assertThat(log(calls).window(D).geometry()).isEqualTo(Geometry.ASSUMED);
    IommuState unplaced = log(new Calls().put(E, W + 0x10000, 0x5003, 0));
    assertThat(unplaced.window(E).geometry()).isEqualTo(Geometry.UNKNOWN);
    assertThat(unplaced.window(E).mapped()).isEqualTo(1);
  }

  @Test
  void aCallThatSucceedsBehindAnAssumedEndShowsALargerWindow() {
    IommuState state = log(booted().put(D, 0, 0, 0).put(D, 0x50000000, 0x5003, 0));
    assertThat(state.window(D).entries()).isEqualTo(0x80000);
    assertThat(state.window(D).geometry()).isEqualTo(Geometry.INFERRED);
  }

  @Test
  void aReadThatDiffersProvesAHoleAndIsBelieved() {
    Calls calls = booted().put(D, 0x1000, 0x5003, 0).put(D, 0x2000, 0x6003, 0);
    IommuState state = log(calls.get(D, 0x1000, 0x7003, 0));
    assertThat(runs(state, D)).startsWith("0..0 hole, 1..1 0x7003 observed, 2..262143 hole");
  }

  @Test
  void aSecondContradictionWhichTheSameHoleExplainsForgetsNothingAnew() {
    Calls calls = booted().newTable(0x80000100L).put(D, 0x1000, 0x5003, 0);
    calls.put(E, W, 0x8003, 0).put(D, 0x3000, 0x9003, 0).put(0x80000100L, 0x1000, 0x1003, -4);
    assertThat(runs(log(calls), D)).contains("3..3 0x9003 observed");
  }

  @Test
  void lostRecordsLeaveNothingKnownAndNothingContradicted() {
    Calls calls = booted().put(D, 0x1000, 0x5003, 0).lost(3).get(D, 0x1000, 0x7003, 0);
    assertThat(runs(log(calls), D)).startsWith("0..0 lost, 1..1 0x7003 observed");
  }

  @Test
  void tablesKeptInTheHostKernelAreNotKnown() {
    Calls calls =
        new Calls()
            .event(e -> e.is(EventKind.NEW_TABLE, "n", Event.IN_KERNEL).withLiobn(D).withId(31))
            .put(D, 0x1000, 0x5003, 0);
    assertThat(runs(log(calls), D)).isEqualTo("0..262143 in-kernel");
  }

  @Test
  void aTableOfNoEntriesOpensNoWindow() {
    Calls calls =
        booted()
            .put(D, 0, 0, 0)
            .event(e -> e.is(EventKind.NEW_TABLE, "n", Event.NO_TABLE).withLiobn(E).withId(-1));
    assertThat(log(calls).window(E).isOpen()).isFalse();
  }

  @Test
  void whatASweepClearedWasInUseWhenItBegan() {
    Calls calls = made(booted(), E, 16, W, 26).put(E, W + 0x30000, 0x50003, 0);
    calls.stuffedTo(E, W + 0x2000000, 0, 512, 0).stuffedTo(E, W + 0x4000000, 0, 512, 0);
    IommuState state = log(calls);
    assertThat(state.window(E).mapped()).isZero();
    assertThat(state.window(E).inUse().mapped()).isEqualTo(1);
  }
}

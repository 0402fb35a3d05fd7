package io.tcescope.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HypervisorCall;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One test for each rule of the hypervisor (qemu-recordings rules, hcalls-and-rtas tables). */
class IommuStateTest {
  private static final long BUID = 0x800000020000000L;
  private static final long D = 0x80000000L;
  private static final long E = 0x80000001L;
  private static final long VIO = 0x71000002L;
  private static final long W = 0x800000000000000L;
  private static final long CONSOLE = 0x71000000L;

  private final Machine machine = new Machine();

  private static Calls booted() {
    return new Calls().newTable(VIO).newTable(D);
  }

  private static Calls made(Calls calls, long liobn, int shift, long start, int windowShift) {
    return calls.newTable(liobn).create(BUID, 0, shift, windowShift, liobn, start, 0);
  }

  /** The state a QEMU log gives, lists left alone. */
  private IommuState log(Calls calls) {
    return replay(calls, new IommuState.Rules(Platform.QEMU, false, true, machine));
  }

  private IommuState linuxLog(Calls calls) {
    return replay(calls, new IommuState.Rules(Platform.QEMU, true, true, machine));
  }

  /** The state a complete account gives on that platform. */
  private IommuState account(Platform platform, Calls calls) {
    return replay(calls, new IommuState.Rules(platform, false, false, true, true, machine));
  }

  private static IommuState replay(Calls calls, IommuState.Rules rules) {
    return replay(calls, rules, change -> {});
  }

  private static IommuState replay(Calls calls, IommuState.Rules rules, Consumer<Change> changes) {
    IommuState state = new IommuState(rules);
    Event event = new Event();
    long ordinal = 0;
    for (HypervisorCall call : calls.list()) {
      call.fill(event);
      ordinal++;
      changes.accept(state.apply(event));
    }
    assertThat(state.events()).isEqualTo(ordinal);
    return state.settled();
  }

  private static String runs(IommuState state, long liobn) {
    List<String> texts =
        Runs.of(state.window(liobn)).stream()
            .map(
                run ->
                    run.first()
                        + ".."
                        + run.last()
                        + (run.knowledge().isUnknown()
                            ? " " + run.knowledge().label()
                            : " 0x"
                                + Long.toHexString(run.tce())
                                + " "
                                + run.knowledge().certainty().label()))
            .toList();
    return String.join(", ", texts);
  }

  @Test
  void aPutIsRoundedDownToThePageAndStoredAsItIs() {
    Calls calls = made(booted(), E, 16, W, 28).put(E, W + 0x2ffff, -1L, 0);
    assertThat(runs(log(calls), E)).isEqualTo("2..2 0xffffffffffffffff observed");
  }

  @Test
  void aStuffIsCountedBackFromItsEnd() {
    Calls calls = booted().stuffedTo(D, 0x13000, 0x5003, 3, 0);
    assertThat(runs(log(calls), D)).isEqualTo("16..18 0x5003 observed");
  }

  @Test
  void aStuffOverTheEndMayHaveSetUpToAllButOneEntry() {
    Calls calls = booted().stuffedTo(D, 0x40000000, 0x5003, 4, -4);
    assertThat(runs(log(calls), D)).isEqualTo("262141..262143 partial-failure");
  }

  @Test
  void aClearOverTheEndLeavesWhatWasClearKnown() {
    Calls calls = booted().put(D, 0x3fffe000, 0x5003, 0).stuffedTo(D, 0x40000000, 0, 8, -4);
    assertThat(runs(log(calls), D)).isEqualTo("262142..262142 partial-failure");
  }

  @Test
  void aStuffThatBeganOutsideOrOfNothingChangesNothing() {
    Calls calls = booted().put(D, 0x3ffff000, 0x5003, 0);
    calls.stuffedTo(D, 0x50000000, 0, 8, -4).stuffedTo(D, 0, 0, 0, -4);
    assertThat(runs(log(calls), D)).isEqualTo("262143..262143 0x5003 observed");
  }

  @Test
  void ofAListOnlyTheLastValueIsObserved() {
    Calls calls = booted().indirectLast(D, 0x10000, 3, 0x8003, 0);
    assertThat(runs(log(calls), D)).isEqualTo("16..18 list-not-recorded, 19..19 0x8003 observed");
    assertThat(runs(linuxLog(calls), D))
        .isEqualTo("16..18 0x5003 inferred, 19..19 0x8003 observed");
  }

  @Test
  void aListThatWouldBeginBelowAddressZeroIsNotInferred() {
    Calls calls = booted().indirectLast(D, 0x10000, 3, 0x1003, 0);
    assertThat(runs(linuxLog(calls), D))
        .isEqualTo("16..18 list-not-recorded, 19..19 0x1003 observed");
  }

  @Test
  void aListOverTheEndLeavesWhatFitted() {
    Calls calls = booted().indirectLast(D, 0x3fffe000, 1, 0x8003, -4);
    assertThat(runs(log(calls), D)).isEqualTo("262142..262143 list-not-recorded");
    assertThat(runs(linuxLog(calls), D)).isEqualTo("262142..262143 0x6003 inferred");
  }

  @Test
  void aListBehindTheEndOrOfNothingChangesNothing() {
    Calls calls = booted().indirectLast(D, 0x40000000, 0, 0x8003, -4);
    calls.indirectLast(D, 0x1000, 0, 0, -4);
    assertThat(runs(log(calls), D)).isEmpty();
  }

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
    Calls calls = booted().put(VIO, 0x1000, 0x5003, 0).put(D, 0x1000, 0x5003, 0);
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
    IommuState state = log(booted().put(D, 0x50000000, 0x5003, 0));
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
  void aLookUpShowsAnEntryButNotItsReservedBits() {
    Calls calls = new Calls().put(D, 0, 0x5003, 0);
    calls.event(
        e ->
            e.is(EventKind.DMA, "xlate", Event.IOBA_IS_RELATIVE)
                .withLiobn(D)
                .withIoba(0x2004)
                .withTce(0x9000)
                .withPermission(1)
                .withPageMask(0xfff));
    assertThat(runs(log(calls), D)).contains("2..2 0x9001 inferred");
  }

  @Test
  void rangeCallsThatFailAreAllOrNothingOnPowerVmAndAFittingPrefixOnQemu() {
    Calls calls = new Calls().window(D, BUID, "default", 0, 12, 16);
    calls.indirect(D, 0xe000, -4, 0x5003, 0x7003, 0x9003);
    assertThat(runs(account(Platform.QEMU, calls), D)).isEqualTo("14..15 0x5003 observed");
    assertThat(runs(account(Platform.POWERVM, calls), D)).isEmpty();
    assertThat(runs(account(Platform.KVM, calls), D)).isEqualTo("14..15 partial-failure");
  }

  @Test
  void aListThatACompleteAccountCouldNotReadIsReadAsZeros() {
    Calls calls = new Calls().window(D, BUID, "default", 0, 12, 16);
    calls.put(D, 0x2000, 0x5003, 0);
    Consumer<Event> unread =
        e ->
            e.is(EventKind.H_PUT_TCE_INDIRECT, "indirect", 0)
                .withLiobn(D)
                .withIoba(0x2000)
                .withPages(2)
                .withListAddress(0x40100000)
                .withStatus(0);
    calls.event(unread);
    assertThat(runs(log(calls), D)).isEqualTo("2..3 list-not-recorded");
    calls.rising(D, 0x8000, 2, 0x5003, 0x1000, 0).event(unread);
    assertThat(runs(account(Platform.QEMU, calls), D)).startsWith("2..3 0x0 inferred");
    assertThat(runs(account(Platform.POWERVM, calls), D)).startsWith("2..3 list-not-recorded");
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

  @Test
  void identityListsMakeAWindowDirectAndOtherMappingsDynamic() {
    Calls direct = made(booted(), E, 24, W, 32).indirectLast(E, W, 127, 0x7f000003L, 0);
    assertThat(linuxLog(direct).window(E).mapping()).isEqualTo(Mapping.DIRECT);
    Calls dynamic = made(booted(), E, 16, W, 32).put(E, W + 0x10000, 0x7ff0003, 0);
    assertThat(log(dynamic).window(E).mapping()).isEqualTo(Mapping.DYNAMIC);
    direct.put(E, W + 0xff000000L, 0x3000003, 0);
    assertThat(linuxLog(direct).window(E).mapping()).isEqualTo(Mapping.HYBRID);
  }
}

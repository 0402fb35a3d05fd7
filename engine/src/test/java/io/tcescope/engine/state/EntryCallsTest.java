package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.BUID;
import static io.tcescope.engine.state.Replayed.D;
import static io.tcescope.engine.state.Replayed.E;
import static io.tcescope.engine.state.Replayed.VIO;
import static io.tcescope.engine.state.Replayed.W;
import static io.tcescope.engine.state.Replayed.account;
import static io.tcescope.engine.state.Replayed.booted;
import static io.tcescope.engine.state.Replayed.linuxLog;
import static io.tcescope.engine.state.Replayed.log;
import static io.tcescope.engine.state.Replayed.made;
import static io.tcescope.engine.state.Replayed.runs;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One test for each of the hypervisor's rules on entries (RULES.md Q1 to Q6, P1). */
class EntryCallsTest {
  @Test
  void aPutIsRoundedDownToThePageAndStoredAsItIs() {
    Calls calls = made(booted(), E, 16, W, 28).put(E, W + 0x2ffff, -1L, 0);
    assertThat(runs(log(calls), E)).isEqualTo("2..2 0xffffffffffffffff observed");
  }

  /** QEMU shows addresses rounded to the window's page, but for that of a list. */
  @Test
  void anAddressInsideAPageIsOneOfAnotherWindow() {
    Consumer<Event> put = e -> e.put("spapr_iommu_pci_put", E, W + 0x21000, 0x7003, 0);
    IommuState state = log(made(booted(), E, 16, W, 28).put(E, W, 0x50003, 0).event(put));
    assertThat(state.window(E).generation()).isEqualTo(2);
    assertThat(state.window(E).geometry()).isEqualTo(Geometry.UNKNOWN);
    Calls cleared = made(booted(), E, 16, W, 28).stuffedTo(E, W + 0x21000, 0, 1, 0);
    assertThat(log(cleared).window(E).generation()).isEqualTo(2);
    Calls listed = made(booted(), E, 16, W, 28).indirectLast(E, W + 0x21000, 0, 0x7003, 0);
    assertThat(runs(log(listed), E)).isEqualTo("2..2 0x7003 observed");
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
  void aLookUpShowsAnEntryButNotItsReservedBits() {
    Calls calls = new Calls().put(D, 0, 0x5003, 0).event(e -> lookUp(e, D, 0x2004, 0x9000));
    assertThat(runs(log(calls), D)).contains("2..2 0x9001 inferred");
  }

  /** Such a value is legal, and maps nothing. */
  @Test
  void aLookUpShowsThePageOfAnEntryWithoutAccessToo() {
    Consumer<Event> poisoned = e -> lookUp(e, D, 0x2004, 0x9000).withPermission(0);
    Calls late = new Calls().put(D, 0, 0x5003, 0).event(poisoned);
    assertThat(runs(linuxLog(late), D)).contains("2..2 0x9000 inferred");
    assertThat(runs(log(late), D)).contains("2..2 0x9000 inferred");
    Calls empty = new Calls().put(D, 0, 0x5003, 0);
    empty.event(e -> lookUp(e, D, 0x2004, 0).withPermission(0));
    assertThat(runs(linuxLog(empty), D)).contains("2..2 0x0 inferred");
    assertThat(runs(log(empty), D)).doesNotContain("2..2");
    Calls other = booted().put(D, 0x2000, 0x8000, 0).event(poisoned);
    assertThat(runs(log(other), D)).contains("2..2 0x9000 inferred");
  }

  /** It is what QEMU showed before 4.2, of empty entries too. */
  @Test
  void aLookUpThatRepeatsItsAddressShowsNoPage() {
    Consumer<Event> repeated = e -> lookUp(e, D, 0x9004, 0x9000);
    assertThat(runs(log(booted().put(D, 0x9000, 0x5001, 0).event(repeated)), D))
        .isEqualTo("9..9 0x5001 observed");
    Calls late = new Calls().put(D, 0, 0x5003, 0).event(repeated);
    assertThat(runs(linuxLog(late), D)).doesNotContain("9..9");
    late.event(repeated.andThen(e -> e.withPermission(0)));
    assertThat(runs(linuxLog(late), D)).contains("9..9 0x0 inferred");
    Calls direct = made(booted(), E, 12, W, 28).indirectLast(E, W, 0x1ff, 0x1ff003, 0);
    direct.event(e -> lookUp(e, E, 0x9004, 0x9000));
    assertThat(runs(log(direct), E)).contains("9..9 0x9001 inferred");
  }

  @Test
  void aLookUpInAPageOfAnotherSizeIsInAnotherWindow() {
    Calls calls = made(booted(), E, 16, W, 28).put(E, W, 0x50003, 0);
    DmaWindow other = log(calls.event(e -> lookUp(e, E, 0x20004, 0x9000))).window(E);
    assertThat(other.generation()).isEqualTo(2);
    assertThat(other.geometry()).isEqualTo(Geometry.UNKNOWN);
    Calls huge = made(booted(), E, 34, W, 36).event(e -> lookUp(e, E, 0, 0).withPageMask(-1));
    assertThat(log(huge).window(E).generation()).isOne(); // a mask is recorded in 32 bits
  }

  /** Before 2.1, QEMU showed accesses around the table as well, without a page. */
  @Test
  void aLookUpShowsAnEntryOfAVirtualDeviceUnlessItMayBypassTheTable() {
    Calls calls = new Calls().put(VIO, 0, 0x5003, 0);
    calls.event(e -> lookUp(e, VIO, 0x2004, 0x9000)).event(e -> lookUp(e, VIO, 0x5004, 0xa000));
    calls.event(e -> lookUp(e, VIO, 0x5004, 0).withPermission(3).withPageMask(-1));
    calls.event(e -> lookUp(e, VIO, 0x5004, 0).withPermission(3).withPageMask(0xffffffffL));
    assertThat(runs(log(calls), VIO)).contains("2..2 0x9001 inferred", "5..5 0xa001 inferred");
  }

  /** A device's look-up in a page of 4K, which it may read. */
  private static Event lookUp(Event event, long liobn, long ioba, long address) {
    return event
        .is(EventKind.DMA, "xlate", Event.IOBA_IS_RELATIVE)
        .withLiobn(liobn)
        .withIoba(ioba)
        .withTce(address)
        .withPermission(1)
        .withPageMask(0xfff);
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
  void aStuffThatKvmRefusesChangesNothing() {
    Calls calls = new Calls().window(D, BUID, "default", 0, 12, 16).put(D, 0x2000, 0x5003, 0);
    calls.stuff(D, 0x2000, 0x1003, 4, -4).stuff(D, 0x2010, 0, 4, -4).stuff(D, 0x10000, 0, 4, -4);
    assertThat(runs(account(Platform.KVM, calls), D)).isEqualTo("2..2 0x5003 observed");
    calls.stuff(D, 0x2000, 0, 4, -1);
    assertThat(runs(account(Platform.KVM, calls), D)).isEqualTo("2..5 partial-failure");
  }

  @Test
  void aListThatKvmRefusesAtAnOddAddressChangesNothingAndElsewhereItMayHaveBegun() {
    Calls calls = new Calls().window(D, BUID, "default", 0, 12, 16).put(D, 0x2000, 0x5003, 0);
    calls.indirect(D, 0x2010, -4, 0x7003, 0x9003).indirect(D, 0x10000, -4, 0x7003);
    assertThat(runs(account(Platform.KVM, calls), D)).isEqualTo("2..2 0x5003 observed");
    calls.indirect(D, 0x2000, -4, 0x7003, 0x9003);
    assertThat(runs(account(Platform.KVM, calls), D)).isEqualTo("2..3 partial-failure");
  }

  @Test
  void aStuffThatKvmRefusesInAWindowOfUnknownPlaceChangesNothing() {
    Calls calls = new Calls().put(E, W, 0x5003, 0).stuff(E, W, 0x1003, 4, -4);
    assertThat(account(Platform.KVM, calls).window(E).mapped()).isEqualTo(1);
    calls.stuff(E, W, 0, 4, -1);
    assertThat(account(Platform.KVM, calls).window(E).mapped()).isZero();
  }

  @Test
  void aPutThatKvmRefusesInsideAWindowProvesNothingOfIt() {
    Calls calls = new Calls().window(D, BUID, "default", 0, 12, 16).put(D, 0x2000, 0x5003, 0);
    calls.event(e -> e.put("kvm_hcall_exit", D, 0x3010, 0x7003, -4));
    assertThat(runs(account(Platform.KVM, calls), D)).isEqualTo("2..2 0x5003 observed");
    calls.event(e -> e.put("spapr_iommu_pci_put", D, 0x3000, 0x7003, -4));
    assertThat(account(Platform.KVM, calls).window(D).isOpen()).isFalse();
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
    calls.event(unread.andThen(e -> e.is(e.kind(), "", e.fields() & ~Event.LIST_ADDRESS)));
    assertThat(runs(account(Platform.QEMU, calls), D)).startsWith("2..3 list-not-recorded");
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

  @Test
  void theFirstMappingAfterASweepDecidesAnew() {
    Calls calls = made(booted(), E, 24, W, 32).indirectLast(E, W, 127, 0x7f000003L, 0);
    calls.stuffedTo(E, W + 0x100000000L, 0, 256, 0);
    assertThat(linuxLog(calls).window(E).mapping()).isEqualTo(Mapping.DIRECT);
    calls.put(E, W + 0x3000000, 0x9000003, 0);
    assertThat(linuxLog(calls).window(E).mapping()).isEqualTo(Mapping.DYNAMIC);
    calls.put(E, W + 0xff000000L, 0x3000003, 0);
    assertThat(linuxLog(calls).window(E).mapping()).isEqualTo(Mapping.DYNAMIC);
  }

  @Test
  void aListOfMoreEntriesThanACallCanHaveIsNoRecordToBelieve() {
    for (long pages : new long[] {513, 0x7fff_ffff_ffff_fff0L, -16}) {
      Calls calls = booted().indirect(D, 0x1000, 0, 0x5003, 0x6003);
      calls.event(e -> filled(e, pages));
      IommuState state = log(calls);
      assertThat(state.window(D).unknown()).as("%d pages", pages).isEqualTo(0x40000);
    }
  }

  private static void filled(Event event, long pages) {
    event.is(EventKind.H_PUT_TCE_INDIRECT, "H_PUT_TCE_INDIRECT", 0).withLiobn(D).withIoba(0x1000);
    event.withPages(pages).withStatus(0).beginList().addToList(0x5003);
  }

  @Test
  void whatAReadFoundUnknownIsToldOfThatReadAlone() {
    Calls calls = new Calls().get(D, 0x1000, 0x5003, 0).get(D, 0x1000, 0x5003, 0);
    List<Long> marks = new ArrayList<>();
    IommuState.Rules rules = new IommuState.Rules(Platform.QEMU, false, true, new Machine());
    Replayed.replay(calls.put(D, 0x1000, 0x6003, 0), rules, now -> marks.add(now.readMark()));
    assertThat(marks.stream().map(Mark::knowledge))
        .containsExactly(Knowledge.BEFORE_RECORDING, Knowledge.OBSERVED, Knowledge.OBSERVED);
  }
}

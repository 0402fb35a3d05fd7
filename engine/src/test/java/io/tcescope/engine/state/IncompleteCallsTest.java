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
import io.tcescope.engine.event.HcallStatus;
import org.junit.jupiter.api.Test;

/** Calls whose recorder left arguments out: what they may have touched is unknown, no more. */
class IncompleteCallsTest {
  private static final String FULL = "0..3 0x1003 observed, 15..15 0x9003 observed";

  private static Calls written() {
    return new Calls()
        .window(D, BUID, "default", 0, 12, 16)
        .put(D, 0x0, 0x1003, 0)
        .put(D, 0x1000, 0x3003, 0)
        .put(D, 0x2000, 0x5003, 0)
        .put(D, 0x3000, 0x7003, 0)
        .put(D, 0xf000, 0x9003, 0);
  }

  private static String after(EventKind kind, long ioba, long status, int holds) {
    return after(Platform.QEMU, kind, ioba, status, holds);
  }

  /** What the table holds after a call on page {@code ioba} whose record holds those fields. */
  private static String after(
      Platform platform, EventKind kind, long ioba, long status, int holds) {
    Calls calls =
        written()
            .event(
                e ->
                    e.stuff("call", D, ioba, 0, 2, status)
                        .is(kind, "call", Event.LIOBN | Event.STATUS | holds));
    return runs(account(platform, calls), D);
  }

  @Test
  void aPutOfAnUnknownValueLeavesItsEntryUnknown() {
    assertThat(after(EventKind.H_PUT_TCE, 0x2000, 0, Event.IOBA))
        .startsWith("0..1 0x1003 observed, 2..2 list-not-recorded, 3..3 0x7003 observed");
    assertThat(after(EventKind.H_PUT_TCE, 0x2000, 0, Event.TCE))
        .isEqualTo("0..15 start-not-recorded");
    assertThat(after(EventKind.H_PUT_TCE, 0x2000, -4, 0)).isEqualTo(FULL);
  }

  @Test
  void aStuffOfAnUnknownCountMayHaveReachedTheEnd() {
    assertThat(after(EventKind.H_STUFF_TCE, 0x2000, 0, Event.IOBA | Event.TCE))
        .isEqualTo("0..1 0x1003 observed, 2..3 list-not-recorded, 15..15 list-not-recorded");
    assertThat(after(EventKind.H_STUFF_TCE, 0x2000, 0, Event.IOBA | Event.PAGES))
        .startsWith("0..1 0x1003 observed, 2..3 list-not-recorded, 15..15 0x9003");
  }

  @Test
  void aListOfAnUnknownCountMayHaveBeenOfAnyLength() {
    assertThat(after(EventKind.H_PUT_TCE_INDIRECT, 0x2000, 0, Event.IOBA))
        .isEqualTo("0..1 0x1003 observed, 2..15 list-not-recorded");
  }

  @Test
  void aReadWithoutItsValueTellsNothing() {
    assertThat(after(EventKind.H_GET_TCE, 0x2000, 0, Event.IOBA)).isEqualTo(FULL);
    assertThat(after(EventKind.H_GET_TCE, 0x2000, 0, Event.TCE)).isEqualTo(FULL);
  }

  @Test
  void aFailureReachesTheEndOnQemuAndChangesNothingOnPowerVm() {
    EventKind list = EventKind.H_PUT_TCE_INDIRECT;
    assertThat(after(list, 0x2000, -4, Event.IOBA))
        .isEqualTo("0..1 0x1003 observed, 2..15 partial-failure");
    assertThat(after(Platform.POWERVM, list, 0x2000, -4, Event.IOBA)).isEqualTo(FULL);
    assertThat(after(Platform.KVM, list, 0x2000, -4, Event.IOBA))
        .endsWith(" 2..15 partial-failure");
    assertThat(after(list, 0x2000, HcallStatus.H_NOT_ENOUGH_RESOURCES, Event.IOBA)).isEqualTo(FULL);
    assertThat(after(list, 0x10000, -4, Event.IOBA)).isEqualTo(FULL);
  }

  @Test
  void aFailureAtAnUnknownPlaceHasSetAllButOneOfItsEntriesBeforeTheEnd() {
    assertThat(after(EventKind.H_STUFF_TCE, 0, -4, Event.TCE | Event.PAGES))
        .isEqualTo("0..3 0x1003 observed, 15..15 partial-failure");
  }

  @Test
  void aCallOnNoTableTouchesNone() {
    Calls calls =
        written().event(e -> e.put("put", D, 0, 0, 0).is(EventKind.H_PUT_TCE, "put", Event.IOBA));
    assertThat(runs(account(Platform.QEMU, calls), D)).isEqualTo(FULL);
  }

  @Test
  void aListThatIsRecordedInPartTellsOnlyThat() {
    Calls calls = written();
    calls.event(
        e ->
            e.is(EventKind.H_PUT_TCE_INDIRECT, "indirect", 0)
                .withLiobn(D)
                .withIoba(0x1000)
                .withPages(3)
                .withStatus(0)
                .beginList()
                .addToList(0x7003));
    assertThat(runs(account(Platform.QEMU, calls), D))
        .isEqualTo("0..1 0x1003 observed, 2..3 list-not-recorded, 15..15 0x9003 observed");
  }

  @Test
  void whatKvmLeavesToAnEmulatorThatNobodyRecordedIsUnknown() {
    Calls calls = written().event(IncompleteCallsTest::tooHard);
    assertThat(runs(account(Platform.KVM, calls), D))
        .isEqualTo(
            "0..0 0x1003 observed, 1..1 partial-failure, 2..3 0x5003 observed, 15..15 0x9003 observed");
    assertThat(runs(log(calls), D)).isEqualTo(FULL); // its own record follows
  }

  private static void tooHard(Event event) {
    event.stuff("kvm_hcall_exit", D, 0x1000, 0, 1, HcallStatus.H_TOO_HARD).holding(Event.WITNESS);
  }

  @Test
  void entriesOfAListLieAnUnknownWayApartWhereTheWindowsPageIsUnknown() {
    Calls calls = new Calls().put(E, W + 0x3000000, 0x11000003, 0);
    calls.put(E, W + 0x3200000, 0x22000003, 0);
    assertThat(log(calls).window(E).mapped()).isEqualTo(2);
    calls.indirectLast(E, W + 0x2800000, 19, 0x267e003, 0);
    assertThat(log(calls).window(E).mapped()).isZero();
    calls.indirectLast(E, W + 0x2000000, 0, 0x55003, 0);
    assertThat(log(calls).window(E).mapped()).isEqualTo(1);
  }
}

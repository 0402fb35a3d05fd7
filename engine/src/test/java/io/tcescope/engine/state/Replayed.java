package io.tcescope.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HypervisorCall;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** States that calls lead to, and what tells them apart in a test. */
final class Replayed {
  static final long BUID = 0x800000020000000L;
  static final long D = 0x80000000L;
  static final long E = 0x80000001L;
  static final long VIO = 0x71000002L;
  static final long W = 0x800000000000000L;
  static final long CONSOLE = 0x71000000L;

  private Replayed() {}

  static Calls booted() {
    return new Calls().newTable(VIO).newTable(D);
  }

  static Calls made(Calls calls, long liobn, int shift, long start, int windowShift) {
    return calls.newTable(liobn).create(BUID, 0, shift, windowShift, liobn, start, 0);
  }

  /** The state a QEMU log gives, lists left alone. */
  static IommuState log(Calls calls) {
    return replay(calls, new IommuState.Rules(Platform.QEMU, false, true, new Machine()));
  }

  static IommuState linuxLog(Calls calls) {
    return replay(calls, new IommuState.Rules(Platform.QEMU, true, true, new Machine()));
  }

  /** The state a complete account gives on that platform. */
  static IommuState account(Platform platform, Calls calls) {
    return replay(
        calls, new IommuState.Rules(platform, false, false, true, true, new Machine(), Set.of()));
  }

  static IommuState replay(Calls calls, IommuState.Rules rules) {
    return replay(calls, rules, change -> {});
  }

  static IommuState replay(Calls calls, IommuState.Rules rules, Consumer<Change> changes) {
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

  static String runs(IommuState state, long liobn) {
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
}

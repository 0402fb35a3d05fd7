package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Calls on LIOBNs that have no window: taken away, or never there. */
final class DeadWindows implements Check {
  private final WindowHistory history;
  private final Storms storms = new Storms();
  private final Set<DmaWindow> unpluggedInUse = new HashSet<>();

  private final Boots boots;

  DeadWindows(WindowHistory history, Boots boots) {
    this.history = history;
    this.boots = boots;
  }

  @Override
  public int interests() {
    return Signal.DEAD_LIOBN | Signal.UNKNOWN_LIOBN;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (findings.explained() || !event.kind().isTceCall()) {
      return;
    }
    if (change.has(Signal.UNKNOWN_LIOBN)) {
      unknown(event, state, findings);
      return;
    }
    Optional<WindowHistory.Closing> closing = history.closing(event.liobn());
    if (closing.isEmpty() || closing.get().cause() == Change.Cause.HOLE) {
      return;
    }
    Draft draft = dead(event, closing.get(), state, findings);
    draft.count(kindOf(event.kind()), 1);
    if (isMap(event)) {
      putIgnored(event, closing.get(), state, findings);
    } else {
      unplugged(event, closing.get(), findings);
    }
  }

  /** In a recording that begins late the window may be there, and the address outside of it. */
  private void unknown(Event event, IommuState state, Findings findings) {
    if (storms.again(Rule.UNKNOWN_LIOBN, event.liobn(), 0, "", event.ordinal()) != null) {
      return;
    }
    storms.add(
        new Storms.Key(Rule.UNKNOWN_LIOBN, event.liobn(), 0, ""),
        event.ordinal(),
        () ->
            findings
                .report(Rule.UNKNOWN_LIOBN, event.ordinal())
                .liobn(event.liobn())
                .ioba(event)
                .atMost(state.isFromStart(event.liobn()) ? Confidence.CERTAIN : Confidence.INFERRED)
                .message(
                    "{operations} {operations:call names|calls name} LIOBN {liobn}, which had no"
                        + " window so far")
                .evidence(event.ordinal(), "is refused"));
  }

  private Draft dead(
      Event event, WindowHistory.Closing closing, IommuState state, Findings findings) {
    DmaWindow window = closing.window();
    Rule rule = Rule.TCE_OP_AFTER_WINDOW_REMOVAL;
    Draft draft = storms.again(rule, window, "", event.ordinal());
    if (draft != null) {
      return draft;
    }
    return storms.add(
        Storms.Key.of(rule, window, ""),
        event.ordinal(),
        () ->
            ghost(event, closing, findings)
                .or(
                    () ->
                        secondDevice(closing, state)
                            .map(other -> second(event, closing, other, findings)))
                .orElseGet(() -> afterRemoval(event, closing, findings)));
  }

  /** A kernel that booted after the removal takes the device tree's word for the window. */
  private Optional<Draft> ghost(Event event, WindowHistory.Closing closing, Findings findings) {
    OptionalLong boot = boots.since(closing.ordinal());
    boolean removed = closing.cause() == Change.Cause.REMOVE;
    if (boot.isEmpty() || !removed || closing.window().role() != Role.DEFAULT) {
      return Optional.empty();
    }
    boolean crash = boots.crashKernel() > closing.ordinal();
    Rule rule = crash ? Rule.KDUMP_UNINITIALISED_TABLE : Rule.KEXEC_GHOST_DEFAULT_WINDOW;
    return Optional.of(
        describe(findings.report(rule, event.ordinal()), closing)
            .atMost(Confidence.INFERRED)
            .ioba(event)
            .data("boot", boot.getAsLong())
            .message(
                "{operations} {operations:call|calls} of a newly booted kernel on default window"
                    + " {liobn}, which the kernel before it removed")
            .evidence(boot.getAsLong(), "is a boot")
            .evidence(event.ordinal(), "is the first call on the window that is gone"));
  }

  private static Draft afterRemoval(Event event, WindowHistory.Closing closing, Findings findings) {
    return describe(findings.report(Rule.TCE_OP_AFTER_WINDOW_REMOVAL, event.ordinal()), closing)
        .ioba(event)
        .message("{operations} {operations:call|calls} on window {liobn} after it went")
        .evidence(event.ordinal(), "is the first call on the dead window");
  }

  private static Draft describe(Draft draft, WindowHistory.Closing closing) {
    DmaWindow window = closing.window();
    return draft
        .window(window)
        .data("operations", 0L)
        .data("puts", 0L)
        .data("indirects", 0L)
        .data("stuffs", 0L)
        .data("reads", 0L)
        .data("removedBy", closing.ordinal())
        .data("liveAtRemoval", window.inUse().mapped())
        .evidence(closing.ordinal(), "took the window away");
  }

  /**
   * The default window was idle when it went, and another of the PE is at work: only the device
   * whose driver replaced the window knows the new one.
   */
  private static Optional<DmaWindow> secondDevice(WindowHistory.Closing closing, IommuState state) {
    DmaWindow gone = closing.window();
    boolean idleDefault =
        gone.role() == Role.DEFAULT
            && closing.cause() == Change.Cause.REMOVE
            && gone.inUse().mapped() == 0
            && gone.unknown() == 0;
    if (!idleDefault || gone.bridge().buid() == 0) {
      return Optional.empty();
    }
    return state.windows(gone.bridge()).stream().filter(w -> w.peakMapped() > 0).findFirst();
  }

  private static Draft second(
      Event event, WindowHistory.Closing closing, DmaWindow other, Findings findings) {
    return describe(
            findings.report(Rule.SECOND_DEVICE_WITHOUT_WINDOW_ON_PE, event.ordinal()), closing)
        .ioba(event)
        .address("other", other.liobn())
        .data("createdBy", other.openedBy())
        .message(
            "{operations} {operations:call|calls} on default window {liobn}, which was removed for"
                + " {other}: another device of the PE has no window")
        .evidence(other.openedBy(), "made the window that replaced it")
        .evidence(event.ordinal(), "comes from a device that does not know of it");
  }

  private void putIgnored(
      Event event, WindowHistory.Closing closing, IommuState state, Findings findings) {
    Rule rule = Rule.PUT_FAILURE_IGNORED;
    if (storms.again(rule, closing.window(), "", event.ordinal()) != null) {
      return;
    }
    storms.add(
        Storms.Key.of(rule, closing.window(), ""),
        event.ordinal(),
        () ->
            findings
                .report(Rule.PUT_FAILURE_IGNORED, event.ordinal())
                .window(closing.window())
                .ioba(event)
                .data("operations", 0L)
                .data("removedBy", closing.ordinal())
                .message(
                    "{operations} {operations:map|maps} failed because window {liobn} is gone; "
                        + IgnoredFailures.told(state))
                .evidence(closing.ordinal(), "took the window away")
                .evidence(event.ordinal(), "is the first map that fails"));
  }

  /** A late free through the window of a device that is gone (page pools outlive the unplug). */
  private void unplugged(Event event, WindowHistory.Closing closing, Findings findings) {
    DmaWindow window = closing.window();
    boolean late =
        window.bridge().isUnplugged()
            && event.kind() != EventKind.H_GET_TCE
            && event.has(Event.IOBA)
            && window.inUse().isLive(window.indexOf(event.ioba()));
    if (late && unpluggedInUse.add(window)) {
      findings
          .report(Rule.HOT_UNPLUG_WITH_LIVE_TCES, event.ordinal())
          .window(window)
          .ioba(event)
          .data("live", window.inUse().mapped())
          .data("removedBy", closing.ordinal())
          .message(
              "A device went with {live} live {live:entry|entries}; they are freed when {liobn} is"
                  + " gone")
          .evidence(closing.ordinal(), "took the window away while entries were live")
          .evidence(event.ordinal(), "frees one of them, too late");
    }
  }

  /** True for calls that want to map; of an indirect put every recorder shows a value at best. */
  private static boolean isMap(Event event) {
    return event.kind() == EventKind.H_PUT_TCE_INDIRECT
        || (event.kind() == EventKind.H_PUT_TCE && Tce.isMapped(event.tce()));
  }

  private static String kindOf(EventKind kind) {
    return switch (kind) {
      case H_PUT_TCE -> "puts";
      case H_PUT_TCE_INDIRECT -> "indirects";
      case H_STUFF_TCE -> "stuffs";
      default -> "reads"; // the fourth and last of the calls on tables
    };
  }
}

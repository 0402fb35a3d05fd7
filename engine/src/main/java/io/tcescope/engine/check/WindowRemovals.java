package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Windows that go while entries in them are live. What counts is what was live before the guest
 * began to clear the window for its removal; Linux really clears its own windows, but of the
 * default window it clears nothing (a stuff with a count of 0).
 */
final class WindowRemovals implements Check {
  // QEMU's connectors: 0x2000000k is bridge k, 0x400kddff a slot of it.
  private static final long BRIDGE_DRC = 0x20000000;
  private static final int DRC_BRIDGE_SHIFT = 16;
  private static final long DRC_BRIDGES = 0xfff;

  private final WindowHistory history;

  /** Windows whose last clear had a count of 0, and the event that was it. */
  private final Map<DmaWindow, Long> emptyCleans = new HashMap<>();

  WindowRemovals(WindowHistory history) {
    this.history = history;
  }

  @Override
  public int interests() {
    return Signal.CLOSED | Signal.EMPTY;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (change.has(Signal.EMPTY)) {
      emptyClean(event, change.window(), findings);
    }
    if (!change.has(Signal.CLOSED)) {
      return;
    }
    change.closed(Change.Cause.REMOVE).forEach(window -> removed(event, window, findings));
    List<DmaWindow> reset = change.closed(Change.Cause.RESET);
    allAtOnce(Rule.WINDOW_RESET_IN_USE, event, reset, findings);
    List<DmaWindow> unplugged = change.closed(Change.Cause.UNPLUG);
    allAtOnce(Rule.BRIDGE_UNPLUGGED_IN_USE, event, unplugged, findings);
    change.closed().forEach(emptyCleans::remove);
  }

  private void emptyClean(Event event, DmaWindow window, Findings findings) {
    boolean clean =
        event.kind() == EventKind.H_STUFF_TCE
            && !Tce.isMapped(event.tce())
            && window.role() == Role.DEFAULT
            && window.isOpen()
            && event.ioba() == window.start();
    if (clean) {
      emptyCleans.put(window, event.ordinal());
      findings.explain();
    }
  }

  private void removed(Event event, DmaWindow window, Findings findings) {
    Long clean = emptyCleans.remove(window);
    if (clean != null) {
      cleanIsEmpty(event, window, clean, findings);
    }
    if (window.role() == Role.DEFAULT) {
      needless(event, window, clean, findings);
    }
    InUse inUse = InUse.of(window.inUse());
    if (inUse.live() > 0) {
      removedInUse(event, window, inUse, clean, findings);
    }
  }

  private static void cleanIsEmpty(Event event, DmaWindow window, long clean, Findings findings) {
    boolean whole = window.unknown() == 0;
    String live = (whole ? "" : "at least ") + "{live} {live:entry stays|entries stay} live";
    Draft draft =
        findings
            .report(Rule.DEFAULT_WINDOW_CLEAN_IS_EMPTY, clean)
            .window(window)
            .ioba(window.start())
            .data("live", window.mapped())
            .message(
                "The clear of default window {liobn} has a count of 0; "
                    + (whole || window.mapped() > 0 ? live : "what stays live is not known"))
            .evidence(clean, "clears 0 entries")
            .evidence(event.ordinal(), "removes the window");
    if (!whole) {
      draft.data("unknown", window.unknown());
    }
  }

  /**
   * The guest was told that it could have one window more, and nobody has made one since; the
   * history has counted this removal already.
   */
  private void needless(Event event, DmaWindow window, @Nullable Long clean, Findings findings) {
    long buid = window.bridge().buid();
    history
        .query(buid)
        .filter(query -> query.available() > 0 && history.available(buid) > 1)
        .ifPresent(
            query ->
                findings
                    .report(Rule.DEFAULT_WINDOW_REMOVED_NEEDLESSLY, event.ordinal())
                    .atMost(asDefault(window, clean))
                    .window(window)
                    .data("available", query.available())
                    .message(
                        "Default window {liobn} removed although the last query told that"
                            + " {available} more could be made")
                    .evidence(query.ordinal(), "tells the windows available")
                    .evidence(event.ordinal(), "removes the default window"));
  }

  /**
   * How sure it is that a window is the default one: one that was there before the recording is
   * taken for it by its LIOBN, but only the default one is removed after a clear of nothing.
   */
  private static Confidence asDefault(DmaWindow window, @Nullable Long clean) {
    return window.openedBy() != 0 || clean != null ? Confidence.CERTAIN : Confidence.INFERRED;
  }

  private static void removedInUse(
      Event event, DmaWindow window, InUse inUse, @Nullable Long clean, Findings findings) {
    boolean isDefault = window.role() == Role.DEFAULT;
    boolean swept = window.sweep().isComplete();
    Rule rule = isDefault ? Rule.DEFAULT_WINDOW_REMOVED_IN_USE : Rule.WINDOW_REMOVED_IN_USE;
    Draft draft = inUse.describe(findings.report(rule, event.ordinal()));
    draft.atMost(isDefault ? asDefault(window, clean) : Confidence.CERTAIN);
    draft.message(
        (isDefault ? "Default window" : "Window")
            + " {liobn} removed with "
            + InUse.liveEntries(draft)
            + ", {firstIoba..lastIoba}");
    if (!isDefault && window.mapping() == Mapping.DIRECT && swept) {
      draft.severity(Severity.INFO).data("mapping", "direct");
    }
    inUse.witnesses(draft);
    if (swept) {
      draft.evidence(window.sweep().firstEvent(), "begins to clear the whole window");
    }
    if (clean != null) {
      draft.evidence(clean, "clears 0 entries, so all stay live");
    }
    draft.evidence(event.ordinal(), "removes the window");
  }

  /** All windows of a PE go with one event. */
  private static void allAtOnce(Rule rule, Event event, List<DmaWindow> closed, Findings findings) {
    Draft draft = null;
    List<String> windows = new ArrayList<>();
    for (DmaWindow window : closed) {
      InUse inUse = InUse.of(window.inUse());
      if (inUse.live() == 0) {
        continue;
      }
      windows.add(Hex.of(window.liobn()));
      if (draft == null) {
        draft = inUse.describe(findings.report(rule, event.ordinal()));
      } else {
        inUse.add(draft);
      }
      inUse.witnesses(draft);
    }
    if (draft != null) {
      draft.data("windows", windows).evidence(event.ordinal(), "takes the windows away");
      String live = InUse.liveEntries(draft);
      if (rule == Rule.WINDOW_RESET_IN_USE) {
        draft.message("{windows:Window|Windows} {windows} reset with " + live);
      } else {
        draft
            .address("buid", closed.getFirst().bridge().buid())
            .message(
                "Bridge {buid} unplugged with " + live + " in {windows:window|windows} {windows}");
      }
      if (event.kind() == EventKind.DRC_UNREALIZE) {
        draft.address("drc", BRIDGE_DRC | (event.id() >>> DRC_BRIDGE_SHIFT & DRC_BRIDGES));
      }
    }
  }
}

package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.Unmaps;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Numbering;
import io.tcescope.engine.state.Signal;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Collects maps that fail, table by table. Unmaps that fail there are the same trouble, and counted
 * apart.
 */
final class RefusedCalls {
  private final Trace trace;
  private final Troubles troubles;
  private final Trails trails;

  RefusedCalls(Trace trace, Troubles troubles, Trails trails) {
    this.trace = trace;
    this.troubles = troubles;
    this.trails = trails;
  }

  /** A call on a table; a clear of no entry at all is how Linux "cleans" a window. */
  void call(Event event, Change change, IommuState state) {
    boolean counts =
        event.has(Event.STATUS | Event.LIOBN)
            && !event.succeeded()
            && event.kind() != EventKind.H_GET_TCE
            && event.status() != HcallStatus.H_TOO_HARD
            && !change.has(Signal.EMPTY);
    if (!counts) {
      return;
    }
    Symptom.Presence window = presence(event, state);
    SymptomDraft trouble =
        failed(
            event,
            Unmaps.isUnmap(event),
            table(event, window, state),
            () -> begun(event, window, state));
    if (trouble.isNotTold() && window != Symptom.Presence.NOT_TOLD) {
      trouble.inWindow(window, trails.of(event.liobn(), address(event, state), false, state));
    }
  }

  /** A hypervisor call of which a tracer shows opcode and status only. */
  void bareCall(Event event, IommuState state) {
    BareCall call = BareCall.of(event);
    if (call == null || !call.failed()) {
      return;
    }
    boolean named = event.has(Event.LIOBN);
    Symptom.Presence window = named ? presence(event, state) : Symptom.Presence.NOT_TOLD;
    OptionalLong buid = named ? Numbering.buidOfLiobn(event.liobn()) : OptionalLong.empty();
    String text = call + " failed: " + HcallStatus.name(event.status());
    failed(
        event,
        call.kind() == EventKind.H_STUFF_TCE,
        named ? table(event, window, state) : call.table() + " " + window,
        () -> new SymptomDraft(SymptomKind.PUT_FAILED, event, text).of("", buid));
  }

  private SymptomDraft failed(
      Event event, boolean unmap, String place, Supplier<SymptomDraft> fresh) {
    SymptomDraft trouble = troubles.get(SymptomKind.PUT_FAILED, place);
    if (trouble == null) {
      trouble = troubles.put(place, fresh.get());
    } else if (!unmap && trouble.isOfUnmapsOnly()) {
      trouble = troubles.put(place, fresh.get().after(trouble));
    }
    trouble.names(event);
    int recorder = trace.recorder(event.file());
    if (unmap) {
      trouble.seenUnmap(event, recorder);
    } else {
      trouble.seen(event, recorder);
    }
    return trouble;
  }

  private SymptomDraft begun(Event event, Symptom.Presence window, IommuState state) {
    OptionalLong ioba = address(event, state);
    SymptomDraft trouble =
        new SymptomDraft(SymptomKind.PUT_FAILED, event, text(event))
            .of("", bridge(event, state))
            .madeAt(state.window(event.liobn()).openedBy())
            .inWindow(window, trails.of(event.liobn(), ioba, false, state));
    ioba.ifPresent(trouble::at);
    return trouble;
  }

  /**
   * What makes two calls the same trouble: the LIOBN, which of its windows, and whether that was
   * there. Calls on whatever LIOBN that never named a window are one.
   */
  private static String table(Event event, Symptom.Presence window, IommuState state) {
    DmaWindow named = state.window(event.liobn());
    Symptom.Presence presence = named.isOpen() ? Symptom.Presence.THERE : window;
    return presence == Symptom.Presence.NEVER
        ? "no table"
        : event.liobn() + "#" + named.generation() + " " + presence;
  }

  private static String text(Event event) {
    return event.has(Event.WITNESS)
        ? Symptoms.firstLine(event.text())
        : event.kind().call()
            + " on "
            + Hex.of(event.liobn())
            + " failed: "
            + HcallStatus.name(event.status());
  }

  private static Symptom.Presence presence(Event event, IommuState state) {
    DmaWindow window = state.window(event.liobn());
    if (window == DmaWindow.NONE) {
      boolean told = state.rules().showsTables() && !event.has(Event.WITNESS);
      return told ? Symptom.Presence.NEVER : Symptom.Presence.NOT_TOLD;
    }
    if (!window.isOpen()) {
      return Symptom.Presence.GONE;
    }
    return event.has(Event.WITNESS) ? Symptom.Presence.NOT_TOLD : Symptom.Presence.THERE;
  }

  /** The bus address of a call; a guest's log counts it in pages of the table. */
  private static OptionalLong address(Event event, IommuState state) {
    if (event.has(Event.IOBA) && !event.has(Event.IOBA_IS_END)) {
      return OptionalLong.of(event.ioba());
    }
    DmaWindow window = state.window(event.liobn());
    return event.has(Event.TCE_NUMBER) && window.hasGeometry()
        ? OptionalLong.of(event.tceNumber() << window.pageShift())
        : OptionalLong.empty();
  }

  /** The bridge that a record names, or that of its LIOBN. */
  static OptionalLong bridge(Event event, IommuState state) {
    if (event.has(Event.BUID)) {
      return OptionalLong.of(event.buid());
    }
    if (!event.has(Event.LIOBN)) {
      return OptionalLong.empty();
    }
    long buid = state.window(event.liobn()).bridge().buid();
    return buid == 0 ? Numbering.buidOfLiobn(event.liobn()) : OptionalLong.of(buid);
  }
}

package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What guests do with windows and mappings between a PE's freeze and the end of its recovery. */
final class FrozenPes implements Check {
  private static final String SET_OPTION = "ibm,set-eeh-option";
  private static final String SLOT_RESET = "ibm,set-slot-reset";
  private static final long RELEASE_DMA = 3;
  private static final String CALLS =
      "{operations} window {operations:call|calls} for PE {buid} while it was frozen";

  /** Mappings remembered as made while frozen. */
  private static final int MADE_KEPT = 4096;

  private record Entry(DmaWindow window, long index) {}

  private static final class Freeze {
    final long ordinal;
    final Set<Entry> made = new HashSet<>();
    boolean reset;
    long cleared;
    long firstClear;
    @Nullable Draft operations;

    Freeze(long ordinal) {
      this.ordinal = ordinal;
    }

    void made(Change change) {
      long most = Math.min(change.pages(), MADE_KEPT - made.size());
      for (long i = 0; i < most; i++) {
        made.add(new Entry(change.window(), change.first() + i));
      }
    }

    /** How many of the entries just cleared were made since the freeze; a clear may name many. */
    long unmade(Change change) {
      long before = made.size();
      long first = change.first();
      long end = first + change.pages();
      if (change.pages() > before) {
        made.removeIf(
            one -> one.window == change.window() && one.index >= first && one.index < end);
      } else {
        for (long index = first; index < end; index++) {
          made.remove(new Entry(change.window(), index));
        }
      }
      return before - made.size();
    }
  }

  /** By PCI domain: a guest's log names its PEs so, known or not. */
  private final Map<Long, Freeze> frozen = new LinkedHashMap<>();

  @Override
  public int interests() {
    return Signal.RECORD
        | (frozen.isEmpty() ? 0 : Signal.WINDOW_CALL | Signal.CLEARED | Signal.MAPPED);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    switch (event.kind()) {
      case EEH -> told(event);
      case LOG -> {
        if (!frozen.isEmpty()) { // else there is nothing that could be over
          told(event);
        }
      }
      case RTAS -> rtas(event, findings);
      case CREATE_PE_DMA_WINDOW, REMOVE_PE_DMA_WINDOW, RESET_PE_DMA_WINDOW ->
          windowCall(event, change, findings);
      default -> {
        Freeze freeze = of(change.window().bridge());
        if (freeze != null && event.kind().isTceCall()) {
          written(event, change, freeze);
        }
      }
    }
  }

  @Override
  public void rebooted() {
    frozen.clear();
  }

  private @Nullable Freeze of(Bridge bridge) {
    return bridge == Bridge.NONE ? null : frozen.get(PciDomain.number(bridge.buid()));
  }

  private void told(Event event) {
    long domain = PciDomain.number(event);
    if (FreezeRecords.isOver(event)) {
      over(domain);
    } else if (event.kind() == EventKind.EEH
        && domain != PciDomain.UNKNOWN
        && !FreezeRecords.isRecovery(event)) {
      frozen.putIfAbsent(domain, new Freeze(event.ordinal()));
    }
  }

  /** The kernel's last words on a recovery name the device, or nothing at all. */
  private void over(long domain) {
    if (domain == PciDomain.UNKNOWN) {
      frozen.clear();
    } else {
      frozen.remove(domain);
    }
  }

  private void windowCall(Event event, Change change, Findings findings) {
    long buid = event.has(Event.BUID) ? event.buid() : change.window().bridge().buid();
    Freeze freeze = frozen.get(PciDomain.number(buid));
    if (freeze == null) {
      return;
    }
    Draft draft = freeze.operations;
    if (draft == null) {
      draft =
          findings
              .report(Rule.WINDOW_OPS_WHILE_FROZEN, event.ordinal())
              .address("buid", buid)
              .data("operations", 0L)
              .message(CALLS)
              .evidence(freeze.ordinal, "freezes the PE");
      freeze.operations = draft;
    }
    draft.count("operations", 1).evidence(event.ordinal(), "changes its windows");
    if (event.kind() == EventKind.CREATE_PE_DMA_WINDOW && change.has(Signal.REFUSED)) {
      draft
          .severity(Severity.ERROR)
          .data("status", event.status())
          .message(CALLS + "; a create failed ({status})");
    }
  }

  private static void written(Event event, Change change, Freeze freeze) {
    if (change.has(Signal.MAPPED)) {
      freeze.made(change);
    } else if (change.has(Signal.CLEARED)) {
      long others = change.pages() - freeze.unmade(change);
      if (others > 0 && freeze.cleared == 0) {
        freeze.firstClear = event.ordinal();
      }
      freeze.cleared += others;
    }
  }

  private void rtas(Event event, Findings findings) {
    Freeze freeze = event.has(Event.BUID | Event.ID) ? frozen.get(PciDomain.number(event)) : null;
    if (freeze == null) {
      return;
    }
    if (event.name().equals(SLOT_RESET)) {
      freeze.reset |= event.id() != 0;
    } else if (event.name().equals(SET_OPTION)
        && event.id() == RELEASE_DMA
        && !freeze.reset
        && freeze.cleared > 0) {
      findings
          .report(Rule.THAW_DMA_WITH_STALE_MAPPINGS, event.ordinal())
          .address("buid", event.buid())
          .data("cleared", freeze.cleared)
          .message(
              "DMA of PE {buid} was released without a reset; {cleared} {cleared:entry was|entries"
                  + " were} cleared meanwhile")
          .evidence(freeze.ordinal, "freezes the PE")
          .evidence(freeze.firstClear, "clears a mapping of before")
          .evidence(event.ordinal(), "releases DMA");
      freeze.cleared = 0;
    }
  }
}

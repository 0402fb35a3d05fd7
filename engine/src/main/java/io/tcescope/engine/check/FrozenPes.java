package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What guests do with windows and mappings between a PE's freeze and the end of its recovery. */
final class FrozenPes implements Check {
  private static final String SET_OPTION = "ibm,set-eeh-option";
  private static final String SLOT_RESET = "ibm,set-slot-reset";
  private static final long RELEASE_DMA = 3;

  /** The recovery is over, one way or the other. */
  private static final Pattern OVER =
      Pattern.compile(
          "(?i)recovered|recovery (?:successful|failed)|EEH: finished:\\s*'resume|thaw|unable to"
              + " recover");

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
  }

  private final Map<Long, Freeze> frozen = new LinkedHashMap<>();

  @Override
  public int interests() {
    return Signal.RECORD
        | (frozen.isEmpty() ? 0 : Signal.WINDOW_CALL | Signal.CLEARED | Signal.MAPPED);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    switch (event.kind()) {
      case EEH -> eeh(event, state);
      case LOG -> {
        if (!frozen.isEmpty() && OVER.matcher(event.text()).find()) {
          over(event, state);
        }
      }
      case RTAS -> rtas(event, findings);
      case CREATE_PE_DMA_WINDOW, REMOVE_PE_DMA_WINDOW, RESET_PE_DMA_WINDOW ->
          windowCall(event, change, findings);
      default -> {
        Freeze freeze = frozen.get(change.window().bridge().buid());
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

  private void eeh(Event event, IommuState state) {
    if (OVER.matcher(event.text()).find()) {
      over(event, state);
    } else if (!Freezes.isRecovery(event)) {
      PciDomain.buid(event, state)
          .ifPresent(buid -> frozen.putIfAbsent(buid, new Freeze(event.ordinal())));
    }
  }

  /** The kernel's last words on a recovery name the device, or nothing at all. */
  private void over(Event event, IommuState state) {
    PciDomain.buid(event, state).ifPresentOrElse(frozen::remove, frozen::clear);
  }

  private void windowCall(Event event, Change change, Findings findings) {
    long buid = event.has(Event.BUID) ? event.buid() : change.window().bridge().buid();
    Freeze freeze = frozen.get(buid);
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
              .message(
                  "{operations} window {operations:call|calls} for PE {buid} while it was frozen")
              .evidence(freeze.ordinal, "freezes the PE");
      freeze.operations = draft;
    }
    draft.count("operations", 1).evidence(event.ordinal(), "changes its windows");
    if (event.kind() == EventKind.CREATE_PE_DMA_WINDOW && change.has(Signal.REFUSED)) {
      draft.severity(Severity.ERROR).data("status", event.status());
    }
  }

  private static void written(Event event, Change change, Freeze freeze) {
    for (long i = 0; i < change.pages(); i++) {
      Entry entry = new Entry(change.window(), change.first() + i);
      if (change.has(Signal.MAPPED) && freeze.made.size() < MADE_KEPT) {
        freeze.made.add(entry);
      } else if (change.has(Signal.CLEARED) && !freeze.made.remove(entry)) {
        freeze.firstClear = freeze.cleared++ == 0 ? event.ordinal() : freeze.firstClear;
      }
    }
  }

  private void rtas(Event event, Findings findings) {
    Freeze freeze = event.has(Event.BUID | Event.ID) ? frozen.get(event.buid()) : null;
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

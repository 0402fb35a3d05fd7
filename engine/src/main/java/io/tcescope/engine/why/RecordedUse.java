package io.tcescope.engine.why;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Role;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether a default window was in use when it was removed, where the recorder left a kind of call
 * out so that no table is known: entries that recorded calls filled and no recorded one cleared say
 * so, and the more when calls on the window fail from then on.
 */
final class RecordedUse implements Observer {
  /** No default window has so many: this would be one of 64 GiB. */
  private static final int MOST_ENTRIES = 1 << 24;

  /** Filled entries and the call that filled one last, of a window by its name. */
  private static final class Use {
    final BitSet entries = new BitSet();
    long lastFilled;
  }

  private record Loss(DmaWindow window, long removal, Use use) {}

  private final Map<String, Use> uses = new HashMap<>();
  private final List<Loss> losses = new ArrayList<>();

  @Override
  public void on(Event event, Change change, IommuState state) {
    if (state.rules().unrecorded().isEmpty()) {
      return;
    }
    if (isWrite(event) && change.placeKnown() && change.window().role() == Role.DEFAULT) {
      wrote(event, change);
    }
    for (DmaWindow window : change.closed()) {
      Use use = uses.remove(window.toString());
      if (use != null && !use.entries.isEmpty() && window.closedFor() == Change.Cause.REMOVE) {
        losses.add(new Loss(window, event.ordinal(), use));
      }
    }
  }

  private static boolean isWrite(Event event) {
    return event.kind().isTceCall() && event.kind() != EventKind.H_GET_TCE && event.succeeded();
  }

  private void wrote(Event event, Change change) {
    int end = (int) Math.min(change.first() + change.pages(), MOST_ENTRIES);
    if (change.first() >= end) {
      return;
    }
    boolean fills = Tce.isMapped(event.tce());
    Use use = uses.computeIfAbsent(change.window().toString(), window -> new Use());
    use.entries.set((int) change.first(), end, fills);
    use.lastFilled = fills ? event.ordinal() : use.lastFilled;
  }

  /** The removals of windows that were used so, if calls on them failed later. */
  List<Suspect> suspects(List<Symptom> symptoms, Set<EventKind> unrecorded) {
    List<Suspect> all = new ArrayList<>();
    for (Loss loss : losses) {
      failedAfter(loss, symptoms)
          .map(failed -> suspect(loss, failed, confidence(unrecorded)))
          .ifPresent(all::add);
    }
    return all;
  }

  private static Optional<Symptom> failedAfter(Loss loss, List<Symptom> symptoms) {
    OptionalLong liobn = OptionalLong.of(loss.window.liobn());
    return symptoms.stream()
        .filter(one -> one.kind() == SymptomKind.PUT_FAILED && one.liobn().equals(liobn))
        .filter(one -> one.ordinal() > loss.removal && one.reset() <= loss.removal)
        .findFirst();
  }

  /** Puts and stuffs clear; of Linux's indirect puts none does, so without them nothing is gone. */
  private static Confidence confidence(Set<EventKind> unrecorded) {
    return unrecorded.equals(EnumSet.of(EventKind.H_PUT_TCE_INDIRECT))
        ? Confidence.INFERRED
        : Confidence.LOW;
  }

  private static Suspect suspect(Loss loss, Symptom failed, Confidence confidence) {
    String liobn = Hex.of(loss.window.liobn());
    long buid = loss.window.bridge().buid();
    return new Suspect(
        Rule.DEFAULT_WINDOW_REMOVED_IN_USE,
        confidence,
        true,
        loss.removal,
        buid == 0 ? OptionalLong.empty() : OptionalLong.of(buid),
        OptionalLong.of(loss.window.liobn()),
        "Default window %s removed although no recorded call had cleared %,d entries in it"
            .formatted(liobn, loss.use.entries.cardinality()),
        List.of(
            new Evidence(loss.use.lastFilled, "is the last call that fills entries"),
            new Evidence(loss.removal, "removes " + liobn),
            new Evidence(failed.ordinal(), "is the first call to fail after it")));
  }
}

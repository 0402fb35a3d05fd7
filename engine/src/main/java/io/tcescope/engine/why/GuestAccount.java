package io.tcescope.engine.why;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a guest's own recordings imply, where no host recording tells what the tables hold: which
 * window went, whether it was in use, and where the new one came to lie.
 */
final class GuestAccount implements Observer {
  private static final long FOUR_GIGABYTES = 1L << 32;

  private final ToldWindowCalls calls = new ToldWindowCalls();
  private final TableTraffic traffic = new TableTraffic();

  @Override
  public void on(Event event, Change change, IommuState state) {
    traffic.on(event, change, state);
    calls.on(event, change, state);
    if (calls.removedNow()) {
      traffic.windowRemoved(event.ordinal());
    }
  }

  /** The creation of a window, empty if the recording does not show it. */
  Optional<ToldWindowCalls.Creation> creation(OptionalLong liobn, OptionalLong buid, long before) {
    return calls.creation(liobn, buid, before);
  }

  /**
   * What follows from the guest's account.
   *
   * @param hostTells true if another recorder saw the tables, which then knows better
   */
  List<Suspect> suspects(List<Symptom> symptoms, boolean hostTells) {
    List<Suspect> all = new ArrayList<>();
    for (Removal removal : calls.removals()) {
      if (!hostTells) {
        overlap(removal).ifPresent(all::add);
        taken(removal, symptoms).ifPresent(all::add);
      }
      tooHigh(removal, symptoms).ifPresent(all::add);
    }
    symptoms.stream()
        .filter(symptom -> symptom.kind() == SymptomKind.DDW_MAP_FAILED)
        .forEach(symptom -> notFilled(symptom).ifPresent(all::add));
    return all;
  }

  /**
   * A window that gets the removed one's LIOBN but not address 0 was placed beside another one that
   * the guest does not know of (RULES.md W2, W3).
   */
  private Optional<Suspect> overlap(Removal removal) {
    return calls
        .nextCreation(removal)
        .filter(made -> made.liobn() == removal.liobn() && made.start() != 0)
        .filter(made -> removal.available() == 0)
        .map(
            made ->
                new Suspect(
                    Rule.WINDOWS_OVERLAP,
                    Confidence.INFERRED,
                    true,
                    made.ordinal(),
                    removal.buid(),
                    OptionalLong.of(made.liobn()),
                    "The new window on "
                        + Hex.of(made.liobn())
                        + " was placed at "
                        + Hex.of(made.start())
                        + " although the bridge had no window that the guest knows of: another one,"
                        + " made by firmware, must already be there",
                    List.of(
                        new Evidence(removal.query(), "tells that no window is available"),
                        new Evidence(removal.ordinal(), "removes the default window"),
                        new Evidence(
                            made.ordinal(), "makes the new window, on top of the unknown one"))));
  }

  /** What a default window's removal did to the devices that were, or came to be, in it. */
  private Optional<Suspect> taken(Removal removal, List<Symptom> symptoms) {
    List<Symptom> failures = symptoms.stream().filter(one -> failedFor(one, removal)).toList();
    Optional<Symptom> failed = failures.stream().findFirst();
    Optional<Long> live =
        failures.stream()
            .flatMap(one -> traffic.livePages(one, removal.ordinal()).stream())
            .findFirst();
    boolean inUse = live.map(pages -> pages > 0).orElse(removal.wasInUse());
    boolean suffered = symptoms.stream().anyMatch(one -> removal.isInItsBoot(one.ordinal()));
    if (failed.isEmpty() && !(removal.wasInUse() && suffered)) {
      return Optional.empty();
    }
    List<Evidence> evidence = new ArrayList<>();
    removal.workedBefore().ifPresent(evidence::add);
    evidence.add(new Evidence(removal.ordinal(), "removes " + Hex.of(removal.liobn())));
    failed.ifPresent(
        one -> evidence.add(new Evidence(one.ordinal(), "is the first call to fail after it")));
    return Optional.of(
        new Suspect(
            inUse ? Rule.DEFAULT_WINDOW_REMOVED_IN_USE : Rule.SECOND_DEVICE_WITHOUT_WINDOW_ON_PE,
            failed.isPresent() ? Confidence.INFERRED : Confidence.LOW,
            failed.isPresent(),
            removal.ordinal(),
            removal.buid(),
            OptionalLong.of(removal.liobn()),
            inUse ? inUse(removal, live) : idle(removal, failed),
            evidence));
  }

  private boolean failedFor(Symptom symptom, Removal removal) {
    if (symptom.kind() != SymptomKind.PUT_FAILED || !removal.isInItsBoot(symptom.ordinal())) {
      return false;
    }
    return symptom.liobn().isPresent()
        ? symptom.liobn().getAsLong() == removal.liobn()
        : traffic.brokenBy(symptom, removal.ordinal());
  }

  private static String inUse(Removal removal, Optional<Long> live) {
    String how =
        live.map(pages -> " while the guest had " + pages + " pages allocated in it")
            .orElse(
                removal.isTested()
                    ? " although devices of the bridge were at work"
                    : " without looking whether it was in use (Linux before 5.15 does not)");
    return "The kernel removed default window " + Hex.of(removal.liobn()) + how;
  }

  private String idle(Removal removal, Optional<Symptom> failed) {
    String asker = removal.asker().isEmpty() ? "one device" : removal.asker();
    List<String> others =
        calls.othersOn(removal, failed.map(Symptom::ordinal).orElse(Long.MAX_VALUE));
    boolean named = others.size() == 1 && !removal.asker().isEmpty();
    return "The kernel found default window "
        + Hex.of(removal.liobn())
        + " idle and removed it for "
        + asker
        + "; another device of the bridge"
        + (named ? ", " + others.getFirst() + "," : "")
        + " then used it";
  }

  /** A device that cannot reach the only window there is, since the low one was removed. */
  private Optional<Suspect> tooHigh(Removal removal, List<Symptom> symptoms) {
    Optional<Symptom> complaint =
        symptoms.stream()
            .filter(one -> one.kind() == SymptomKind.NOT_ADDRESSABLE)
            .filter(one -> one.buid().isPresent() && one.buid().equals(removal.buid()))
            .filter(one -> removal.isInItsBoot(one.ordinal()))
            .findFirst();
    boolean high =
        calls
            .nextCreation(removal)
            .filter(made -> Long.compareUnsigned(made.start(), FOUR_GIGABYTES) >= 0)
            .isPresent();
    return complaint
        .filter(one -> high)
        .map(
            one ->
                new Suspect(
                    Rule._32_BIT_DEVICE_LEFT_WITHOUT_WINDOW,
                    Confidence.INFERRED,
                    true,
                    removal.ordinal(),
                    removal.buid(),
                    OptionalLong.of(removal.liobn()),
                    "The bridge's only window lies above 4 GiB since default window "
                        + Hex.of(removal.liobn())
                        + " was removed for another device",
                    List.of(
                        new Evidence(removal.ordinal(), "removes " + Hex.of(removal.liobn())),
                        new Evidence(one.ordinal(), "is a device that cannot reach the new one"))));
  }

  /** A window was made, and the kernel could not fill it. */
  private Optional<Suspect> notFilled(Symptom symptom) {
    return calls
        .creation(symptom.liobn(), symptom.buid(), symptom.ordinal())
        .map(
            made ->
                new Suspect(
                    Rule.DIRECT_FILL_INCOMPLETE,
                    Confidence.INFERRED,
                    true,
                    made.ordinal(),
                    symptom.buid(),
                    made.liobn() == 0 ? OptionalLong.empty() : OptionalLong.of(made.liobn()),
                    "The window of "
                        + made.entries()
                        + " entries, page shift "
                        + made.pageShift()
                        + ", could not be filled with all of memory",
                    List.of(
                        new Evidence(made.ordinal(), "makes the window"),
                        new Evidence(symptom.ordinal(), "tells that a call to fill it failed"))));
  }
}

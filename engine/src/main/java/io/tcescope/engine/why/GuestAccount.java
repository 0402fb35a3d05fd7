package io.tcescope.engine.why;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a guest's own log implies about windows, where no host recording tells: which window went,
 * whether the kernel looked if it was in use, and where the new one came to lie.
 */
final class GuestAccount implements Observer {
  private static final long WINDOW_NUMBER = 0xff;

  /** Up to 5.14 the kernel says "direct window"; those versions remove without an in-use test. */
  private static final String BEFORE_IN_USE_TEST = "removed direct window";

  private record Removal(long ordinal, long liobn, boolean tested) {}

  private record Failure(long first, long last, long count) {}

  private final Map<Long, Removal> removals = new HashMap<>();
  private final Map<Long, Failure> failures = new HashMap<>();
  private final Map<Long, Long> lastAvailable = new HashMap<>();
  private final List<Suspect> suspects = new ArrayList<>();

  @Override
  public void on(Event event, Change change, IommuState state) {
    switch (event.kind()) {
      case QUERY_PE_DMA_WINDOW -> {
        if (event.has(Event.BUID | Event.AVAILABLE) && !removals.containsKey(event.buid())) {
          lastAvailable.put(event.buid(), event.available());
        }
      }
      case REMOVE_PE_DMA_WINDOW -> removed(event);
      case CREATE_PE_DMA_WINDOW -> created(event);
      case H_PUT_TCE, H_PUT_TCE_INDIRECT, H_STUFF_TCE -> failed(event);
      default -> {}
    }
  }

  private static boolean isDefault(long liobn) {
    return (liobn & WINDOW_NUMBER) == 0;
  }

  private void removed(Event event) {
    OptionalLong buid = Suspect.buidOf(event.liobn());
    if (event.succeeded() && isDefault(event.liobn()) && buid.isPresent()) {
      boolean tested = !event.text().contains(BEFORE_IN_USE_TEST);
      removals.put(
          buid.getAsLong(), new Removal(event.ordinal(), event.liobn(), tested || !isText(event)));
    }
  }

  private static boolean isText(Event event) {
    return event.text().contains("window");
  }

  /**
   * A window that gets the removed one's LIOBN but not address 0 was placed beside another one that
   * the guest does not know of (qemu-recordings.md rules 8 and 9).
   */
  private void created(Event event) {
    if (!event.succeeded() || !event.has(Event.BUID | Event.LIOBN | Event.START)) {
      return;
    }
    Removal removal = removals.get(event.buid());
    if (removal == null || removal.liobn != event.liobn() || event.start() == 0) {
      return;
    }
    if (lastAvailable.getOrDefault(event.buid(), 0L) != 0) {
      return;
    }
    suspects.add(
        new Suspect(
            "windows-overlap",
            Confidence.INFERRED,
            true,
            event.ordinal(),
            OptionalLong.of(event.buid()),
            "The new window on "
                + hex(event.liobn())
                + " was placed at "
                + hex(event.start())
                + " although the bridge had no window that the guest knows of: another one, made by"
                + " firmware, must already be there",
            List.of(
                new Evidence(removal.ordinal, "removed the default window"),
                new Evidence(
                    event.ordinal(), "made the new window, on top of one unknown to Linux"))));
  }

  private void failed(Event event) {
    if (event.has(Event.LIOBN | Event.STATUS) && !event.succeeded()) {
      failures.merge(
          event.liobn(),
          new Failure(event.ordinal(), event.ordinal(), 1),
          (a, b) -> new Failure(a.first, b.last, a.count + 1));
    }
  }

  /** What the account implies; asked at the end. */
  List<Suspect> suspects() {
    List<Suspect> all = new ArrayList<>(suspects);
    removals.forEach((buid, removal) -> addRemoval(all, buid, removal));
    return all;
  }

  private void addRemoval(List<Suspect> all, long buid, Removal removal) {
    Failure failure = failures.get(removal.liobn);
    if (removal.tested && failure == null) {
      return;
    }
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence(removal.ordinal, "removed default window " + hex(removal.liobn)));
    if (failure != null) {
      evidence.add(new Evidence(failure.first, "is the first call on the removed window to fail"));
    }
    String rule =
        removal.tested ? "second-device-without-window-on-pe" : "default-window-removed-in-use";
    String message =
        removal.tested
            ? "The kernel found default window "
                + hex(removal.liobn)
                + " idle and removed it; another device of the bridge goes on with it"
            : "The kernel removed default window "
                + hex(removal.liobn)
                + " without looking whether it was in use";
    all.add(
        new Suspect(
            rule,
            failure == null ? Confidence.LOW : Confidence.INFERRED,
            failure != null,
            removal.ordinal,
            OptionalLong.of(buid),
            message,
            evidence));
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}

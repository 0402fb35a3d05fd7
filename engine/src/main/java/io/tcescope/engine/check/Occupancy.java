package io.tcescope.engine.check;

import static io.tcescope.engine.event.Phrases.phrase;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Phrases;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Suppressed;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.state.Usage;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Windows that fill up. A map that finds no room makes no call, so the signs are the guest's own
 * complaint, a full table, or the same few entries of a small table mapped over and over.
 */
final class Occupancy implements Check {
  private static final String SAID = "iommu_alloc failed";

  private static final Phrases<Rule> COMPLAINT =
      new Phrases<>(
          List.of(
              phrase(
                  SAID,
                  "(?<domain>[0-9a-f]{4}):[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7].*iommu_alloc failed"
                      + ".* npages (?<pages>\\d{1,9})",
                  Rule.IOMMU_POOL_EXHAUSTED)));

  /** QEMU's bridge k is PCI domain k of the guest. */
  private static final long DOMAIN_MASK = 0xffff;

  private static final long FULL_PERCENT = 90;
  private static final long SMALL_WINDOW = 4096;

  /** Below, the pools' arithmetic says nothing. */
  private static final long SMALLEST_WINDOW = 16;

  private static final long MANY_MAPS = 2000;
  private static final long FEW_SHARE = 8;
  private static final long CIRCLING_PERCENT = 95;

  private static final String LIVELOCK =
      ": what fits is mapped, the rest fails, all is tried again";

  /** Maps of a small window, and which entries they were. */
  private static final class Traffic {
    final BitSet entries = new BitSet();
    long maps;
    long firstMap;
  }

  private final boolean entriesKnown;

  private final RefusedMaps refused = new RefusedMaps();

  /** Only a recording of the guest can hold its complaints as plain lines. */
  private final boolean guestSpeaks;

  /** The kernel left out complaints: which, and of what window, it does not say. */
  private boolean isLimited;

  private final Storms storms = new Storms();
  private final Map<DmaWindow, Traffic> small = new HashMap<>();
  private final Map<DmaWindow, Traffic> circling = new HashMap<>();
  private final Map<DmaWindow, Draft> complaints = new HashMap<>();
  private final Map<Draft, RequestSizes> sizes = new LinkedHashMap<>();

  Occupancy(Set<SourceKind> sources) {
    entriesKnown = sources.stream().anyMatch(SourceKind::tellsTables);
    guestSpeaks = !sources.stream().allMatch(SourceKind::isQemu);
  }

  @Override
  public int interests() {
    return Signal.RECORD
        | Signal.OPENED
        | Signal.CLOSED
        | RefusedMaps.INTERESTS
        | (refused.isEmpty() && small.isEmpty() ? 0 : Signal.MAPPED);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    refused.note(event, change);
    if (!change.has(Signal.RECORD | Signal.OPENED | Signal.CLOSED | Signal.MAPPED)) {
      return; // nothing is made for the many calls that fail
    }
    for (DmaWindow window : change.opened()) {
      if (window.role() == Role.DDW && window.entries() <= SMALL_WINDOW) {
        small.put(window, new Traffic());
      }
    }
    for (DmaWindow window : change.closed()) {
      judge(window, findings);
    }
    if (change.has(Signal.MAPPED)) {
      mapped(event, change);
    }
    isLimited |= guestSpeaks && Suppressed.isOfAllocations(event);
    boolean line = guestSpeaks && event.kind() == EventKind.LOG;
    if (line || event.kind() == EventKind.ALLOC_FAILED) {
      complained(event, state, findings);
    }
  }

  /** Follows a small window until it is plain whether its traffic goes round in circles. */
  private void mapped(Event event, Change change) {
    DmaWindow window = change.window();
    Traffic traffic = small.get(window);
    if (traffic == null) {
      return;
    }
    traffic.firstMap = traffic.maps == 0 ? event.ordinal() : traffic.firstMap;
    traffic.maps++;
    traffic.entries.set((int) change.first(), (int) (change.first() + change.pages()));
    if (traffic.entries.cardinality() > few(window)) {
      small.remove(window);
    } else if (traffic.maps == MANY_MAPS) {
      small.remove(window);
      circling.put(window, traffic);
    }
  }

  /** The allocator's next fit walks on; who stays with so few entries does not get on. */
  private static long few(DmaWindow window) {
    return Math.max(2, window.entries() / FEW_SHARE);
  }

  private void complained(Event event, IommuState state, Findings findings) {
    Optional<Matcher> complaint = COMPLAINT.in(event.text()).map(Phrases.Found::words);
    if (complaint.isEmpty() && event.kind() == EventKind.LOG) {
      return;
    }
    String device = event.device();
    String named = device == null ? "" : PciDomain.of(device);
    String domain =
        named.isEmpty() ? complaint.map(words -> words.group("domain")).orElse("") : named;
    DmaWindow window =
        event.has(Event.LIOBN) ? state.window(event.liobn()) : windowOf(domain, state);
    if (refused.wasLast(window)) {
      return;
    }
    long pages =
        event.has(Event.PAGES)
            ? event.pages()
            : complaint.map(words -> Long.parseLong(words.group("pages"))).orElse(0L);
    Draft draft =
        storms.add(
            Storms.Key.of(
                Rule.IOMMU_POOL_EXHAUSTED, window, window == DmaWindow.NONE ? domain : ""),
            event.ordinal(),
            () -> exhausted(event, window, pages, findings));
    complaints.putIfAbsent(window, draft);
    boolean traced = !event.text().contains(SAID);
    boolean first = sizes.computeIfAbsent(draft, d -> new RequestSizes()).add(pages, traced);
    if (first && draft.ordinal() != event.ordinal()) {
      draft.evidence(event.ordinal(), "is the first for another number of pages");
    }
  }

  /** The window from which a device of that PCI domain maps: its created one if it has any. */
  private static DmaWindow windowOf(String domain, IommuState state) {
    if (domain.isEmpty()) {
      return DmaWindow.NONE;
    }
    long number = Long.parseLong(domain, 16);
    return state.windows().stream()
        .filter(window -> window.bridge() != Bridge.NONE)
        .filter(window -> (window.bridge().buid() & DOMAIN_MASK) == number)
        .filter(window -> window.mapping() != Mapping.DIRECT)
        .max(Comparator.comparing(window -> window.role() == Role.DDW))
        .orElse(DmaWindow.NONE);
  }

  private Draft exhausted(Event event, DmaWindow window, long pages, Findings findings) {
    Draft draft =
        findings
            .report(Rule.IOMMU_POOL_EXHAUSTED, event.ordinal())
            .data("operations", 0L)
            .data("pages", pages)
            .message("The guest found no room, {operations} {operations:time|times}: {sizes}")
            .evidence(event.ordinal(), "is the allocator's first complaint");
    if (window == DmaWindow.NONE) {
      return draft.atMost(Confidence.INFERRED);
    }
    if (!entriesKnown || !window.hasGeometry()) {
      return draft.window(window).data("entries", window.entries());
    }
    Pools pools = Pools.of(window);
    long free = window.entries() <= 1 << 20 ? pools.largestFree(window, pages) : -1;
    occupancy(draft, window, pools)
        .evidence(window.openedBy(), "made the window")
        .message(
            "No room in {liobn}, {operations} {operations:time|times}: {sizes}. At the first,"
                + " {live} of {usable} usable entries were live, the largest free run was"
                + " {largestFree}");
    return draft.data("largestFree", free < 0 ? (Object) "unknown" : free);
  }

  private static Draft occupancy(Draft draft, DmaWindow window, Pools pools) {
    return draft
        .window(window)
        .data("live", window.mapped())
        .data("usable", pools.usable())
        .data("entries", window.entries())
        .data("pools", (long) pools.count())
        .data("largePoolStart", pools.largeStart());
  }

  /** A window at its end, or at the recording's. */
  private void judge(DmaWindow window, Findings findings) {
    small.remove(window);
    Traffic traffic = circling.remove(window);
    boolean judged = window.mapping() == Mapping.DYNAMIC && window.hasGeometry();
    if (!judged || complaints.containsKey(window)) {
      return;
    }
    Pools pools = Pools.of(window);
    boolean linux = window.entries() >= SMALLEST_WINDOW && window.peakMapped() <= pools.usable();
    if (linux && window.peakMapped() * 100 >= pools.usable() * FULL_PERCENT) {
      full(window, pools, findings);
    } else if (traffic != null) {
      occupancy(warning(traffic.firstMap, findings), window, pools)
          .data("maps", traffic.maps)
          .data("entriesUsed", (long) traffic.entries.cardinality())
          .message(
              "The same {entriesUsed} {entriesUsed:entry|entries} of {liobn} {entriesUsed:was|were}"
                  + " mapped {maps} times and more"
                  + LIVELOCK)
          .evidence(traffic.firstMap, "is the first of these maps");
    }
  }

  private static void full(DmaWindow window, Pools pools, Findings findings) {
    Usage usage = window.usage();
    boolean inCircles =
        usage.entriesMapped() >= MANY_MAPS
            && usage.entriesCleared() * 100 >= usage.entriesMapped() * CIRCLING_PERCENT
            && window.mapped() <= pools.usable() / 2;
    String fullness = window.peakMapped() == pools.usable() ? "full" : "nearly full";
    occupancy(warning(window.openedBy(), findings), window, pools)
        .data("peak", window.peakMapped())
        .data("fullestAt", usage.fullestAt())
        .data("entriesMapped", usage.entriesMapped())
        .data("entriesCleared", usage.entriesCleared())
        .message(
            "Window {liobn} was "
                + fullness
                + ": {peak} of {usable} usable entries live at once"
                + (inCircles
                    ? "; in all {entriesMapped} were mapped and {entriesCleared} cleared, and {live}"
                        + " stayed"
                        + LIVELOCK
                    : ""))
        .evidence(window.openedBy(), "made the window")
        .evidence(usage.fullestAt(), "made it as full as it got");
  }

  private static Draft warning(long ordinal, Findings findings) {
    return findings
        .report(Rule.IOMMU_POOL_EXHAUSTED, Math.max(1, ordinal))
        .severity(Severity.WARNING)
        .atMost(Confidence.INFERRED);
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    state.windows().forEach(window -> judge(window, findings));
    sizes.forEach((draft, requests) -> counted(draft, requests, state.isLossy()));
  }

  private void counted(Draft draft, RequestSizes requests, boolean isLossy) {
    draft.data("operations", requests.total()).data("sizes", requests.inWords());
    if (isLossy || (isLimited && requests.isMostlySaid())) {
      draft
          .data("atLeast", true)
          .reworded(", {operations}", ", at least {operations}")
          .reworded(": {sizes}", " (recorded: {sizes})");
    }
  }
}

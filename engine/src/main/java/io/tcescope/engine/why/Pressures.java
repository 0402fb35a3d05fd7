package io.tcescope.engine.why;

import io.tcescope.engine.check.Pools;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Numbering;
import io.tcescope.engine.state.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks at a window when the guest's allocator finds no room in it: at the first failure, and again
 * when more is asked for than before.
 */
final class Pressures implements Observer {
  /** A larger window is not walked entry by entry. */
  private static final long LARGEST_WALKED = 1 << 20;

  private static final int SHOWN = 3;

  private final Map<Long, Pressure> byLiobn = new LinkedHashMap<>();

  /** Buffers that devices hold, as far as their drivers' maps are recorded. */
  private final Map<String, Long> held = new HashMap<>();

  @Override
  public void on(Event event, Change change, IommuState state) {
    switch (event.kind()) {
      case ALLOC_FAILED -> window(event, state).ifPresent(window -> look(event, window, state));
      case DMA_MAP, DMA_UNMAP -> {
        String device = event.device();
        if (device != null) {
          held.merge(device, event.kind() == EventKind.DMA_MAP ? 1L : -1L, Long::sum);
        }
      }
      default -> {}
    }
  }

  /** How full the windows of that bridge were, those of that LIOBN if it is known. */
  Optional<Pressure> of(OptionalLong liobn, OptionalLong buid, IommuState state) {
    return byLiobn.values().stream()
        .filter(
            one ->
                liobn.isPresent()
                    ? one.liobn() == liobn.getAsLong()
                    : buid.isPresent()
                        && state.window(one.liobn()).bridge().buid() == buid.getAsLong())
        .findFirst();
  }

  /** The window a device maps in: the one that is named, else its bridge's created one. */
  private static Optional<DmaWindow> window(Event event, IommuState state) {
    if (event.has(Event.LIOBN)) {
      DmaWindow named = state.window(event.liobn());
      return named == DmaWindow.NONE ? Optional.empty() : Optional.of(named);
    }
    String device = event.device();
    OptionalLong buid =
        device == null ? OptionalLong.empty() : Numbering.buidOfDevice(Complaint.address(device));
    return state.windows().stream()
        .filter(window -> buid.isPresent() && window.bridge().buid() == buid.getAsLong())
        .filter(window -> window.mapping() != Mapping.DIRECT && window.hasGeometry())
        .max(Comparator.comparing(window -> window.role() == Role.DDW));
  }

  private void look(Event event, DmaWindow window, IommuState state) {
    long pages = event.has(Event.PAGES) ? event.pages() : 1;
    Pressure before = byLiobn.get(window.liobn());
    if (!window.hasGeometry() || (before != null && before.pages() >= pages)) {
      return;
    }
    boolean known = state.rules().showsTables() && window.entries() <= LARGEST_WALKED;
    List<Pressure.Pool> pools = pools(window, pages, known);
    List<Pressure.Held> allocations = known ? allocations(window) : List.of();
    byLiobn.put(
        window.liobn(),
        new Pressure(
            window.liobn(),
            event.ordinal(),
            pages,
            pools,
            known,
            holders(window, allocations),
            oldest(allocations)));
  }

  private static List<Pressure.Pool> pools(DmaWindow window, long pages, boolean known) {
    Pools layout = Pools.of(window);
    boolean large = pages > Pools.LARGEST_SMALL_REQUEST;
    List<Pressure.Pool> pools = new ArrayList<>();
    for (int i = 0; i < layout.count(); i++) {
      long first = i * layout.poolSize();
      pools.add(pool(window, first, first + layout.poolSize() - 1, !large, known));
    }
    pools.add(pool(window, layout.largeStart(), layout.entries() - 1, true, known));
    return pools;
  }

  private static Pressure.Pool pool(
      DmaWindow window, long first, long last, boolean serves, boolean known) {
    long live = 0;
    long run = 0;
    long largest = 0;
    for (long index = first; known && index <= last; index++) {
      live += window.isLive(index) ? 1 : 0;
      run = window.isKnownClear(index) && index < last ? run + 1 : 0;
      largest = Math.max(largest, run);
    }
    return new Pressure.Pool(first, last, live, largest, serves);
  }

  /** The allocations that are held, as far as the calls tell where each begins. */
  private static List<Pressure.Held> allocations(DmaWindow window) {
    List<Pressure.Held> all = new ArrayList<>();
    long first = -1;
    for (long index = 0; index <= window.entries(); index++) {
      boolean live = index < window.entries() && window.isLive(index);
      boolean ends = first >= 0 && (!live || Mark.isStart(window.mark(index)));
      if (ends) {
        all.add(new Pressure.Held(first, index - first, Mark.writer(window.mark(first))));
        first = -1;
      }
      if (live && first < 0) {
        first = index;
      }
    }
    return all;
  }

  private List<Pressure.Holder> holders(DmaWindow window, List<Pressure.Held> allocations) {
    Map<String, Long> entries = new HashMap<>();
    held.forEach(
        (device, buffers) -> {
          OptionalLong buid = Numbering.buidOfDevice(Complaint.address(device));
          if (buffers > 0 && buid.isPresent() && buid.getAsLong() == window.bridge().buid()) {
            entries.put(device + " (buffers)", buffers);
          }
        });
    for (Pressure.Held allocation : allocations) {
      String size =
          "allocations of " + allocation.pages() + (allocation.pages() == 1 ? " page" : " pages");
      entries.merge(size, allocation.pages(), Long::sum);
    }
    return entries.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .map(entry -> new Pressure.Holder(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<Pressure.Held> oldest(List<Pressure.Held> allocations) {
    return allocations.stream()
        .sorted(Comparator.comparingLong(Pressure.Held::ordinal))
        .limit(SHOWN)
        .toList();
  }
}

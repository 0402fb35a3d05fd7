package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The guest's allocations as objects: recorded where the recording has the guest's own account,
 * else inferred from the calls by the rules of Linux's allocator (tce-and-ddw.md, "Inferring
 * allocations"). Direct windows have none.
 */
public final class Allocations implements Observer {
  /** Is told of every allocation as it comes and goes. */
  public interface Listener {
    void made(Allocation allocation);

    void freed(Allocation allocation);

    /** The window went, or the recording ended, and nobody had freed it. */
    void leaked(Allocation allocation, long at);
  }

  private static final int TOUCHING =
      Signal.MAPPED
          | Signal.CLEARED
          | Signal.REMAPPED
          | Signal.CLOSED
          | Signal.LOST
          | Signal.CONTRADICTED;

  private record Recorded(long ordinal, @Nullable String device) {}

  private final Listener listener;
  private final Map<DmaWindow, NavigableMap<Long, Allocation>> live = new HashMap<>();
  private final Map<Long, Map<Long, Recorded>> recorded = new HashMap<>();

  public Allocations(Listener listener) {
    this.listener = listener;
  }

  /** The live allocations of a window, by ascending address. */
  public Collection<Allocation> live(DmaWindow window) {
    return List.copyOf(live.getOrDefault(window, new TreeMap<>()).values());
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    if (event.kind() == EventKind.ALLOC && event.has(Event.LIOBN | Event.IOBA)) {
      recorded
          .computeIfAbsent(event.liobn(), liobn -> new HashMap<>())
          .put(event.ioba(), new Recorded(event.ordinal(), event.device()));
    }
    if (!change.has(TOUCHING)) {
      return;
    }
    if (change.has(Signal.LOST | Signal.CONTRADICTED)) {
      live.clear(); // whatever was live may have been freed unseen
    }
    for (DmaWindow window : change.closed()) {
      leakAll(window, event.ordinal());
    }
    if (change.has(Signal.CLEARED | Signal.REMAPPED)) {
      free(change.window(), change.first(), change.first() + change.pages(), event.ordinal());
    }
    if (change.has(Signal.MAPPED | Signal.REMAPPED)
        && change.window().mapping() != Mapping.DIRECT) {
      make(change.window(), change.first(), change.first() + change.pages(), event.ordinal());
    }
  }

  @Override
  public void end(IommuState state) {
    for (DmaWindow window : List.copyOf(live.keySet())) {
      leakAll(window, state.events());
    }
  }

  private void leakAll(DmaWindow window, long at) {
    NavigableMap<Long, Allocation> gone = live.remove(window);
    if (gone != null) {
      gone.values().forEach(allocation -> listener.leaked(allocation, at));
    }
  }

  /**
   * Every entry that starts an allocation begins one; entries before the first go on with the last.
   */
  private void make(DmaWindow window, long from, long to, long ordinal) {
    NavigableMap<Long, Allocation> allocations =
        live.computeIfAbsent(window, fresh -> new TreeMap<>());
    long index = from;
    while (index < to) {
      long next = nextStart(window, index + 1, to);
      if (!window.isLive(index)) {
        index = next;
        continue;
      }
      Map.Entry<Long, Allocation> before = allocations.lowerEntry(index);
      boolean goesOn = before != null && before.getValue().behind() == index;
      if (goesOn && !Mark.isStart(window.mark(index))) {
        allocations.put(before.getKey(), before.getValue().extended(next - index));
      } else {
        Allocation allocation = made(window, index, next - index, ordinal);
        allocations.put(index, allocation);
        listener.made(allocation);
      }
      index = next;
    }
  }

  private static long nextStart(DmaWindow window, long from, long to) {
    long index = from;
    while (index < to && window.isLive(index) && !Mark.isStart(window.mark(index))) {
      index++;
    }
    return index;
  }

  private Allocation made(DmaWindow window, long first, long pages, long ordinal) {
    Map<Long, Recorded> ofWindow = recorded.getOrDefault(window.liobn(), new HashMap<>());
    Recorded account = ofWindow.remove(window.iobaOf(first));
    Certainty certainty = account == null ? Certainty.INFERRED : Certainty.OBSERVED;
    String device = account == null ? null : account.device();
    return new Allocation(window, first, pages, ordinal, 0, certainty, device);
  }

  private void free(DmaWindow window, long from, long to, long ordinal) {
    NavigableMap<Long, Allocation> allocations = live.get(window);
    if (allocations == null) {
      return;
    }
    Map.Entry<Long, Allocation> before = allocations.lowerEntry(from);
    if (before != null && before.getValue().behind() > from) {
      cut(allocations, before.getValue(), from, to, ordinal);
    }
    List<Allocation> inside = new ArrayList<>(allocations.subMap(from, true, to, false).values());
    for (Allocation allocation : inside) {
      cut(allocations, allocation, from, to, ordinal);
    }
  }

  /** What the range covers of an allocation is freed; what it leaves lives on. */
  private void cut(
      NavigableMap<Long, Allocation> allocations,
      Allocation allocation,
      long from,
      long to,
      long ordinal) {
    allocations.remove(allocation.first());
    if (allocation.first() < from) {
      allocations.put(
          allocation.first(), allocation.part(allocation.first(), from - allocation.first()));
    }
    if (allocation.behind() > to) {
      allocations.put(to, allocation.part(to, allocation.behind() - to));
    }
    long first = Math.max(from, allocation.first());
    long behind = Math.min(to, allocation.behind());
    listener.freed(allocation.part(first, behind - first).freed(ordinal));
  }
}

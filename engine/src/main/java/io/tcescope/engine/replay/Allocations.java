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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The guest's allocations as objects: recorded where the recording has the guest's own account,
 * else inferred from the calls by the rules of Linux's allocator (RULES.md L3, L4). Direct windows
 * have none.
 */
public final class Allocations implements Observer {
  /** Is told of every allocation as it comes and goes. */
  public interface Listener {
    void made(Allocation allocation);

    /** One more call went on with it: it is what that call left of it, as a whole. */
    void grown(Allocation allocation);

    void freed(Allocation allocation);

    /** The window went, or the recording ended, and nobody had freed it. */
    void leaked(Allocation allocation, long at);
  }

  private static final int TOUCHING =
      Signal.MAPPED
          | Signal.CLEARED
          | Signal.REMAPPED
          | Signal.WAS_UNKNOWN
          | Signal.CLOSED
          | Signal.LOST
          | Signal.CONTRADICTED;

  private record Recorded(long ordinal, @Nullable String device) {}

  /** One that is live; its entries all lead to it, and to no other. */
  private static final class Live {
    final Allocation made;
    long first;
    long behind;

    Live(Allocation made, long first, long behind) {
      this.made = made;
      this.first = first;
      this.behind = behind;
    }

    Allocation part(long from, long to) {
      return made.part(from, to - from);
    }
  }

  private final Listener listener;
  private final Map<DmaWindow, EntryMap<Live>> live = new LinkedHashMap<>();
  private final Map<Long, Map<Long, Recorded>> recorded = new HashMap<>();

  public Allocations(Listener listener) {
    this.listener = listener;
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
    if (change.has(Signal.MAPPED | Signal.REMAPPED | Signal.WAS_UNKNOWN)
        && event.kind() != EventKind.H_GET_TCE // it shows what was made before the recording
        && change.window().hasGeometry() // else nobody knows which entries a call is about
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
    EntryMap<Live> gone = live.remove(window);
    long index = 0;
    while (gone != null) {
      Live one = gone.get(gone.next(index, Long.MAX_VALUE));
      if (one == null) {
        return;
      }
      listener.leaked(one.part(one.first, one.behind), at);
      index = one.behind;
    }
  }

  /**
   * Every entry that starts an allocation begins one; entries before the first go on with the last.
   */
  private void make(DmaWindow window, long from, long to, long ordinal) {
    EntryMap<Live> allocations = live.computeIfAbsent(window, fresh -> new EntryMap<>());
    long index = from;
    while (index < to) {
      long next = nextStart(window, index + 1, to);
      if (!window.isLive(index)) {
        index = next;
        continue;
      }
      takeOut(allocations, index, next, part -> {}); // it ended unseen
      Live before = index == 0 ? null : allocations.get(index - 1);
      if (before == null || Mark.isStart(window.mark(index))) {
        Allocation made = made(window, index, next - index, ordinal);
        allocations.fill(index, next, new Live(made, index, next));
        listener.made(made);
      } else {
        before.behind = next;
        allocations.fill(index, next, before);
        listener.grown(before.part(before.first, next));
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
    Map<Long, Recorded> ofWindow = recorded.get(window.liobn());
    Recorded account = ofWindow == null ? null : ofWindow.remove(window.iobaOf(first));
    Certainty certainty = account == null ? Certainty.INFERRED : Certainty.OBSERVED;
    String device = account == null ? null : account.device();
    return new Allocation(window, first, pages, ordinal, 0, certainty, device);
  }

  private void free(DmaWindow window, long from, long to, long ordinal) {
    EntryMap<Live> allocations = live.get(window);
    if (allocations != null) {
      takeOut(allocations, from, to, part -> listener.freed(part.freed(ordinal)));
    }
  }

  /** Takes a range out of all allocations and says what it held of each. */
  private static void takeOut(
      EntryMap<Live> allocations, long from, long to, Consumer<Allocation> parts) {
    long index = allocations.next(from, to);
    while (index < to) {
      Live one = allocations.get(index);
      if (one == null) {
        return;
      }
      long behind = Math.min(to, one.behind);
      allocations.fill(index, behind, null);
      cut(allocations, one, index, behind);
      parts.accept(one.part(index, behind));
      index = allocations.next(behind, to);
    }
  }

  /** What the range leaves of an allocation lives on, in the middle of it as two. */
  private static void cut(EntryMap<Live> allocations, Live one, long from, long to) {
    if (one.first == from) {
      one.first = to;
      return;
    }
    if (to < one.behind) {
      allocations.fill(to, one.behind, new Live(one.made, to, one.behind));
    }
    one.behind = from;
  }
}

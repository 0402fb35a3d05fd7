package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Knowledge;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The life of a bus address: every window that covered it and everything that happened to its
 * entry.
 */
public final class AddressLife implements Observer {
  /** What happened to the address. */
  public enum What {
    /** A window that covers it came. */
    OPENED,
    /** The window went, and the entry with it. */
    CLOSED,
    /** A call wrote the entry. */
    WRITTEN,
    /** A read or a look-up showed the entry. */
    SHOWN,
    /** A call named it and failed. */
    REFUSED,
    /** What the entry holds is not known any more. */
    FORGOTTEN
  }

  /**
   * One thing that happened.
   *
   * @param ordinal the event
   * @param index the entry of the window
   * @param tce what the entry holds after it, or held when the window went
   * @param knowledge how that is known
   * @param gone the call named a window that had gone before, so that there is no entry
   * @param omitted refused calls between this one and the moment before it, which are left out
   */
  public record Moment(
      long ordinal,
      What what,
      DmaWindow window,
      long index,
      long tce,
      Knowledge knowledge,
      boolean gone,
      long omitted) {
    private boolean isLike(Moment other) {
      return what == other.what && window == other.window && gone == other.gone;
    }

    /** True unless the entry holds something else now, or is unknown for another reason. */
    private boolean holds(DmaWindow now, long entry) {
      Knowledge how = Mark.knowledge(now.mark(entry));
      boolean unknown = how.isUnknown() || knowledge.isUnknown();
      return unknown ? how == knowledge : now.tce(entry) == tce;
    }

    private Moment in(DmaWindow place, long ioba) {
      long entry = place.indexOf(ioba);
      return new Moment(ordinal, what, place, entry, tce, knowledge, gone, omitted);
    }
  }

  /** Of more refused calls in a row the first ones and the last one are kept. */
  private static final int MOST_REFUSED = 3;

  private static final int OF_INTEREST = Signal.OPENED | Signal.CLOSED | Signal.REFUSED;

  /**
   * What may change entries of other windows than the event's, or what is thought of old writes.
   */
  private static final int FAR =
      Signal.OPENED
          | Signal.CLOSED
          | Signal.CONTRADICTED
          | Signal.INFERENCE_CONTRADICTED
          | Signal.LOST
          | Signal.RECORD;

  private final long ioba;
  private final List<Moment> moments = new ArrayList<>();

  /** A window, whatever becomes known of its place. */
  private record Name(long liobn, int generation) {
    static Name of(DmaWindow window) {
      return new Name(window.liobn(), window.generation());
    }
  }

  /** Of each window what was last told of the entry. */
  private final Map<Name, Moment> last = new HashMap<>();

  /** Each window as it was at its end, or is at the end of all. */
  private final Map<Name, DmaWindow> told = new HashMap<>();

  /** Calls are missing: what an entry holds is known of the call alone that writes or shows it. */
  private boolean doubtful;

  /** Watches the address in every window, of every bridge: bus addresses are per bridge. */
  public AddressLife(long ioba) {
    this.ioba = ioba;
  }

  /** All that happened, in order; of a window whose place was told later, by that place. */
  public List<Moment> moments() {
    return moments.stream()
        .map(
            moment -> moment.in(told.getOrDefault(Name.of(moment.window()), moment.window()), ioba))
        .filter(moment -> moment.window().covers(ioba))
        .sorted(Comparator.comparingLong(Moment::ordinal))
        .toList();
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    doubtful = !state.rules().unrecorded().isEmpty();
    if (change.has(OF_INTEREST)) {
      change.closed().forEach(this::closed);
      change.opened().forEach(this::opened);
    }
    DmaWindow window = change.window();
    if (change.has(Signal.DEAD_LIOBN) && names(event, window)) {
      refused(event.ordinal(), window, true);
    } else if (change.placeKnown() && window.covers(ioba)) {
      touched(event, change, window);
    }
    if (change.has(FAR)) {
      state.windows().forEach(one -> changed(event.ordinal(), one));
    } else if (window.covers(ioba)
        && Mark.writer(window.mark(window.indexOf(ioba))) == event.ordinal()) {
      changed(event.ordinal(), window);
    }
  }

  @Override
  public void end(IommuState state) {
    state.windows().forEach(window -> told.put(Name.of(window), window));
  }

  private void closed(DmaWindow window) {
    told.put(Name.of(window), window);
    add(window.closedBy(), What.CLOSED, window);
  }

  /** A window may have been there before the event that tells of it, as it was when it came. */
  private void opened(DmaWindow window) {
    if (window.covers(ioba)) {
      Knowledge fresh = Mark.knowledge(window.table().background());
      long index = window.indexOf(ioba);
      keep(new Moment(window.openedBy(), What.OPENED, window, index, 0, fresh, false, 0));
    }
  }

  /** An event may change an entry that it does not name. */
  private void changed(long ordinal, DmaWindow window) {
    if (doubtful || !window.isOpen() || !window.covers(ioba)) {
      return;
    }
    Moment before = last.get(Name.of(window));
    long index = window.indexOf(ioba);
    if (before != null && !before.holds(window, index)) {
      add(ordinal, Mark.isUnknown(window.mark(index)) ? What.FORGOTTEN : What.WRITTEN, window);
    }
  }

  private void touched(Event event, Change change, DmaWindow window) {
    long index = window.indexOf(ioba);
    boolean shown = event.kind() == EventKind.H_GET_TCE || change.has(Signal.LOOK_UP);
    if (shown && index == change.first()) {
      add(event.ordinal(), What.SHOWN, window);
    } else if (index - change.first() >= 0 && index - change.first() < change.pages()) {
      add(event.ordinal(), What.WRITTEN, window);
    } else if (change.has(Signal.REFUSED) && index == change.first()) {
      refused(event.ordinal(), window, false);
    }
  }

  /** True if a call on a window that is gone names the address, as far as its record tells. */
  private boolean names(Event event, DmaWindow window) {
    if (!window.covers(ioba) || !event.has(Event.IOBA) || event.has(Event.IOBA_IS_END)) {
      return false;
    }
    boolean counted = event.has(Event.PAGES) && !event.has(Event.LIST_LAST_ONLY);
    long behind = window.indexOf(ioba) - window.indexOf(event.ioba());
    return behind >= 0 && behind < (counted ? event.pages() : 1);
  }

  private void refused(long ordinal, DmaWindow window, boolean gone) {
    Moment moment = moment(ordinal, What.REFUSED, window, gone, 0);
    int alike = 0;
    while (alike < MOST_REFUSED
        && alike < moments.size()
        && moments.get(moments.size() - 1 - alike).isLike(moment)) {
      alike++;
    }
    if (alike == MOST_REFUSED) {
      long omitted = moments.removeLast().omitted() + 1;
      moment = moment(ordinal, What.REFUSED, window, gone, omitted);
    }
    if (gone) {
      moments.add(moment);
    } else {
      keep(moment);
    }
  }

  private void add(long ordinal, What what, DmaWindow window) {
    if (window.covers(ioba)) {
      keep(moment(ordinal, what, window, false, 0));
    }
  }

  private void keep(Moment moment) {
    last.put(Name.of(moment.window()), moment);
    moments.add(moment);
  }

  private Moment moment(long ordinal, What what, DmaWindow window, boolean gone, long omitted) {
    long index = window.indexOf(ioba);
    boolean told = what == What.WRITTEN || what == What.SHOWN;
    return doubtful && !told
        ? new Moment(ordinal, what, window, index, 0, Knowledge.LOST, gone, omitted)
        : new Moment(
            ordinal,
            what,
            window,
            index,
            window.tce(index),
            Mark.knowledge(window.mark(index)),
            gone,
            omitted);
  }
}

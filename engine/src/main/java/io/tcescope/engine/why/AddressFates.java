package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.replay.AddressLife;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Knowledge;
import io.tcescope.engine.state.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows a bus address up to a moment, to say what it meant then in every window. */
final class AddressFates implements Observer {
  private static final Comparator<AddressFate> ORDER =
      Comparator.comparing(AddressFate::kind)
          .thenComparing(fate -> fate.window().liobn(), Long::compareUnsigned);

  private final long ioba;
  private final long last;
  private final AddressLife life;
  private final FailedAttempts attempts;

  /**
   * Follows an address.
   *
   * @param last the event after which it is asked; what follows does not matter
   */
  AddressFates(long ioba, long last) {
    this.ioba = ioba;
    this.last = last;
    this.life = new AddressLife(ioba);
    this.attempts = new FailedAttempts(ioba);
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    if (event.ordinal() <= last) {
      life.on(event, change, state);
      attempts.on(event, change, state);
    }
  }

  /**
   * The fates of the address, the most telling first; never empty.
   *
   * @param state the state at that moment
   */
  AskedAddress in(IommuState state) {
    List<AddressFate> fates = new ArrayList<>();
    List<DmaWindow> open = state.windows().stream().filter(one -> one.covers(ioba)).toList();
    open.forEach(window -> fates.add(inWindow(window)));
    fates.addAll(inGoneWindows(open));
    if (fates.isEmpty()) {
      fates.add(nowhere(state));
    }
    fates.sort(ORDER);
    return new AskedAddress(ioba, state.events(), fates);
  }

  private AddressFate inWindow(DmaWindow window) {
    long index = window.indexOf(ioba);
    long mark = window.mark(index);
    Knowledge knowledge = Mark.knowledge(mark);
    long writer = Mark.writer(mark);
    if (knowledge.isUnknown()) {
      return fate(AddressFate.Kind.UNKNOWN, window, writer, 0, writer, knowledge, writer);
    }
    long tce = window.tce(index);
    if (Tce.isMapped(tce)) {
      return fate(AddressFate.Kind.MAPPED, window, writer, tce, writer, knowledge, Long.MAX_VALUE);
    }
    boolean cleared = writer > 0 && wasMapped(window, writer);
    long decided = cleared ? writer : window.openedBy();
    return fate(
        cleared ? AddressFate.Kind.CLEARED : AddressFate.Kind.NEVER_MAPPED,
        window,
        decided,
        tce,
        writer,
        knowledge,
        decided);
  }

  private boolean wasMapped(DmaWindow window, long before) {
    return life.moments().stream()
        .filter(moment -> moment.ordinal() < before && isSame(moment.window(), window))
        .anyMatch(AddressFates::maps);
  }

  private static boolean isSame(DmaWindow one, DmaWindow other) {
    return one.liobn() == other.liobn() && one.generation() == other.generation();
  }

  private static boolean maps(AddressLife.Moment moment) {
    return !moment.knowledge().isUnknown() && Tce.isMapped(moment.tce());
  }

  /**
   * The last window of each bridge to go, unless another covers the address now; and the last that
   * went with the address mapped, unless it was mapped again.
   */
  private List<AddressFate> inGoneWindows(List<DmaWindow> open) {
    Set<Long> served = new HashSet<>();
    open.forEach(window -> served.add(place(window)));
    Set<Long> mapped = new HashSet<>();
    open.stream()
        .filter(window -> window.isLive(window.indexOf(ioba)))
        .forEach(window -> mapped.add(place(window)));
    List<AddressFate> gone = new ArrayList<>();
    for (AddressLife.Moment moment : life.moments().reversed()) {
      long place = place(moment.window());
      boolean closed = moment.what() == AddressLife.What.CLOSED;
      boolean wanted = closed && (!served.contains(place) || maps(moment));
      if (wanted && !mapped.contains(place)) {
        gone.add(gone(moment));
      }
      if (closed) {
        served.add(place);
      }
      if (maps(moment)) {
        mapped.add(place);
      }
    }
    return gone;
  }

  /** The bridge, of which a bus address is one; for VIO the window itself. */
  private static long place(DmaWindow window) {
    long buid = window.bridge().buid();
    return buid == 0 ? window.liobn() : buid;
  }

  private AddressFate gone(AddressLife.Moment closing) {
    DmaWindow window = closing.window();
    long writer =
        life.moments().stream()
            .filter(moment -> moment.what() == AddressLife.What.WRITTEN)
            .filter(moment -> moment.ordinal() < closing.ordinal())
            .filter(moment -> isSame(moment.window(), window))
            .mapToLong(AddressLife.Moment::ordinal)
            .max()
            .orElse(0);
    return fate(
        AddressFate.Kind.WINDOW_GONE,
        window,
        closing.ordinal(),
        closing.knowledge().isUnknown() ? 0 : closing.tce(),
        writer,
        closing.knowledge(),
        closing.ordinal());
  }

  private AddressFate fate(
      AddressFate.Kind kind,
      DmaWindow window,
      long ordinal,
      long tce,
      long writer,
      Knowledge knowledge,
      long since) {
    return new AddressFate(
        kind, window, ordinal, tce, writer, knowledge, attempts.after(window, since));
  }

  /** No recorded window covers it; there may have been others before the recording. */
  private static AddressFate nowhere(IommuState state) {
    boolean whole = state.rules().showsTables() && state.isFromStart() && !state.isLossy();
    Knowledge reason = state.isLossy() ? Knowledge.LOST : Knowledge.BEFORE_RECORDING;
    return new AddressFate(
        whole ? AddressFate.Kind.NOT_COVERED : AddressFate.Kind.UNKNOWN,
        DmaWindow.NONE,
        0,
        0,
        0,
        whole ? Knowledge.OBSERVED : reason,
        Optional.empty());
  }
}

package io.tcescope.queries.timeline;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches a replay and draws its windows as lanes. */
public final class LaneObserver implements Observer {
  private static final int WINDOWS = Signal.OPENED | Signal.CLOSED;
  private static final int COUNTED =
      WINDOWS | Signal.MAPPED | Signal.CLEARED | Signal.SWEPT | Signal.REFUSED | Signal.FAULT;

  /** What tells that other windows than the one named are not what they were. */
  private static final int EVERYWHERE = WINDOWS | Signal.CONTRADICTED | Signal.LOST;

  private static final Set<EventKind> CLEARING =
      EnumSet.of(EventKind.VIO_FREE_CRQ, EventKind.QUIESCE, EventKind.MACHINE_RESET);

  private static final Comparator<Lane> ORDER =
      Comparator.comparing(Lane::liobn, Long::compareUnsigned).thenComparingInt(Lane::generation);

  private final Axis axis;
  private final UpheavalObserver upheavals = new UpheavalObserver();
  private final long[] losses = new long[Axis.MOST_PARTS];
  private final List<Track> tracks = new ArrayList<>();
  private final Map<Long, Track> current = new HashMap<>();

  /** Where windows were opened, and tables allocated that a later event may explain. */
  private final Map<Long, Moment> openings = new HashMap<>();

  /** The last track that was looked up, for calls come in runs. */
  private DmaWindow lastWindow = DmaWindow.NONE;

  private Track lastTrack = new Track(0, 0);

  /** What calls map and clear tells what is live only where all of them are recorded. */
  private boolean everyCall = true;

  /** Draws over time if the recording has any, or always over the number of events. */
  public LaneObserver(boolean byTime) {
    axis = new Axis(byTime);
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    everyCall = state.rules().unrecorded().isEmpty();
    int shift = axis.advance(event);
    if (shift > 0) {
      fold(shift);
    }
    upheavals.on(event, change, state);
    if (change.has(Signal.LOST)) {
      losses[axis.part()]++;
    }
    if (event.kind() == EventKind.NEW_TABLE) {
      openings.put(event.ordinal(), Moment.of(event));
    }
    if (change.has(COUNTED)) {
      note(event, change);
    }
    if (change.has(EVERYWHERE) || CLEARING.contains(event.kind())) {
      state.windows().forEach(this::recount);
    } else if (change.window().isOpen()) {
      recount(change.window());
    }
  }

  /** An event may leave more, or less, live entries than it mapped and cleared. */
  private void recount(DmaWindow window) {
    Track track = track(window);
    long live = live(window);
    if (track.live() != live) {
      track.recount(axis.part(), live);
    }
  }

  private long live(DmaWindow window) {
    return everyCall && window.isOpen() ? window.mapped() : 0;
  }

  private void fold(int shift) {
    tracks.forEach(track -> track.fold(shift));
    for (int i = 1; i < losses.length; i++) {
      long count = losses[i];
      losses[i] = 0;
      losses[i >> shift] += count;
    }
  }

  private void note(Event event, Change change) {
    if (change.has(WINDOWS)) {
      Moment now = Moment.of(event);
      change.closed().forEach(window -> closed(window, now));
      change.opened().forEach(window -> opened(window, now));
    }
    DmaWindow window = change.window();
    if (window != DmaWindow.NONE) {
      Track track = track(window);
      track.note(axis.part(), change, live(window));
      if (change.has(Signal.SWEPT)) {
        track.sweptAt(Moment.of(event));
      }
    } else if (event.has(Event.LIOBN) && change.has(Signal.REFUSED)) {
      stray(event.liobn()).note(axis.part(), change, 0);
    }
  }

  private void closed(DmaWindow window, Moment now) {
    Track track = track(window);
    track.recount(axis.part(), 0);
    boolean before = window.closedBy() < now.event();
    end(track, window, before ? openings.getOrDefault(window.closedBy(), now) : now);
  }

  private void opened(DmaWindow window, Moment now) {
    openings.put(now.event(), now);
    track(window);
  }

  private Track track(DmaWindow window) {
    if (window == lastWindow) {
      return lastTrack;
    }
    Track track = current.get(window.liobn());
    if (track == null || track.generation() != window.generation()) {
      track = add(window.liobn(), window.generation());
    }
    lastWindow = window;
    lastTrack = track;
    return track;
  }

  /** Calls on a LIOBN without a window count for the window it had last. */
  private Track stray(long liobn) {
    Track track = current.get(liobn);
    return track != null ? track : add(liobn, 0);
  }

  private Track add(long liobn, int generation) {
    Track track = new Track(liobn, generation);
    tracks.add(track);
    current.put(liobn, track);
    return track;
  }

  @Override
  public void end(IommuState state) {
    state.settled().windows().forEach(window -> end(track(window), window, Moment.NEVER));
    lastWindow = DmaWindow.NONE;
  }

  private void end(Track track, DmaWindow window, Moment closing) {
    Lane facts = Lane.of(track.liobn(), track.generation(), window, closing);
    track.endsAs(everyCall ? facts : facts.ofUnknownUse());
  }

  /** The lanes, once the replay has ended. */
  public Lanes lanes() {
    List<Lane> lanes = new ArrayList<>();
    for (Track track : tracks) {
      lanes.add(track.lane(openings.getOrDefault(track.openedBy(), Moment.NEVER)));
    }
    lanes.sort(ORDER);
    List<Long> firstEvents = axis.firstEvents();
    return new Lanes(
        axis.timed(),
        axis.origin(),
        axis.width(),
        axis.length(),
        firstEvents,
        Arrays.stream(losses).limit(firstEvents.size()).boxed().toList(),
        upheavals.found(),
        lanes);
  }
}

package io.tcescope.scripting;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Timeline;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers what scripts ask about other moments, while a replay is under way and after it. */
final class TimeTravel implements Observer {
  private static final int SNAPSHOTS_KEPT = 8;

  /** A window that came or went. */
  private record Turn(long ordinal, DmaWindow window) {}

  private final Trace trace;
  private final List<Turn> turns = new ArrayList<>();
  private final Map<Long, IommuState> kept =
      new LinkedHashMap<>(SNAPSHOTS_KEPT, 1, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, IommuState> eldest) {
          return size() > SNAPSHOTS_KEPT;
        }
      };
  private final Event row = new Event();
  private @Nullable Event current;
  private @Nullable IommuState live;

  /**
   * Watches from the first travel on: each snapshot is felt by the replay, and few rules travel.
   */
  private @Nullable Timeline timeline;

  private TimeTravel(Trace trace, @Nullable Timeline timeline) {
    this.trace = trace;
    this.timeline = timeline;
  }

  /** For rules, which look at what is now, and seldom far back. */
  static TimeTravel ofRules(Trace trace) {
    return new TimeTravel(trace, null);
  }

  /** For whoever asks about any moment when the replay is over. */
  static TimeTravel ofScript(Trace trace) {
    return new TimeTravel(trace, new Timeline(trace));
  }

  Trace trace() {
    return trace;
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    if (timeline != null) {
      timeline.on(event, change, state);
    }
    live = state;
    current = event;
    if (change.has(Signal.OPENED | Signal.CLOSED)) {
      change.closed().forEach(window -> turns.add(new Turn(event.ordinal(), window)));
      change.opened().forEach(window -> turns.add(new Turn(event.ordinal(), window)));
    }
  }

  @Override
  public void end(IommuState state) {
    if (timeline != null) {
      timeline.end(state);
    }
    live = state;
    current = null;
  }

  /** The state of the replay now. */
  IommuState now() {
    IommuState state = live;
    if (state == null) {
      throw new IllegalStateException("the replay has not begun");
    }
    return state;
  }

  /** The state after an event that was replayed; nobody may change it. */
  IommuState after(long ordinal) {
    long wanted = Math.clamp(ordinal, 0, now().events());
    IommuState state = kept.get(wanted);
    if (state == null) {
      state = wanted == now().events() ? now().snapshot() : timeline().after(wanted, kept.values());
      kept.put(wanted, state);
    }
    return state;
  }

  private Timeline timeline() {
    Timeline watching = timeline;
    if (watching == null) {
      watching = new Timeline(trace);
      watching.join(now());
      timeline = watching;
    }
    return watching;
  }

  /** The record of an event, null if there is none; valid until the next call. */
  @Nullable Event record(long ordinal) {
    if (ordinal < 1) {
      return null;
    }
    Event replayed = current;
    if (replayed != null && replayed.ordinal() == ordinal) {
      return replayed; // needs no reading
    }
    if (row.ordinal() != ordinal && !trace.read(ordinal).next(row)) {
      return null;
    }
    return row.ordinal() == ordinal ? row : null;
  }

  /** What an event did, null if there is none; valid until the next call. */
  @Nullable Change change(long ordinal) {
    Event event = record(ordinal);
    return event == null ? null : after(ordinal - 1).snapshot().apply(event);
  }

  /** Which window of a LIOBN the event met: the last that had come by then; 0 if none had. */
  int generation(long liobn, long ordinal) {
    for (Turn turn : turns.reversed()) {
      if (turn.ordinal() <= ordinal && turn.window().liobn() == liobn) {
        return turn.window().generation();
      }
    }
    return 0;
  }

  /** The last event with a time up to {@code time} ns; 0 if there is none. */
  long atTime(long time) {
    long low = 0;
    long high = now().events();
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      Event event = record(middle);
      if (event != null && event.time() != Event.NO_TIME && event.time() <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Events that changed what an address means, newest first, from one event backwards. */
  List<Long> history(long ioba, long upTo, @Nullable Long liobn, int limit) {
    List<Long> events = new ArrayList<>();
    long from = upTo;
    while (events.size() < limit) {
      long latest = latest(ioba, from, liobn);
      if (latest == 0) {
        break;
      }
      events.add(latest);
      from = latest - 1;
    }
    return events;
  }

  private long latest(long ioba, long upTo, @Nullable Long liobn) {
    long latest = 0;
    for (Turn turn : turns) {
      if (turn.ordinal() <= upTo && concerns(turn.window(), ioba, liobn)) {
        latest = Math.max(latest, turn.ordinal());
      }
    }
    for (DmaWindow window : after(upTo).windows()) {
      if (concerns(window, ioba, liobn)) {
        latest = Math.max(latest, Mark.writer(window.mark(window.indexOf(ioba))));
      }
    }
    return latest;
  }

  private static boolean concerns(DmaWindow window, long ioba, @Nullable Long liobn) {
    return window.covers(ioba) && (liobn == null || liobn == window.liobn());
  }
}

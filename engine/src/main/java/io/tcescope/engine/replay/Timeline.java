package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Travel in time: the state after any event. It watches a replay and keeps a snapshot now and then;
 * a jump takes the nearest earlier one and replays the rest. Snapshots share what does not change,
 * and are thinned out as the recording grows, so memory stays bounded.
 *
 * <p>The law: the state after k is the state that replaying the first k events gives.
 */
public final class Timeline implements Observer {
  private static final int MOST_KEYFRAMES = 32;
  private static final long FIRST_INTERVAL = 1 << 14;

  /** After a snapshot each page of a table has to be copied before it changes, which is felt. */
  private static final long SPARSE_INTERVAL = 1 << 18;

  private final Trace trace;
  private final int mostKeyframes;
  private final TreeMap<Long, IommuState> keyframes = new TreeMap<>();
  private long interval;
  private long untilKeyframe;
  private long events;

  public Timeline(Trace trace) {
    this(trace, MOST_KEYFRAMES, FIRST_INTERVAL);
  }

  /** Fewer snapshots, for whoever travels rarely, or mostly to where he has been just before. */
  public static Timeline sparse(Trace trace) {
    return new Timeline(trace, MOST_KEYFRAMES, SPARSE_INTERVAL);
  }

  /**
   * A timeline with a snapshot every so many events at first, and never more snapshots than that.
   */
  Timeline(Trace trace, int mostKeyframes, long firstInterval) {
    this.trace = trace;
    this.mostKeyframes = mostKeyframes;
    this.interval = firstInterval;
    this.untilKeyframe = firstInterval;
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    events = event.ordinal();
    if (keyframes.isEmpty()) {
      keyframes.put(0L, new IommuState(state.rules()));
    }
    if (--untilKeyframe == 0) {
      keep(state);
    }
  }

  private void keep(IommuState state) {
    keyframes.put(state.events(), state.snapshot());
    if (keyframes.size() > mostKeyframes) {
      thin();
      interval *= 2;
    }
    untilKeyframe = interval;
  }

  /** Drops every second snapshot, never the first. */
  private void thin() {
    boolean drop = false;
    for (var entries = keyframes.entrySet().iterator(); entries.hasNext(); drop = !drop) {
      entries.next();
      if (drop) {
        entries.remove();
      }
    }
  }

  @Override
  public void end(IommuState state) {
    keyframes.putIfAbsent(0L, new IommuState(state.rules()));
    keyframes.put(state.events(), state.snapshot());
  }

  /** Ordinal of the last event. */
  public long events() {
    return events;
  }

  /** The state after event {@code ordinal}; 0 is before the first. The caller owns it. */
  public IommuState after(long ordinal) {
    return after(ordinal, List.of());
  }

  /** The same; the way begins at one of those states of earlier travels if that is nearer. */
  public IommuState after(long ordinal, Iterable<IommuState> visited) {
    long wanted = Math.clamp(ordinal, 0, events);
    Map.Entry<Long, IommuState> keyframe = keyframes.floorEntry(wanted);
    if (keyframe == null) {
      throw new IllegalStateException("no replay has been watched");
    }
    IommuState nearest = keyframe.getValue();
    for (IommuState one : visited) {
      if (one.events() <= wanted && one.events() > nearest.events()) {
        nearest = one;
      }
    }
    IommuState state = nearest.snapshot();
    Replay.advance(trace, state, wanted);
    return state;
  }
}

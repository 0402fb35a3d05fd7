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
 * and are thinned out as the recording grows or their memory does, so that it stays bounded.
 *
 * <p>The law: the state after k is the state that replaying the first k events gives.
 */
public final class Timeline implements Observer {
  private static final int MOST_KEYFRAMES = 128;

  /** Snapshots may take so much of the heap. */
  private static final long HEAP_SHARE = 4;

  private static final long LEAF_BYTES = 8 << 10;

  /**
   * After a snapshot each page of a table has to be copied before it changes, which is felt; to
   * replay so many events takes some hundredths of a second.
   */
  private static final long FIRST_INTERVAL = 1 << 18;

  private final Trace trace;
  private final int mostKeyframes;
  private final long mostLeaves;
  private final TreeMap<Long, IommuState> keyframes = new TreeMap<>();
  private long leaves;
  private long interval;
  private long untilKeyframe;
  private long events;

  public Timeline(Trace trace) {
    this(trace, MOST_KEYFRAMES, FIRST_INTERVAL, leavesToSpare());
  }

  private static long leavesToSpare() {
    return Runtime.getRuntime().maxMemory() / HEAP_SHARE / LEAF_BYTES;
  }

  /**
   * A timeline with a snapshot every so many events at first, and never more snapshots than that,
   * nor more leaves of tables in them as long as two can be spared.
   */
  Timeline(Trace trace, int mostKeyframes, long firstInterval, long mostLeaves) {
    this.trace = trace;
    this.mostKeyframes = mostKeyframes;
    this.mostLeaves = mostLeaves;
    this.interval = firstInterval;
    this.untilKeyframe = firstInterval;
  }

  /** Begins to watch where a replay has come to; what lies before is replayed when it is wanted. */
  public void join(IommuState state) {
    keyframes.put(0L, new IommuState(state.rules()));
    keyframes.put(state.events(), state.snapshot());
    events = state.events();
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
    IommuState snapshot = state.snapshot();
    leaves += snapshot.leavesNotIn(keyframes.lastEntry().getValue());
    keyframes.put(state.events(), snapshot);
    while (keyframes.size() > mostKeyframes || (leaves > mostLeaves && keyframes.size() > 2)) {
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
    leaves = 0;
    IommuState before = keyframes.firstEntry().getValue();
    for (IommuState keyframe : keyframes.values()) {
      leaves += keyframe.leavesNotIn(before);
      before = keyframe;
    }
  }

  /** Leaves of tables that the snapshots hold, those that several share counted once. */
  long leaves() {
    return leaves;
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

package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HypervisorCall;
import io.tcescope.engine.event.HypervisorCall.WindowCall;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one reading of a recording shows: its calls, when it begins and ends, what it can tell. */
final class Survey {
  final Calls calls = new Calls();

  /** Kinds of calls that the recorder has written at least once. */
  final Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);

  /** Calls on windows by ordinal: those of a recording that may tell more of them than another. */
  final Map<Long, WindowCall> windowCalls = new HashMap<>();

  /** Lists by ordinal: those of a recording that may tell more of them than another. */
  final Map<Long, long[]> lists = new HashMap<>();

  long events;
  long firstTime = Event.NO_TIME;
  long lastTime = Event.NO_TIME;
  boolean loses;

  /** True if its records bear times of their own. */
  boolean stamped;

  private Clocks course = Clocks.NONE;
  private final Operation operation;
  private final long @Nullable [] wanted;

  private Survey(long @Nullable [] wanted, ToldShapes elsewhere) {
    this.wanted = wanted;
    operation = new Operation(elsewhere);
  }

  /**
   * Reads a recording once.
   *
   * @param wanted the keys to keep, ascending; null for all
   * @param elsewhere the shapes of windows that other recordings tell
   */
  static Survey of(Trace trace, long @Nullable [] wanted, ToldShapes elsewhere) {
    Survey survey = new Survey(wanted, elsewhere);
    TraceReader reader = trace.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      survey.take(event);
    }
    survey.loses = reader.health().isLossy();
    return survey;
  }

  /** The shapes of windows that it tells. */
  ToldShapes shapes() {
    return operation.told;
  }

  /** True if others tell of windows that it took for ones of the usual page size. */
  boolean isMistaken(ToldShapes others) {
    return others.surprise(operation.guessed);
  }

  /** True if its calls have times, be they those of another recording. */
  boolean isTimed() {
    return stamped || !course.isEmpty();
  }

  /** True if the recording was running at that time of its clock. */
  boolean spans(long time) {
    return time >= firstTime && time <= lastTime;
  }

  /** Gives the calls of a recording without times the times that another's order suggests. */
  void takeTimesFrom(Clocks found) {
    course = found;
    for (int i = 0; i < calls.size; i++) {
      calls.time[i] = course.there(calls.ordinal[i]);
    }
    firstTime = course.there(1);
    lastTime = course.there(events);
  }

  /** Takes back times that it was given. */
  void forgetTimes() {
    course = Clocks.NONE;
    System.arraycopy(calls.ordinal, 0, calls.time, 0, calls.size);
    firstTime = Event.NO_TIME;
    lastTime = Event.NO_TIME;
  }

  /** Where its records stand in time by another recording; none if they say so themselves. */
  Clocks course() {
    return course;
  }

  private void take(Event event) {
    events = event.ordinal();
    if (event.time() != Event.NO_TIME) {
      stamped = true;
      firstTime = firstTime == Event.NO_TIME ? event.time() : Math.min(firstTime, event.time());
      lastTime = Math.max(lastTime, event.time());
    }
    operation.learn(event);
    EventKind call = Operation.call(event);
    if (call == null) {
      return;
    }
    kinds.add(call);
    if (wanted == null && HypervisorCall.of(event) instanceof WindowCall windowCall) {
      windowCalls.put(event.ordinal(), windowCall);
    }
    if (Operation.isRange(event)) {
      add(event, Operation.rangeKey(event.liobn()), Calls.RANGE);
      return;
    }
    int flags = event.has(Event.LIST_LAST_ONLY) ? Calls.LAST_ONLY : 0;
    flags |= call.group() == EventKind.Group.DDW ? Calls.WINDOW : 0;
    flags |= keepsList(event) ? Calls.WHOLE_LIST : 0;
    add(event, operation.key(event), flags);
    if (operation.isDirect(event)) {
      add(event, Operation.rangeKey(event.liobn()), flags | Calls.DIRECT);
    }
  }

  /** Keeps the whole list of an indirect put that set all of it, if the record holds that. */
  private boolean keepsList(Event event) {
    if (!event.has(Event.LIST) || event.listLength() == 0) {
      return false;
    }
    boolean whole = event.has(Event.PAGES) && event.listLength() == event.pages();
    if (whole && wanted == null && event.succeeded()) {
      lists.put(
          event.ordinal(), IntStream.range(0, event.listLength()).mapToLong(event::list).toArray());
    }
    return whole;
  }

  private void add(Event event, long key, int flags) {
    if (key == Operation.NONE || (wanted != null && Arrays.binarySearch(wanted, key) < 0)) {
      return;
    }
    long time = event.time() == Event.NO_TIME ? event.ordinal() : event.time();
    int shift = event.has(Event.LIOBN) ? operation.shift(event.liobn()) : 0;
    calls.add(event, key, time, shift, flags);
  }
}

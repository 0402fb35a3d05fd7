package io.tcescope.scripting;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Allocation;
import io.tcescope.engine.replay.EventFilter;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the scripts of one replay share: the rows, the moments, who wants which kind. */
final class ScriptRun {
  /** What a derived event is about. */
  sealed interface Subject {
    /** The record itself. */
    record None() implements Subject {}

    /** A window, and why it came or went. */
    record OfWindow(DmaWindow window, String cause) implements Subject {}

    /** A window that was swept. */
    record OfSweep(DmaWindow window) implements Subject {}

    /** An allocation of the guest. */
    record OfAllocation(Allocation allocation) implements Subject {}
  }

  private static final Subject NONE = new Subject.None();
  private static final Subscription[] NOBODY = {};
  private static final EventFilter EVERY = (event, change) -> true;

  private final ScriptSettings settings;
  private final TimeTravel travel;
  private final EventBatch rows = new EventBatch();
  private final Subscription[][] wanted = new Subscription[ScriptKind.values().length][];

  /** The same by kinds of record, for that is asked of every event. */
  private final Subscription[][] wantedRecords = new Subscription[EventKind.values().length][];

  private final Map<String, EventFilter> filters = new HashMap<>();
  private final List<ScriptRule> rules = new ArrayList<>();
  private Subject subject = NONE;
  private int nextRow;
  private int nextWalked;

  ScriptRun(ScriptSettings settings, Trace trace) {
    this(settings, TimeTravel.ofRules(trace));
  }

  /** For scripts over a recording that was replayed before. */
  ScriptRun(ScriptSettings settings, TimeTravel travel) {
    this.settings = settings;
    this.travel = travel;
    Arrays.fill(wanted, NOBODY);
    Arrays.fill(wantedRecords, NOBODY);
  }

  void add(ScriptRule rule) {
    rules.add(rule);
  }

  Limits limits() {
    return settings.limits();
  }

  List<String> arguments() {
    return settings.arguments();
  }

  TimeTravel travel() {
    return travel;
  }

  EventBatch rows() {
    return rows;
  }

  Subject subject() {
    return subject;
  }

  void print(String line) {
    Consumer<String> output = settings.output();
    output.accept(line);
  }

  boolean isWanted(ScriptKind kind) {
    return wanted[kind.code()].length > 0;
  }

  Object @Nullable [] subscribe(
      ScriptRule rule, String kind, String where, boolean batch, int handler) {
    EventFilter filter =
        where.isEmpty() ? EVERY : filters.computeIfAbsent(where, settings.filters()::compile);
    EventBatch own = batch ? new EventBatch() : null;
    Subscription subscription = new Subscription(rule, handler, filter, own);
    int code = ScriptKind.of(kind).orElseThrow().code();
    wanted[code] = with(wanted[code], subscription);
    for (EventKind record : EventKind.values()) {
      wantedRecords[place(record)] = wanted[ScriptKind.of(record).code()];
    }
    if (own == null) {
      return null;
    }
    rule.subscribedBatch(subscription);
    return own.columns();
  }

  /** Those with the same filter stand side by side, so that it is asked once for all of them. */
  private static Subscription[] with(Subscription[] takers, Subscription one) {
    List<Subscription> more = new ArrayList<>(List.of(takers));
    int place = more.size();
    while (place > 0 && !more.get(place - 1).filter().equals(one.filter())) {
      place--;
    }
    more.add(place == 0 ? more.size() : place, one);
    return more.toArray(Subscription[]::new);
  }

  EventWalk walk(String where) {
    EventFilter filter = where.isEmpty() ? EVERY : settings.filters().compile(where);
    return new EventWalk(this, filter);
  }

  /** Shows an event and what it did in a row of its own; false if there is none. */
  boolean showAgain(long ordinal) {
    Change change = travel.change(ordinal);
    Event event = travel.record(ordinal);
    if (change == null || event == null) {
      return false;
    }
    rows.write(EventBatch.AGAIN, ScriptKind.of(event), event, change);
    return true;
  }

  /** Shows what a record says by itself, which needs no travel; false if there is none. */
  boolean showRecord(long ordinal) {
    Event event = travel.record(ordinal);
    if (event == null) {
      return false;
    }
    rows.write(EventBatch.RECORD, ScriptKind.of(event), event);
    return true;
  }

  /** Shows an event that a script walks to; the answer is the row. */
  int showWalked(Event event, Change change) {
    int row = EventBatch.ROWS + nextWalked;
    nextWalked = (nextWalked + 1) % EventBatch.WALKED_ROWS;
    rows.write(row, ScriptKind.of(event), event, change);
    return row;
  }

  @SuppressWarnings("EnumOrdinal") // a table by kind
  private static int place(EventKind kind) {
    return kind.ordinal();
  }

  /** A record, to all who want its kind. */
  void offer(Event event, Change change) {
    Subscription[] takers = wantedRecords[place(event.kind())];
    if (takers.length > 0) {
      offer(ScriptKind.of(event), event, change, takers);
    }
  }

  /** An event that is another's own, to all who want its kind. */
  void offer(ScriptKind kind, Event event, Change change) {
    Subscription[] takers = wanted[kind.code()];
    if (takers.length > 0) {
      offer(kind, event, change, takers);
    }
  }

  /** An event that follows from a record. */
  void offer(ScriptKind kind, Event event, Change change, Subject about) {
    subject = about;
    offer(kind, event, change);
    subject = NONE;
  }

  private void offer(ScriptKind kind, Event event, Change change, Subscription[] takers) {
    int row = -1;
    EventFilter asked = EVERY;
    boolean passes = true;
    for (Subscription taker : takers) {
      if (!taker.filter().equals(asked)) {
        asked = taker.filter();
        passes = asked.matches(event, change);
      }
      if (!passes || !taker.isAlive() || taker.collect(kind, event, change)) {
        continue;
      }
      if (row < 0) {
        row = append(kind, event, change);
      }
      if (kind.isFrequent()) {
        taker.rule().select(row, taker.handler());
      } else {
        taker.rule().deliver(row, taker.handler(), kind);
      }
    }
  }

  private int append(ScriptKind kind, Event event, Change change) {
    if (nextRow == EventBatch.ROWS) {
      flush();
      nextRow = 0;
    }
    rows.write(nextRow, kind, event, change);
    return nextRow++;
  }

  /** Hands over everything that waits. */
  void flush() {
    rules.forEach(ScriptRule::flush);
  }

  /** Why records of a kind may be missing, empty if they are all there. */
  String coverage(ScriptKind kind, String liobn) {
    String missing = kind.missingIn(travel.trace());
    if (missing != null) {
      return missing;
    }
    if (!liobn.isEmpty() && travel.now().window(Hex.parse(liobn)).isInKernel()) {
      return "the table is kept in the host kernel, its traffic is not recorded";
    }
    return travel.now().isLossy() ? "the recorder lost records" : "";
  }

  /** Behind lost records nothing is sure. */
  Confidence atMost(Confidence told) {
    return travel.now().isLossy() ? Confidence.LOW : told;
  }

  /** Which window of a LIOBN an event met. */
  int generation(long liobn, long ordinal) {
    return travel.generation(liobn, ordinal);
  }
}

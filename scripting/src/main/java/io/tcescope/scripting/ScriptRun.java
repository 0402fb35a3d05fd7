package io.tcescope.scripting;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
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
    record OfWindow(WindowView window, String cause) implements Subject {}

    /** A window that was swept. */
    record OfSweep(DmaWindow window) implements Subject {}

    /** An allocation of the guest. */
    record OfAllocation(Allocation allocation) implements Subject {}
  }

  /** Handlers that want the events of a kind which pass one filter. */
  private record Takers(EventFilter filter, List<Subscription> subscriptions) {
    Takers and(Subscription one) {
      List<Subscription> more = new ArrayList<>(subscriptions);
      more.add(one);
      return new Takers(filter, List.copyOf(more));
    }
  }

  private static final Subject NONE = new Subject.None();
  private static final Takers[] NOBODY = {};
  private static final int NO_ROW = -1;
  private static final EventFilter EVERY = (event, change) -> true;

  private final ScriptSettings settings;
  private final TimeTravel travel;
  private final EventBatch rows = new EventBatch();
  private final Takers[][] wanted = new Takers[ScriptKind.values().length][];

  /** The same by kinds of record, for that is asked of every event. */
  private final Takers[][] wantedRecords = new Takers[EventKind.values().length][];

  private final Map<String, EventFilter> filters = new HashMap<>();
  private final List<ScriptRule> rules = new ArrayList<>();
  private Subject subject = NONE;
  private int nextRow;
  private double place;
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

  /** How many rows were filled before the first one of those that are there now. */
  double place() {
    return place;
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
    EventFilter filter = where.isEmpty() ? EVERY : filters.computeIfAbsent(where, this::compile);
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

  /** A filter is asked once for all who gave the same. */
  private static Takers[] with(Takers[] groups, Subscription one) {
    Takers[] more = groups.clone();
    for (int i = 0; i < more.length; i++) {
      if (more[i].filter().equals(one.filter())) {
        more[i] = more[i].and(one);
        return more;
      }
    }
    more = Arrays.copyOf(groups, groups.length + 1);
    more[groups.length] = new Takers(one.filter(), List.of(one));
    return more;
  }

  private EventFilter compile(String where) {
    return settings.filters().compile(where, travel.trace());
  }

  EventWalk walk(String where) {
    EventFilter filter = where.isEmpty() ? EVERY : compile(where);
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
    Takers[] groups = wantedRecords[place(event.kind())];
    if (groups.length > 0) {
      offer(ScriptKind.of(event), event, change, groups);
    }
  }

  /** An event that is another's own, to all who want its kind. */
  void offer(ScriptKind kind, Event event, Change change) {
    offer(kind, event, change, wanted[kind.code()]);
  }

  /** An event that follows from a record. */
  void offer(ScriptKind kind, Event event, Change change, Subject about) {
    subject = about;
    offer(kind, event, change);
    subject = NONE;
  }

  private void offer(ScriptKind kind, Event event, Change change, Takers[] groups) {
    int row = NO_ROW;
    for (Takers group : groups) {
      if (group.filter().matches(event, change)) {
        row = hand(row, kind, event, change, group.subscriptions());
      }
    }
  }

  /** Hands over an event that passed a filter; the answer is its row, if it has got one by now. */
  private int hand(
      int given, ScriptKind kind, Event event, Change change, List<Subscription> takers) {
    int row = given;
    for (Subscription taker : takers) {
      if (!taker.isAlive() || taker.collect(kind, event, change)) {
        continue;
      }
      if (row == NO_ROW) {
        row = append(kind, event, change);
      }
      if (kind.isFrequent()) {
        taker.rule().select(row, taker.handler());
      } else {
        taker.rule().deliver(row, taker.handler(), kind);
      }
    }
    return row;
  }

  private int append(ScriptKind kind, Event event, Change change) {
    if (nextRow == EventBatch.ROWS) {
      flush();
      nextRow = 0;
      place += EventBatch.ROWS;
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

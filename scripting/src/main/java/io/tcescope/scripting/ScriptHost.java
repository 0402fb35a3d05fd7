package io.tcescope.scripting;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.replay.Allocation;
import io.tcescope.engine.state.DmaWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * All that the prelude of one script can ask of Java; public for the same reason as {@link
 * WindowView}.
 */
public final class ScriptHost {
  /** The exported methods that a rule needs, for the prelude's guard. */
  static final String METHODS =
      "kinds columns load loadRecord file text text64 named stateAfter eventAtTime history diff subscribe"
          + " selection progress subject coverage report notApplicable print walk events source args";

  private final ScriptRule rule;
  private final ScriptRun run;

  ScriptHost(ScriptRule rule, ScriptRun run) {
    this.rule = rule;
    this.run = run;
  }

  @Export
  public String kinds() {
    return ScriptKind.labels();
  }

  @Export
  public Object[] columns() {
    return run.rows().columns();
  }

  /** Shows an event in the last row but one; false if there is none. */
  @Export
  public boolean load(double ordinal) {
    return run.showAgain((long) ordinal);
  }

  /** Shows what a record says by itself in the last row; false if there is none. */
  @Export
  public boolean loadRecord(double ordinal) {
    return run.showRecord((long) ordinal);
  }

  @Export
  public String file(double ordinal) {
    Event event = run.travel().record((long) ordinal);
    return event == null ? "" : run.travel().trace().files().get(event.file());
  }

  @Export
  public String text(double ordinal) {
    Event event = run.travel().record((long) ordinal);
    return event == null ? "" : event.text();
  }

  /** A rarely wanted field of a record in hex, null if it does not hold it. */
  @Export
  public @Nullable String text64(double ordinal, String field) {
    Event event = run.travel().record((long) ordinal);
    return event == null ? null : field(event, field);
  }

  private static @Nullable String field(Event event, String field) {
    return switch (field) {
      case "buid" -> event.has(Event.BUID) ? Hex.of(event.buid()) : null;
      case "start" -> event.has(Event.START) ? Hex.of(event.start()) : null;
      case "available" -> event.has(Event.AVAILABLE) ? Hex.of(event.available()) : null;
      case "pageShift" -> event.has(Event.PAGE_SHIFT) ? Hex.of(event.pageShift()) : null;
      case "entries" -> event.has(Event.ENTRIES) ? Hex.of(event.entries()) : null;
      case "thread" -> event.thread() != 0 ? Hex.of(event.thread()) : null;
      case "cpu" -> event.cpu() >= 0 ? Hex.of(event.cpu()) : null;
      case "lost" -> event.has(Event.SIZE) ? Hex.of(event.size()) : null;
      default -> throw new IllegalArgumentException(field);
    };
  }

  /** Who or what a record names, null if it does not. */
  @Export
  public @Nullable String named(double ordinal, String field) {
    Event event = run.travel().record((long) ordinal);
    if (event == null) {
      return null;
    }
    return switch (field) {
      case "task" -> event.task();
      case "device" -> event.device();
      default -> throw new IllegalArgumentException(field);
    };
  }

  @Export
  public SnapshotView stateAfter(double ordinal) {
    return new SnapshotView(run.travel(), (long) ordinal);
  }

  @Export
  public double eventAtTime(String time) {
    return run.travel().atTime(Long.parseLong(time));
  }

  @Export
  public Object[] history(String ioba, double upTo, String liobn, int limit) {
    Long wanted = liobn.isEmpty() ? null : Long.valueOf(Hex.parse(liobn));
    return run.travel().history(Hex.parse(ioba), (long) upTo, wanted, limit).stream()
        .map(Long::doubleValue)
        .toArray();
  }

  /** Entries that became live, ceased to be live, and got another value. */
  @Export
  public Object[] diff(SnapshotView before, SnapshotView after, String liobn) {
    return DiffCounts.between(before.state(), after.state(), liobn);
  }

  /** A handler wants a kind; the answer is the columns of its own batch, null if it has none. */
  @Export
  public Object @Nullable [] subscribe(
      String kind, String where, boolean batch, int handler, Value function) {
    rule.subscribed(kind, function);
    return run.subscribe(rule, kind, where, batch, handler);
  }

  @Export
  public Object selection() {
    return rule.selection();
  }

  @Export
  public Object progress() {
    return rule.progress();
  }

  /** What a derived event is about. */
  @Export
  public @Nullable Object @Nullable [] subject() {
    return switch (run.subject()) {
      case ScriptRun.Subject.None ignored -> null;
      case ScriptRun.Subject.OfWindow(WindowView window, String cause) ->
          new @Nullable Object[] {"window", window, cause};
      case ScriptRun.Subject.OfSweep(DmaWindow window) ->
          new @Nullable Object[] {
            "sweep",
            new WindowView(window),
            (double) window.sweep().firstEvent(),
            (double) window.sweep().lastEvent()
          };
      case ScriptRun.Subject.OfAllocation(Allocation made) ->
          new @Nullable Object[] {
            "alloc",
            new WindowView(made.window()),
            made.ioba(),
            (double) made.pages(),
            (double) made.madeBy(),
            (double) made.freedBy(),
            made.certainty().label(),
            made.device()
          };
    };
  }

  /** Why records of a kind may be missing, empty if they are all there. */
  @Export
  public String coverage(String kind, String liobn) {
    return run.coverage(ScriptKind.of(kind).orElseThrow(), liobn);
  }

  /** A finding, as the prelude's report has checked and ordered it. */
  @Export
  public void report(Value entry) {
    long ordinal = entry.getArrayElement(0).asLong();
    OptionalLong liobn = address(entry.getArrayElement(4));
    int told = entry.getArrayElement(5).asInt();
    boolean named = liobn.isPresent() && told == 0;
    int generation = named ? run.generation(liobn.getAsLong(), ordinal) : told;
    rule.found(
        new Finding(
            rule.name(),
            entry.getArrayElement(11).asString(),
            Severity.valueOf(entry.getArrayElement(1).asString().toUpperCase(Locale.ROOT)),
            run.atMost(
                Confidence.valueOf(entry.getArrayElement(2).asString().toUpperCase(Locale.ROOT))),
            ordinal,
            liobn,
            liobn.isPresent() ? generation : 0,
            address(entry.getArrayElement(6)),
            entry.getArrayElement(3).asString(),
            data(entry.getArrayElement(7), entry.getArrayElement(8)),
            evidence(entry.getArrayElement(9), entry.getArrayElement(10))));
  }

  private static OptionalLong address(Value hex) {
    String text = hex.asString();
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Hex.parse(text));
  }

  private static Map<String, Object> data(Value names, Value values) {
    Map<String, Object> data = new LinkedHashMap<>();
    for (long i = 0; i < names.getArraySize(); i++) {
      data.put(names.getArrayElement(i).asString(), plain(values.getArrayElement(i)));
    }
    return data;
  }

  private static Object plain(Value value) {
    if (value.hasArrayElements()) {
      List<Object> list = new ArrayList<>();
      for (long i = 0; i < value.getArraySize(); i++) {
        list.add(plain(value.getArrayElement(i)));
      }
      return list;
    }
    if (value.isNumber()) {
      return value.fitsInLong() ? (Object) value.asLong() : (Object) value.asDouble();
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    return value.isString() ? value.asString() : value.toString();
  }

  private static List<Evidence> evidence(Value ordinals, Value notes) {
    List<Evidence> steps = new ArrayList<>();
    for (long i = 0; i < ordinals.getArraySize(); i++) {
      long ordinal = ordinals.getArrayElement(i).asLong();
      steps.add(new Evidence(ordinal, notes.getArrayElement(i).asString()));
    }
    return steps;
  }

  @Export
  public void notApplicable(String reason) {
    rule.notApplicable(reason);
  }

  @Export
  public void print(String line) {
    rule.print(line);
  }

  /** Begins a walk through the events that a filter lets pass. */
  @Export
  public EventWalk walk(String where) {
    return run.walk(where);
  }

  @Export
  public double events() {
    return run.travel().now().events();
  }

  @Export
  public String source() {
    return run.travel().trace().source().title();
  }

  @Export
  public Object[] args() {
    return run.arguments().toArray();
  }
}

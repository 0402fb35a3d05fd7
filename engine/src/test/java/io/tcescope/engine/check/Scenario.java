package io.tcescope.engine.check;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.ReplayOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as text: numbered calls, the state expected after some of them, and the findings
 * expected. Every finding above info that is not listed is a false alarm.
 *
 * <pre>
 * config Q
 * 1 PUT D 0x1000 0x1234003 -> 0
 * 2..5 k=0..3 STUFF D k*0x200000 0x0 n=512 -> 0
 * after 1 D live=1 [0x1]=0x1234003
 * finding 5 tce-clear-unmapped warning certain alreadyClear=8
 * </pre>
 */
final class Scenario {
  /** What a window is expected to look like after a step. */
  record WindowAfter(int step, long liobn, List<String> expectations) {}

  /** A finding expected: rule, severity, and words or {@code name=value} of its data. */
  record Expected(int step, String rule, String severity, List<String> expectations) {}

  private final Calls calls = new Calls();
  private final Map<Integer, Integer> events = new TreeMap<>();
  private final Map<Integer, Step> steps = new TreeMap<>();
  private final List<WindowAfter> states = new ArrayList<>();
  private final List<Expected> findings = new ArrayList<>();
  private final List<String> notApplicable = new ArrayList<>();
  private ScenarioConfig config = ScenarioConfig.Q;
  private SourceKind[] sources = {SourceKind.CSV};

  static Scenario read(Path file) {
    Scenario scenario = new Scenario();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        scenario.line(line.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scenario;
  }

  static Scenario of(String text) {
    Scenario scenario = new Scenario();
    text.lines().forEach(line -> scenario.line(line.strip()));
    return scenario;
  }

  ReplayOptions options() {
    return ReplayOptions.defaults().withPlatform(config.platform()).withInference(Inference.LINUX);
  }

  Trace trace() {
    return calls.trace(sources);
  }

  List<String> notApplicable() {
    return notApplicable;
  }

  /** The event that a step is. */
  int event(int step) {
    return Objects.requireNonNull(events.get(step));
  }

  /** The step that an event is, 0 if it belongs to the set-up. */
  int step(long event) {
    return events.entrySet().stream()
        .filter(e -> e.getValue() == event)
        .mapToInt(Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  List<WindowAfter> states() {
    return states;
  }

  List<Expected> findings() {
    return findings;
  }

  private void line(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    List<String> words = List.of(line.split("\\s+", -1));
    switch (words.get(0)) {
      case "again" -> again(words);
      case "source" ->
          sources = words.stream().skip(1).map(SourceKind::valueOf).toArray(SourceKind[]::new);
      case "notApplicable" -> notApplicable.add(words.get(1));
      case "config" -> {
        config = ScenarioConfig.valueOf(words.get(1));
        config.setUp(calls);
      }
      case "after" ->
          states.add(
              new WindowAfter(
                  Integer.parseInt(words.get(1)),
                  config.liobn(words.get(2)),
                  words.subList(3, words.size())));
      case "finding" ->
          findings.add(
              new Expected(
                  Integer.parseInt(words.get(1)),
                  words.get(2),
                  words.get(3),
                  words.subList(4, words.size())));
      default -> steps(words);
    }
  }

  /** {@code again n first last}: the same steps n times more, as events without a step. */
  private void again(List<String> words) {
    for (int time = 0; time < Integer.parseInt(words.get(1)); time++) {
      for (int step = Integer.parseInt(words.get(2));
          step <= Integer.parseInt(words.get(3));
          step++) {
        Objects.requireNonNull(steps.get(step)).make();
      }
    }
  }

  private void steps(List<String> words) {
    int at = 1;
    long k = 0;
    @Nullable Long time = null;
    while (words.get(at).startsWith("k=") || words.get(at).startsWith("t=")) {
      String value = words.get(at).substring(2);
      if (words.get(at).startsWith("k=")) {
        k = Long.parseLong(value.split("\\.\\.", -1)[0]);
      } else {
        time = Long.parseLong(value) * 1_000_000;
      }
      at++;
    }
    String[] range = words.get(0).split("\\.\\.", -1);
    int last = Integer.parseInt(range[range.length - 1]);
    for (int step = Integer.parseInt(range[0]); step <= last; step++) {
      Step made = new Step(words.subList(at, words.size()), k++, time);
      made.make();
      steps.put(step, made);
      events.put(step, calls.size());
    }
  }

  /** One call of a scenario, with its arguments by position and by name. */
  private final class Step {
    private final List<String> positional = new ArrayList<>();
    private final Map<String, String> named = new LinkedHashMap<>();
    private final long k;
    private final @Nullable Long time;

    Step(List<String> words, long k, @Nullable Long time) {
      this.k = k;
      this.time = time;
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        int equals = word.indexOf('=');
        if (word.equals("->")) {
          named.put("status", words.get(++i));
        } else if (equals > 0) {
          named.put(word.substring(0, equals), word.substring(equals + 1));
        } else {
          positional.add(word);
        }
      }
    }

    void make() {
      long status = named.containsKey("status") ? number("status") : 0;
      int before = calls.size();
      switch (positional.get(0)) {
        case "PUT" -> calls.put(liobn(), number(2), number(3), status);
        case "GET" -> calls.get(liobn(), number(2), number("tce"), status);
        case "STUFF" -> calls.stuff(liobn(), number(2), number(3), number("n"), status);
        case "IND" -> calls.indirect(liobn(), number(2), status, list());
        case "QUERY" ->
            calls.query(buid(), address(), number("avail"), number("block"), number("mask"));
        case "CREATE" -> create(status);
        case "BOOT" -> calls.sign(EventKind.MACHINE_RESET, 0);
        case "REMOVE" -> calls.remove(liobn(), status);
        case "RESET" -> calls.reset(buid(), address(), status);
        case "VIOWINDOW" -> calls.window(liobn(), 0, "vio", 0, 12, 0x10000);
        case "REGISTER" -> queue(EventKind.VIO_REGISTER_CRQ);
        case "UNREGISTER" -> queue(EventKind.VIO_FREE_CRQ);
        case "COPY" -> partner(EventKind.H_PUT_RTCE);
        case "GIVEBACK" -> partner(EventKind.H_REMOVE_RTCE);
        case "RTAS" -> rtas();
        case "SUSPEND" -> calls.sign(EventKind.SUSPEND, 0);
        case "QUIESCE" -> calls.sign(EventKind.QUIESCE, 0);
        case "ISOLATE" -> calls.sign(EventKind.DRC_ISOLATED, number(1));
        case "ATTACH" -> calls.sign(EventKind.DRC_ATTACH, number(1));
        case "SAVE" -> migrated(EventKind.PRE_SAVE);
        case "LOAD" -> migrated(EventKind.POST_LOAD);
        case "BEGIN" -> begin();
        case "ACCESS" -> calls.access(liobn(), number(2), (int) number("perm"));
        case "STUFFTO" -> calls.stuffedTo(liobn(), number(2), number(3), number("n"), status);
        case "INDLAST" -> calls.indirectLast(liobn(), number(2), number("last"), number(3), status);
        case "TABLE" -> calls.newTable(liobn());
        case "NOTABLE" -> calls.event(e -> noTable(e));
        case "FAILED" -> calls.event(e -> allocationFailed(e));
        case "DRC-" -> calls.sign(EventKind.DRC_UNREALIZE, number(1));
        case "LMB+" -> memory(EventKind.MEMORY_ADDED);
        case "LMB-" -> memory(EventKind.MEMORY_REMOVED);
        case "FREEZE" -> onPe(EventKind.EEH);
        case "UNPLUG" -> onPe(EventKind.UNPLUG);
        case "LOST" -> calls.lost(number(1));
        case "LOG" -> log();
        default -> throw new IllegalArgumentException("no such call: " + positional);
      }
      if (calls.size() != before + 1) {
        throw new IllegalStateException("one event per step");
      }
      modify();
      if (time != null) {
        long nanoseconds = time;
        calls.last(e -> e.time(nanoseconds, 9));
      }
    }

    /** What every call may have besides: who made it, and in whose words. */
    private void modify() {
      if (named.containsKey("thread")) {
        long thread = number("thread");
        calls.last(e -> e.withThread(thread));
      }
      if (named.containsKey("witness")) {
        calls.last(e -> e.holding(Event.WITNESS));
      }
      if (named.containsKey("limited")) {
        calls.last(e -> e.withId(1));
      }
      if (named.containsKey("kernel")) {
        calls.last(e -> e.holding(Event.IN_KERNEL));
      }
      if (named.containsKey("listaddr")) {
        long address = number("listaddr");
        calls.last(e -> e.withListAddress(address));
      }
    }

    /** {@code ~} or, where there is none, {@code _} stands for a blank. */
    private void log() {
      String text = text("text");
      calls.log(text.replace(text.indexOf('~') < 0 ? '_' : '~', ' '));
      if (named.containsKey("dev")) {
        calls.last(e -> e.withDevice(text("dev")));
      }
      if (named.containsKey("at")) {
        long ioba = number("at");
        long table = config.liobn(text("table"));
        calls.last(e -> e.withIoba(ioba).withLiobn(table));
      }
    }

    private void queue(EventKind kind) {
      calls.event(
          e -> {
            e.is(kind, kind.call(), 0).withId(number(1));
            if (positional.size() > 2) {
              e.withIoba(number(2)).withSize(number(3));
            }
          });
    }

    private void partner(EventKind kind) {
      calls.event(e -> e.is(kind, kind.call(), 0).withLiobn(liobn()).withIoba(number(2)));
      if (named.containsKey("n")) {
        calls.last(e -> e.withPages(number("n")));
      }
    }

    private void rtas() {
      calls.event(
          e ->
              e.is(EventKind.RTAS, positional.get(2), 0)
                  .withBuid(buid())
                  .withConfigAddress(address())
                  .withId(number("function"))
                  .withStatus(0));
    }

    private void migrated(EventKind kind) {
      calls.event(
          e -> {
            e.is(kind, kind.call(), 0).withLiobn(liobn()).withEntries(number("entries"));
            e.withStart(named.containsKey("start") ? number("start") : 0).withPageShift(12);
            if (named.containsKey("old")) {
              e.withPages(number("old"));
            }
          });
    }

    private void begin() {
      calls.event(
          e ->
              e.is(EventKind.PROBE, "kvm_hcall_enter", 0)
                  .withLiobn(liobn())
                  .withIoba(number(2))
                  .withPages(number("n"))
                  .withId(number("op")));
    }

    private void create(long status) {
      calls.create(
          buid(),
          address(),
          (int) number("shift"),
          (int) number("wshift"),
          status == 0 ? number("liobn") : 0,
          status == 0 ? number("start") : 0,
          status);
      if (named.containsKey("entries")) {
        calls.last(e -> e.withEntries(number("entries")));
      }
    }

    private void noTable(Event event) {
      event.is(EventKind.NEW_TABLE, "spapr_iommu_new_table", Event.NO_TABLE).withLiobn(liobn());
    }

    private void allocationFailed(Event event) {
      event
          .is(EventKind.ALLOC_FAILED, "iommu_alloc failed", 0)
          .withPages(number("n"))
          .withDevice(positional.get(1));
    }

    private void memory(EventKind kind) {
      calls.event(e -> e.is(kind, kind.call(), 0).withStart(number(1)).withSize(number(2)));
    }

    private void onPe(EventKind kind) {
      calls.event(
          e -> {
            e.is(kind, kind.call(), 0).withBuid(buid()).withConfigAddress(address());
            if (kind == EventKind.EEH) {
              e.withText(named.getOrDefault("text", "freeze"));
            }
            if (named.containsKey("at")) {
              e.withIoba(number("at"));
            }
          });
    }

    private long liobn() {
      return config.liobn(positional.get(1));
    }

    private long buid() {
      return config.buid(positional.get(1).split(":", -1)[0]);
    }

    private long address() {
      String[] parts = positional.get(1).split(":", -1);
      return parts.length > 1 ? expression(parts[1]) : config.configAddress();
    }

    private long[] list() {
      String list = named.get("list");
      if (list != null) {
        String[] values = list.substring(1, list.length() - 1).split(",", -1);
        long[] result = new long[values.length];
        for (int i = 0; i < values.length; i++) {
          result[i] = expression(values[i]);
        }
        return result;
      }
      long[] result = new long[(int) number("n")];
      for (int i = 0; i < result.length; i++) {
        result[i] = number("tce0") + i * number("step");
      }
      return result;
    }

    private long number(int position) {
      return expression(positional.get(position));
    }

    private String text(String name) {
      return Objects.requireNonNull(named.get(name), name);
    }

    private long number(String name) {
      return expression(text(name));
    }

    /** Sums of products of numbers and {@code k}. */
    private long expression(String text) {
      long sum = 0;
      for (String term : text.split("\\+", -1)) {
        long product = 1;
        for (String factor : term.split("\\*", -1)) {
          product *= factor.equals("k") ? k : numberOf(factor);
        }
        sum += product;
      }
      return sum;
    }
  }

  /** A number in decimal or hexadecimal, unsigned up to 64 bits, or negative. */
  static long numberOf(String text) {
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text.substring(2), 16)
        : Long.parseLong(text);
  }

  @Override
  public String toString() {
    return config + ", " + calls.size() + " events, " + findings.size() + " findings";
  }
}

package io.tcescope.engine.check;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import org.jspecify.annotations.Nullable;

/** One call of a scenario: the event that its words stand for. */
final class ScenarioStep {
  private final Calls calls;
  private final ScenarioConfig config;
  private final StepWords words;
  private final @Nullable Long time;

  ScenarioStep(Calls calls, ScenarioConfig config, StepWords words, @Nullable Long time) {
    this.calls = calls;
    this.config = config;
    this.words = words;
    this.time = time;
  }

  void make() {
    long status = words.has("status") ? words.number("status") : 0;
    int before = calls.size();
    switch (words.at(0)) {
      case "PUT" -> calls.put(liobn(), words.number(2), words.number(3), status);
      case "GET" -> calls.get(liobn(), words.number(2), words.number("tce"), status);
      case "STUFF" ->
          calls.stuff(liobn(), words.number(2), words.number(3), words.number("n"), status);
      case "IND" -> calls.indirect(liobn(), words.number(2), status, words.list());
      case "QUERY" ->
          calls.query(
              buid(),
              address(),
              words.number("avail"),
              words.number("block"),
              words.number("mask"));
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
      case "ISOLATE" -> calls.sign(EventKind.DRC_ISOLATED, words.number(1));
      case "ATTACH" -> calls.sign(EventKind.DRC_ATTACH, words.number(1));
      case "SAVE" -> migrated(EventKind.PRE_SAVE);
      case "LOAD" -> migrated(EventKind.POST_LOAD);
      case "BEGIN" -> begin();
      case "ACCESS" -> calls.access(liobn(), words.number(2), (int) words.number("perm"));
      case "STUFFTO" ->
          calls.stuffedTo(liobn(), words.number(2), words.number(3), words.number("n"), status);
      case "INDLAST" ->
          calls.indirectLast(
              liobn(), words.number(2), words.number("last"), words.number(3), status);
      case "TABLE" -> calls.newTable(liobn());
      case "NOTABLE" -> calls.event(e -> noTable(e));
      case "FAILED" -> calls.event(e -> allocationFailed(e));
      case "DRC-" -> calls.sign(EventKind.DRC_UNREALIZE, words.number(1));
      case "LMB+" -> memory(EventKind.MEMORY_ADDED);
      case "LMB-" -> memory(EventKind.MEMORY_REMOVED);
      case "FREEZE" -> onPe(EventKind.EEH);
      case "UNPLUG" -> onPe(EventKind.UNPLUG);
      case "LOST" -> calls.lost(words.number(1));
      case "LOG" -> log();
      default -> throw new IllegalArgumentException("no such call: " + words);
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
    if (words.has("thread")) {
      long thread = words.number("thread");
      calls.last(e -> e.withThread(thread));
    }
    if (words.has("witness")) {
      calls.last(e -> e.holding(Event.WITNESS));
    }
    if (words.has("limited")) {
      calls.last(e -> e.withId(1));
    }
    if (words.has("kernel")) {
      calls.last(e -> e.holding(Event.IN_KERNEL));
    }
    if (words.has("listaddr")) {
      long address = words.number("listaddr");
      calls.last(e -> e.withListAddress(address));
    }
  }

  /** {@code ~} or, where there is none, {@code _} stands for a blank. */
  private String message() {
    String text = words.text("text");
    return text.replace(text.indexOf('~') < 0 ? '_' : '~', ' ');
  }

  private void log() {
    calls.log(message());
    if (words.has("dev")) {
      calls.last(e -> e.withDevice(words.text("dev")));
    }
    if (words.has("at")) {
      long ioba = words.number("at");
      long table = config.liobn(words.text("table"));
      calls.last(e -> e.withIoba(ioba).withLiobn(table));
    }
  }

  private void queue(EventKind kind) {
    calls.event(
        e -> {
          e.is(kind, kind.call(), 0).withId(words.number(1));
          if (words.count() > 2) {
            e.withIoba(words.number(2)).withSize(words.number(3));
          }
        });
  }

  private void partner(EventKind kind) {
    calls.event(e -> e.is(kind, kind.call(), 0).withLiobn(liobn()).withIoba(words.number(2)));
    if (words.has("n")) {
      calls.last(e -> e.withPages(words.number("n")));
    }
  }

  private void rtas() {
    calls.event(
        e ->
            e.is(EventKind.RTAS, words.at(2), 0)
                .withBuid(buid())
                .withConfigAddress(address())
                .withId(words.number("function"))
                .withStatus(0));
  }

  private void migrated(EventKind kind) {
    calls.event(
        e -> {
          e.is(kind, kind.call(), 0).withLiobn(liobn()).withEntries(words.number("entries"));
          e.withStart(words.has("start") ? words.number("start") : 0);
          e.withPageShift(words.has("shift") ? (int) words.number("shift") : 12);
          if (words.has("old")) {
            e.withPages(words.number("old"));
          }
        });
  }

  private void begin() {
    calls.event(
        e ->
            e.is(EventKind.PROBE, "kvm_hcall_enter", 0)
                .withLiobn(liobn())
                .withIoba(words.number(2))
                .withPages(words.number("n"))
                .withId(words.number("op")));
  }

  private void create(long status) {
    calls.create(
        buid(),
        address(),
        (int) words.number("shift"),
        (int) words.number("wshift"),
        status == 0 ? words.number("liobn") : 0,
        status == 0 ? words.number("start") : 0,
        status);
    if (words.has("entries")) {
      calls.last(e -> e.withEntries(words.number("entries")));
    }
  }

  private void noTable(Event event) {
    event.is(EventKind.NEW_TABLE, "spapr_iommu_new_table", Event.NO_TABLE).withLiobn(liobn());
  }

  private void allocationFailed(Event event) {
    event
        .is(EventKind.ALLOC_FAILED, "iommu_alloc failed", 0)
        .withPages(words.number("n"))
        .withDevice(words.at(1));
  }

  private void memory(EventKind kind) {
    calls.event(
        e -> e.is(kind, kind.call(), 0).withStart(words.number(1)).withSize(words.number(2)));
  }

  private void onPe(EventKind kind) {
    calls.event(
        e -> {
          e.is(kind, kind.call(), 0).withBuid(buid()).withConfigAddress(address());
          if (kind == EventKind.EEH) {
            e.withText(words.has("text") ? message() : "freeze");
          }
          if (words.has("at")) {
            e.withIoba(words.number("at"));
          }
        });
  }

  private long liobn() {
    return config.liobn(words.at(1));
  }

  private long buid() {
    return config.buid(words.at(1).split(":", -1)[0]);
  }

  private long address() {
    String[] parts = words.at(1).split(":", -1);
    return parts.length > 1 ? words.expression(parts[1]) : config.configAddress();
  }
}

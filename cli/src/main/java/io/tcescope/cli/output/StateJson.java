package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Run;
import io.tcescope.engine.state.Runs;
import io.tcescope.engine.state.StateDiff;
import java.util.List;
import java.util.Locale;

/** States and their differences as JSON documents. */
public final class StateJson {
  private final Json json;
  private final References references;

  public StateJson(Json json, References references) {
    this.json = json;
    this.references = references;
  }

  /** The windows of a moment, each with every entry that is not observed clear. */
  public void state(Place at, List<DmaWindow> windows) {
    json.object().number("tcescope", 1);
    place("at", at);
    json.list("windows");
    windows.forEach(this::window);
    json.endList().endObject().line();
  }

  /** What is different between two moments. */
  public void difference(Place from, Place to, StateDiff diff) {
    json.object().number("tcescope", 1);
    place("from", from);
    place("to", to);
    json.list("opened");
    diff.opened().forEach(this::window);
    json.endList().list("closed");
    diff.closed().forEach(this::window);
    json.endList().list("changed");
    diff.changed().forEach(this::changed);
    json.endList().endObject().line();
  }

  private void place(String name, Place place) {
    json.object(name);
    references.write(json, place).endObject();
  }

  private void window(DmaWindow window) {
    json.object();
    head(window);
    json.list("runs");
    Runs.of(window, run -> run(window, run));
    json.endList().endObject();
  }

  private void head(DmaWindow window) {
    json.address("liobn", window.liobn())
        .number("generation", window.generation())
        .address("buid", window.bridge().buid(), window.bridge().buid() != 0)
        .text("role", window.role() == Role.UNKNOWN ? null : label(window.role()));
    place(window);
    json.text("mapping", label(window.mapping()))
        .number("mapped", window.mapped())
        .number("nonzero", window.nonzero())
        .number("unknown", window.unknown(), window.hasGeometry());
  }

  private void place(DmaWindow window) {
    boolean placed = window.hasGeometry();
    json.address("start", window.start(), placed)
        .number("pageShift", window.pageShift(), placed)
        .number("entries", window.entries(), placed)
        .text("geometry", label(window.geometry()));
  }

  private void run(DmaWindow window, Run run) {
    json.object();
    range(window, run);
    knowledge(run);
    json.endObject();
  }

  /** Entries by index; by bus address where nobody knows at which one the window starts. */
  private void range(DmaWindow window, Run run) {
    if (window.hasGeometry()) {
      json.number("first", run.first()).number("last", run.last());
    } else {
      json.address("ioba", window.iobaOf(run.first()))
          .address("lastIoba", window.iobaOf(run.last()));
    }
  }

  private void knowledge(Run run) {
    Certainty certainty = run.knowledge().certainty();
    if (certainty != Certainty.UNKNOWN) {
      json.address("tce", run.tce()).address("step", run.step());
    }
    json.text("certainty", certainty.label());
    switch (certainty) {
      case OBSERVED -> {}
      case INFERRED -> json.text("rule", run.knowledge().label());
      case UNKNOWN -> json.text("reason", run.knowledge().label());
    }
  }

  private void changed(StateDiff.Changed changed) {
    DmaWindow window = changed.after();
    json.object().address("liobn", window.liobn()).number("generation", window.generation());
    if (changed.isMoved()) {
      json.object("place").object("before");
      place(changed.before());
      json.endObject().object("after");
      place(window);
      json.endObject().endObject();
    }
    json.list("runs");
    for (StateDiff.ChangedRun run : changed.runs()) {
      json.object();
      range(window, run.before());
      json.object("before");
      knowledge(run.before());
      json.endObject().object("after");
      knowledge(run.after());
      json.endObject().endObject();
    }
    json.endList().endObject();
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

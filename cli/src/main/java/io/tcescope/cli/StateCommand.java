package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.Place;
import io.tcescope.cli.input.Places;
import io.tcescope.cli.input.Point;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.WindowName;
import io.tcescope.cli.input.WindowOption;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.References;
import io.tcescope.cli.output.StateJson;
import io.tcescope.cli.output.StateText;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.StateDiff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The full state at a moment, or what changed between two. */
@Command(
    name = "state",
    description = "The TCE tables at a moment, or what changed between two.",
    footer = {
      "",
      "An entry that is not listed is observed to be clear. What the recording does not tell is",
      "listed as unknown, with the reason; what follows from a rule is listed as inferred.",
      "",
      "Examples:",
      "  tcescope state trace.log                        at the end",
      "  tcescope state trace.log --at line:6879         after line 6879",
      "  tcescope state trace.log --at 1.5s --liobn 0x80000100",
      "  tcescope state trace.log --at line:6879 --diff line:6880",
    })
final class StateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private StrictOption strict = new StrictOption();
  @Mixin private TogetherOption together = new TogetherOption();
  @Mixin private WindowOption window = new WindowOption();

  @Parameters(arity = "1..*", paramLabel = "TRACE", description = "The recording; - is stdin.")
  private List<Path> files = List.of();

  @Option(
      names = "--at",
      paramLabel = "POINT",
      converter = Point.Parser.class,
      description = "When: " + Point.SYNTAX + ". Default: end.")
  private Point at = new Point.End();

  @Option(
      names = "--diff",
      paramLabel = "POINT",
      converter = Point.Parser.class,
      description = "Show what changed from --at to this point.")
  private @Nullable Point diff;

  @Override
  public Integer call() throws IOException {
    together.requireOneRun(files);
    Terminal terminal = Commands.terminal(spec);
    try (OpenRun opened = OpenRun.open(run, files)) {
      Trace trace = opened.trace();
      try (ProgressBar progress = new ProgressBar(terminal, "replaying", trace.bytes())) {
        States states = States.of(opened, progress);
        show(terminal, trace, states);
        return Commands.exitCode(terminal, strict.isGiven(), trace, states.health());
      }
    }
  }

  private void show(Terminal terminal, Trace trace, States states) throws IOException {
    Point until = diff;
    long first = resolve(terminal, trace, states, at);
    long last = until == null ? first : resolve(terminal, trace, states, until);
    IommuState state = states.after(first);
    IommuState later = until == null ? state : states.after(last);
    window.miss(named(state, later)).ifPresent(words -> Commands.note(terminal, words));
    toldLater(terminal, states, later);
    if (until == null) {
      Place place = Places.of(trace, first);
      List<DmaWindow> windows = state.windows().stream().filter(this::isWanted).toList();
      if (format.isText()) {
        new StateText(terminal, trace.files(), window.isGiven()).state(place, windows);
      } else {
        json(terminal, trace).state(place, windows);
      }
      return;
    }
    Places places = Places.of(trace, List.of(first, last));
    StateDiff changes = only(StateDiff.between(state, later));
    if (format.isText()) {
      new StateText(terminal, trace.files(), window.isGiven())
          .difference(places.get(first), places.get(last), changes);
    } else {
      json(terminal, trace).difference(places.get(first), places.get(last), changes);
    }
  }

  /** What nothing has told of yet is no part of a state, though it was there. */
  private static void toldLater(Terminal terminal, States states, IommuState state) {
    for (WindowName name : states.before()) {
      if (state.window(name.liobn()) == DmaWindow.NONE) {
        Commands.note(
            terminal,
            "window " + name + " was there before the recording, which tells of it only later");
      }
    }
  }

  private static StateJson json(Terminal terminal, Trace trace) {
    return new StateJson(new Json(terminal.out()), new References(trace.files()));
  }

  /** A point that was taken for another than meant shows nothing, so it is told. */
  private static long resolve(Terminal terminal, Trace trace, States states, Point point)
      throws IOException {
    long event = states.resolve(point);
    point.doubt(trace, event).ifPresent(words -> Commands.note(terminal, words));
    return event;
  }

  private static List<WindowName> named(IommuState state, IommuState later) {
    return Stream.concat(state.windows().stream(), later.windows().stream())
        .map(WindowName::of)
        .distinct()
        .toList();
  }

  private boolean isWanted(DmaWindow one) {
    return window.admits(WindowName.of(one));
  }

  private StateDiff only(StateDiff all) {
    return new StateDiff(
        all.opened().stream().filter(this::isWanted).toList(),
        all.closed().stream().filter(this::isWanted).toList(),
        all.changed().stream().filter(changed -> isWanted(changed.after())).toList());
  }
}

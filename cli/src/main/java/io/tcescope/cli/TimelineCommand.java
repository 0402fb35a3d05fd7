package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.WindowName;
import io.tcescope.cli.input.WindowOption;
import io.tcescope.cli.output.Drawn;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.RecalledRun;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.output.TimelineJson;
import io.tcescope.cli.output.TimelineText;
import io.tcescope.queries.index.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The windows of a run as lanes. */
@Command(
    name = "timeline",
    description = "The windows of a run as lanes: opened, filled, swept, removed; what failed.",
    footer = {
      "",
      "A lane belongs to a LIOBN and holds its windows, one after the other. Its height is the",
      "number of live entries. Failed calls and findings stand under it; findings by letters that",
      "are explained below. The picture is as wide as the terminal, or as COLUMNS says.",
      "",
      "Examples:",
      "  tcescope timeline trace.log",
      "  tcescope timeline trace.log --liobn 0x80000100 --by event",
      "  tcescope timeline trace.log --format json | jq '.timelines[0].windows[].closed'",
    })
final class TimelineCommand implements Callable<Integer> {
  /** What the axis counts. */
  enum By {
    TIME,
    EVENT
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private StrictOption strict = new StrictOption();
  @Mixin private TogetherOption together = new TogetherOption();
  @Mixin private WindowOption window = new WindowOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE|CASE",
      description = "The recording, or a case; - is stdin.")
  private List<Path> files = List.of();

  @Option(
      names = "--by",
      paramLabel = "AXIS",
      description = "time (default, where the recording has any) or event.")
  private By by = By.TIME;

  @Option(names = "--ascii", description = "Draw with ASCII characters only.")
  private boolean ascii;

  @Override
  public Integer call() throws IOException {
    together.requireOneRun(files);
    Terminal terminal = Commands.terminal(spec);
    List<Drawn> runs = recalled(terminal);
    if (runs.isEmpty()) {
      runs = List.of(replayed(terminal));
    }
    window.miss(named(runs)).ifPresent(words -> Commands.note(terminal, words));
    show(terminal, runs.stream().map(drawn -> drawn.only(window)).toList());
    return Commands.exitCodeOf(terminal, strict.isGiven(), runs.stream().map(Drawn::run).toList());
  }

  /** What a case holds; it holds lanes over time only. */
  private List<Drawn> recalled(Terminal terminal) throws IOException {
    if (files.size() > 1 || by == By.EVENT || !Case.isCase(files.getFirst())) {
      return List.of();
    }
    return Recall.of(files.getFirst(), run, terminal).orElse(List.of()).stream()
        .map(RecalledRun::drawn)
        .toList();
  }

  private Drawn replayed(Terminal terminal) throws IOException {
    try (OpenRun opened = OpenRun.open(run, files);
        ProgressBar progress = new ProgressBar(terminal, "replaying", opened.trace().bytes())) {
      return Drawing.of(
          opened.trace(),
          opened.replay().withReadAhead(true).withProgress(progress),
          by == By.TIME);
    }
  }

  private static List<WindowName> named(List<Drawn> runs) {
    return runs.stream()
        .flatMap(drawn -> drawn.lanes().lanes().stream())
        .map(lane -> new WindowName(lane.liobn(), lane.generation()))
        .distinct()
        .toList();
  }

  private void show(Terminal terminal, List<Drawn> runs) {
    if (!format.isText()) {
      new TimelineJson(new Json(terminal.out())).document(runs);
      return;
    }
    TimelineText text = new TimelineText(terminal, ascii);
    text.run(runs.getFirst());
    for (Drawn drawn : runs.subList(1, runs.size())) {
      terminal.out().println();
      text.run(drawn);
    }
  }
}

package io.tcescope.cli;

import io.tcescope.cli.input.BusAddress;
import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.Places;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.WindowName;
import io.tcescope.cli.input.WindowOption;
import io.tcescope.cli.output.AddressJson;
import io.tcescope.cli.output.AddressText;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.References;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.AddressLife;
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

/** The life of a bus address: every window and entry it ever meant, with the events. */
@Command(
    name = "addr",
    description = "The life of a bus address: every window and entry it ever meant.",
    footer = {
      "",
      "Bus addresses are per bridge: without --liobn, all windows that cover the address are"
          + " shown.",
      "",
      "Examples:",
      "  tcescope addr 0xd150000 trace.log",
      "  tcescope addr 0x800000000010000 trace.log --liobn 0x80000101 --format json",
    })
final class AddrCommand implements Callable<Integer> {
  /** For whom the moments are written. */
  enum Format {
    TEXT,
    JSON,
    NDJSON
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private StrictOption strict = new StrictOption();
  @Mixin private TogetherOption together = new TogetherOption();
  @Mixin private WindowOption window = new WindowOption();

  @Parameters(
      index = "0",
      paramLabel = "ADDR",
      converter = BusAddress.Parser.class,
      description = "The bus address, such as 0xd150000.")
  private BusAddress address = new BusAddress(0, "");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TRACE",
      description = "The recording; - is stdin.")
  private List<Path> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (default), json (one document), or ndjson (a moment a line).")
  private Format format = Format.TEXT;

  @Override
  public Integer call() throws IOException {
    together.requireOneRun(files);
    long ioba = address.ioba();
    Terminal terminal = Commands.terminal(spec);
    address.doubt().ifPresent(words -> Commands.note(terminal, words));
    try (OpenRun opened = OpenRun.open(run, files)) {
      try (ProgressBar progress = new ProgressBar(terminal, "replaying", opened.trace().bytes())) {
        AddressLives.Told told = AddressLives.of(opened, ioba, progress);
        window.miss(named(told.life())).ifPresent(words -> Commands.note(terminal, words));
        if (told.isLiobn(ioba)) {
          String liobn = Hex.of(ioba);
          Commands.note(terminal, liobn + " is a LIOBN: tcescope state --liobn " + liobn);
        }
        show(terminal, opened.trace(), ioba, wanted(told.life()));
        return Commands.exitCode(terminal, strict.isGiven(), opened.trace(), told.health());
      }
    }
  }

  private List<AddressLife.Moment> wanted(AddressLife life) {
    return life.moments().stream()
        .filter(moment -> window.admits(WindowName.of(moment.window())))
        .toList();
  }

  private static List<WindowName> named(AddressLife life) {
    return life.moments().stream()
        .map(moment -> WindowName.of(moment.window()))
        .distinct()
        .toList();
  }

  private void show(Terminal terminal, Trace trace, long ioba, List<AddressLife.Moment> moments) {
    Places places = Places.of(trace, moments.stream().map(AddressLife.Moment::ordinal).toList());
    switch (format) {
      case TEXT -> new AddressText(terminal, places, trace.files()).life(ioba, moments);
      case JSON, NDJSON ->
          new AddressJson(new Json(terminal.out()), new References(trace.files()), places)
              .life(ioba, moments, format == Format.NDJSON);
    }
  }
}

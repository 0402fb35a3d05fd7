package io.tcescope.cli.search;

import io.tcescope.cli.ExitCode;
import io.tcescope.cli.input.LeftOut;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.sweep.FileSweep;
import io.tcescope.cli.sweep.InOrder;
import io.tcescope.cli.sweep.Notes;
import io.tcescope.engine.event.Trace;
import io.tcescope.queries.index.CaseIndexer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a case of recordings, or brings one up to date. */
@Command(
    name = "index",
    description = "Makes a case of recordings, so that later questions need no replay.",
    footer = {
      "",
      "A case that exists is brought up to date: what a recording has grown by is added, a",
      "recording that changed is indexed anew, one that is the same is left alone.",
      "",
      "Examples:",
      "  tcescope index trace.log -o trace.case && tcescope search 'ret < 0' trace.case",
      "  tcescope index recordings/ -o all.case              every recording in a folder",
    })
public final class IndexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description = "The recordings, or folders of them.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "CASE",
      required = true,
      description = "The case directory.")
  private Path directory = Path.of("");

  IndexCommand() {}

  @Override
  public Integer call() throws IOException {
    if (files.contains(Path.of("-"))) {
      throw new UsageException("standard input cannot be read again: index a file");
    }
    Terminal terminal =
        Terminal.ofProcess(spec.commandLine().getOut(), spec.commandLine().getErr());
    FileSweep sweep = new FileSweep(terminal, "looking for recordings");
    List<Path> recordings = recordings(sweep);
    Audit audit = sweep.conclude(files);
    if (!recordings.isEmpty()) {
      index(terminal, recordings);
    }
    return ExitCode.of(audit, false, false);
  }

  private void index(Terminal terminal, List<Path> recordings) throws IOException {
    List<CaseIndexer.Outcome> outcomes =
        new CaseIndexer(run.recordings(), run.replay().withReadAhead(true), run.given())
            .index(directory, recordings);
    for (int i = 0; i < recordings.size(); i++) {
      terminal.err().println(recordings.get(i) + ": " + inWords(outcomes.get(i)));
    }
  }

  /** The recordings that are named, and those in folders; the case itself may lie among them. */
  private List<Path> recordings(FileSweep sweep) {
    Path own = directory.toAbsolutePath().normalize();
    List<TraceFile> named =
        sweep.files(files).stream()
            .filter(file -> !file.path().toAbsolutePath().normalize().equals(own))
            .toList();
    List<Path> recordings = new ArrayList<>();
    sweep.over(named, this::find, recordings::add);
    return recordings;
  }

  private Optional<LeftOut> find(TraceFile file, InOrder.Parts<Path> found) throws IOException {
    try (Trace trace = run.open(List.of(file.path()))) {
      Optional<Notes> quoting = file.isNamed() ? Optional.empty() : Notes.in(trace, run.replay());
      if (quoting.isEmpty()) {
        found.add(file.path());
      }
      return quoting.map(notes -> notes.leftOut(file));
    }
  }

  private static String inWords(CaseIndexer.Outcome outcome) {
    return switch (outcome) {
      case UP_TO_DATE -> "is up to date";
      case EXTENDED -> "grew; what is new is indexed";
      case INDEXED -> "indexed";
    };
  }
}

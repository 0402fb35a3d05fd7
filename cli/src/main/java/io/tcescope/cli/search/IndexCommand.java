package io.tcescope.cli.search;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Terminal;
import io.tcescope.queries.index.CaseIndexer;
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

/** Makes a case of recordings, or brings one up to date. */
@Command(
    name = "index",
    description = "Makes a case of recordings, so that later questions need no replay.",
    footer = {
      "",
      "A case that exists is brought up to date: what a recording has grown by is added, a",
      "recording that changed is indexed anew, one that is the same is left alone.",
      "",
      "Example:",
      "  tcescope index trace.log -o trace.case && tcescope search 'ret < 0' trace.case",
    })
public final class IndexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();

  @Parameters(arity = "1..*", paramLabel = "TRACE", description = "The recordings.")
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
    List<CaseIndexer.Outcome> outcomes =
        new CaseIndexer(run.recordings(), run.replay().withReadAhead(true), run.given())
            .index(directory, files);
    for (int i = 0; i < files.size(); i++) {
      terminal.err().println(files.get(i) + ": " + inWords(outcomes.get(i)));
    }
    return 0;
  }

  private static String inWords(CaseIndexer.Outcome outcome) {
    return switch (outcome) {
      case UP_TO_DATE -> "is up to date";
      case EXTENDED -> "grew; what is new is indexed";
      case INDEXED -> "indexed";
    };
  }
}

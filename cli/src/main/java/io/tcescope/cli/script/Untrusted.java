package io.tcescope.cli.script;

import io.tcescope.cli.untrusted.Child;
import io.tcescope.cli.untrusted.Walls;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.commons.io.output.WriterOutputStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether scripts run apart, and how a command is run there. */
final class Untrusted {
  /** The program itself, as a child. */
  private static final String MAIN = "io.tcescope.cli.Ward";

  private static final String NAME = "--untrusted";
  private static final int BROKEN = 2;

  @Option(
      names = NAME,
      description =
          "Run the JavaScript in a process of its own: with a heap of 512 MiB, without this one's"
              + " environment, network, or any file but the recordings and the script's folder, as"
              + " far as this machine can see to that. What was done is told on stderr.")
  private boolean apart;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  private boolean told;

  boolean isWanted() {
    return apart;
  }

  /** This program as a child that may use so much. */
  Child child(Child.Budget budget) {
    Walls walls = Walls.found();
    tell(walls);
    return new Child(walls, budget, MAIN);
  }

  private synchronized void tell(Walls walls) {
    if (!told) {
      told = true;
      err().println("tcescope: untrusted JavaScript runs in a process that " + walls.words());
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /**
   * Runs this same command line in a child, and answers as it does.
   *
   * @param files what the command line names
   * @param budget what the child may use
   */
  int runCommand(Collection<Path> files, Child.Budget budget) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.flush();
    OutputStream decoded =
        WriterOutputStream.builder().setWriter(out).setCharset(StandardCharsets.UTF_8).get();
    Child.Ending ending = child(budget).run(commandLine(), files, decoded);
    out.flush();
    err().print(ending.complaints());
    if (!ending.failure().isEmpty()) {
      err().println("tcescope: " + spec.name() + " " + NAME + ": " + ending.failure());
      return BROKEN;
    }
    return ending.exitCode();
  }

  private List<String> commandLine() {
    List<String> line = new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    line.remove(NAME);
    return line;
  }
}

package io.tcescope.cli;

import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.event.TraceHealth;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What all commands do alike: where they write, and what a recording's health means for them. */
final class Commands {
  private Commands() {}

  static Terminal terminal(CommandSpec spec) {
    return Terminal.ofProcess(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  /** Says on stderr what to know about an answer. */
  static void note(Terminal terminal, String words) {
    terminal.err().println("tcescope: " + words);
  }

  /** What to do about a heap that is too small. */
  static String outOfMemory() {
    long limit = Runtime.getRuntime().maxMemory() >> 20;
    return "ran out of memory at " + limit + " MiB; TCESCOPE_JAVA_OPTS=-Xmx16g gives 16 GiB";
  }

  /** Says on stderr what could not be read, and what the process should answer. */
  static int exitCode(Terminal terminal, CommonOptions options, List<TraceHealth> healths) {
    return exitCode(terminal, options.strict(), healths);
  }

  static int exitCode(Terminal terminal, boolean strict, List<TraceHealth> healths) {
    boolean lossy = false;
    for (TraceHealth health : healths) {
      lossy |= health.isLossy();
      health
          .skipped()
          .forEach(
              (reason, skipped) ->
                  terminal
                      .err()
                      .println(
                          "tcescope: "
                              + skipped.count()
                              + " x "
                              + reason
                              + ", first at "
                              + skipped.first().getFirst()));
      health.remarks().forEach(remark -> terminal.err().println("tcescope: " + remark));
    }
    return lossy && strict ? ExitCode.UNREADABLE : ExitCode.CLEAN;
  }
}

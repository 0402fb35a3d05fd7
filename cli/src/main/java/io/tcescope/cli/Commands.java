package io.tcescope.cli;

import io.tcescope.cli.input.Trouble;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.HealthNotes;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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

  /**
   * Refuses to write a result over what it is made from, which may be all that is left of a run.
   */
  static void spare(Collection<Path> read, Path output) throws IOException {
    for (Path file : read) {
      if (Files.exists(file) && Files.exists(output) && Files.isSameFile(file, output)) {
        throw new UsageException(output + ": is what is read; write to another file (--output)");
      }
    }
  }

  /** Writes a result to a file; says if it cannot, and what the process should answer. */
  static int write(Terminal terminal, Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
      return ExitCode.CLEAN;
    } catch (IOException e) {
      note(terminal, file + ": cannot be written: " + Trouble.of(e));
      return ExitCode.UNWRITTEN;
    }
  }

  /** What the process should answer about all that was to be checked, as far as it is bad. */
  static int exitCode(Terminal terminal, boolean strict, Audit audit, List<Checked> runs) {
    return ExitCode.of(audit, strict, tell(terminal, runs));
  }

  /** Says on stderr what could not be read of runs, and what the process should answer. */
  static int exitCodeOf(Terminal terminal, boolean strict, List<Checked> runs) {
    return tell(terminal, runs) && strict ? ExitCode.UNREADABLE : ExitCode.CLEAN;
  }

  /** Says what is wrong with recordings; true if one of them is damaged or lossy. */
  private static boolean tell(Terminal terminal, List<Checked> runs) {
    boolean lossy = false;
    for (Checked run : runs) {
      say(terminal, HealthNotes.of(run.health(), run.files(), runs.size() > 1));
      lossy |= run.health().isLossy();
    }
    return lossy;
  }

  /** Says on stderr what could not be read of a run, and what the process should answer. */
  static int exitCode(Terminal terminal, boolean strict, Trace trace, TraceHealth health) {
    say(terminal, HealthNotes.of(health, trace.files(), false));
    return health.isLossy() && strict ? ExitCode.UNREADABLE : ExitCode.CLEAN;
  }

  private static void say(Terminal terminal, List<String> notes) {
    notes.forEach(words -> note(terminal, words));
  }
}

package io.tcescope.cli.script;

import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.untrusted.Child;
import io.tcescope.scripting.Limits;
import picocli.CommandLine.Option;

/** How much scripts may use. */
final class ScriptLimits {
  private static final String NAME = "--script-limits";
  private static final double LEAST = 0.001;
  private static final double MOST = 1_000_000;

  @Option(
      names = NAME,
      paramLabel = "TIMES",
      description =
          "Let each call into JavaScript use so many times what it may use: 200 million statements,"
              + " 10 s of processor time, 1 GiB allocated.")
  private double times = 1;

  Limits limits() {
    if (!(times >= LEAST && times <= MOST)) {
      throw new UsageException(NAME + ": a number from 0.001 to 1000000 is wanted");
    }
    return Limits.defaults().times(times);
  }

  /** Says the same to a child process. */
  String argument() {
    return NAME + "=" + times;
  }

  /** What a child process with such scripts may use; to start takes it as long as ever. */
  Child.Budget budget(long bytes) {
    return Child.Budget.forRecording(bytes).patient(Math.max(1, times));
  }
}

package io.tcescope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program as a child process of itself, for scripts that nobody vouches for. */
final class Ward {
  private Ward() {}

  /** Runs one command line, unless the parent ends first: then standard input does too. */
  public static void main(String[] arguments) {
    Thread.ofPlatform().name("parent").daemon().start(Ward::endWithParent);
    Results results = Results.ofProcess();
    PrintWriter out = results.writer();
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode;
    try {
      exitCode = Main.run(out, err, arguments);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "ran out of memory at " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
      exitCode = ExitCode.BUG;
    }
    out.flush();
    Runtime.getRuntime().halt(results.exitCode(exitCode, err));
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // the parent has nothing to say
      }
    } catch (IOException e) {
      // nor is it there to say it
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }
}

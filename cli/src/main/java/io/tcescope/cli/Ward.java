package io.tcescope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program as a child process of itself, for scripts that nobody vouches for. */
final class Ward {
  private static final int AT_ONCE = 1 << 16;

  private Ward() {}

  /**
   * Runs one command line, unless the parent ends first: then standard input does too. What comes
   * of it before is left to the command.
   */
  public static void main(String[] arguments) throws IOException {
    InputStream parent = System.in;
    PipedOutputStream pipe = new PipedOutputStream();
    System.setIn(new PipedInputStream(pipe, AT_ONCE));
    Thread.ofPlatform().name("parent").daemon().start(() -> endWithParent(parent, pipe));
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

  private static void endWithParent(InputStream parent, OutputStream command) {
    byte[] said = new byte[AT_ONCE];
    try {
      for (int count = parent.read(said); count >= 0; count = parent.read(said)) {
        command.write(said, 0, count);
        command.flush();
      }
    } catch (IOException e) {
      // it is not there any more to be heard
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }
}

package io.tcescope.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Runs what users run, once and unseen, for the JVM to learn from: the launcher keeps what it
 * learnt in an AOT cache, which makes short commands start in a fraction of the time.
 */
final class Rehearsal {
  private static final String SAMPLE = "/default-window-removed-in-use.log";

  private Rehearsal() {}

  /** The only argument is the folder of sample recordings. */
  public static void main(String[] arguments) {
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    String sample = arguments[0] + SAMPLE;
    Main.run(nowhere, nowhere, "--help");
    Main.run(nowhere, nowhere, sample);
    Main.run(nowhere, nowhere, "check", sample);
    Main.run(nowhere, nowhere, "check", sample, "--format", "json");
    Main.run(nowhere, nowhere, "state", sample, "--at", "line:6879");
    Main.run(nowhere, nowhere, "state", sample, "--format", "json");
  }
}

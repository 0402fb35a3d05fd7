package io.tcescope.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Runs what users run, once and unseen, for the JVM to learn from: the launcher keeps what it
 * learnt in an AOT cache, which makes short commands start in a fraction of the time.
 */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * Arguments: what to rehearse, {@code commands} or {@code scripts}; a recording; and one in which
   * much is found.
   */
  public static void main(String[] arguments) throws IOException {
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    String sample = arguments[1];
    Path folder = Files.createTempDirectory("tcescope");
    if (arguments[0].equals("scripts")) {
      scripts(nowhere, sample, folder);
    } else {
      commands(nowhere, sample, folder);
      Main.run(nowhere, nowhere, "check", arguments[2]);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private static void commands(PrintWriter nowhere, String sample, Path folder) {
    Main.run(nowhere, nowhere, "--help");
    Main.run(nowhere, nowhere, sample);
    Main.run(nowhere, nowhere, "check", sample);
    Main.run(nowhere, nowhere, "check", sample, "--format", "json");
    Main.run(nowhere, nowhere, "state", sample, "--at", "line:6879");
    Main.run(nowhere, nowhere, "state", sample, "--format", "json");
    Main.run(nowhere, nowhere, "timeline", sample);
    String directory = folder.resolve("case").toString();
    Main.run(nowhere, nowhere, "index", sample, "-o", directory);
    Main.run(nowhere, nowhere, "search", "kind:ddw", directory);
    Main.run(nowhere, nowhere, "search", "covers:0xd150000", directory, "--format", "ndjson");
    Main.run(nowhere, nowhere, "search", "*", directory, "--group-by", "call", "--count");
    Main.run(nowhere, nowhere, "check", directory);
  }

  private static void scripts(PrintWriter nowhere, String sample, Path folder) throws IOException {
    Path script = folder.resolve("hello.js");
    Files.writeString(script, "console.log(trace.windows().length)");
    Main.run(nowhere, nowhere, "run", script.toString(), sample);
  }
}

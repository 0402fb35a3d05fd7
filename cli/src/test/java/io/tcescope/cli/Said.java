package io.tcescope.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line answered. */
record Said(int exitCode, String out, String err) {
  /** Runs a command line in this process, as a pipe and not a terminal would see it. */
  static Said by(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintWriter outWriter = new PrintWriter(out);
    PrintWriter errWriter = new PrintWriter(err);
    int exitCode = Main.run(outWriter, errWriter, arguments);
    outWriter.flush();
    errWriter.flush();
    return new Said(exitCode, out.toString(), err.toString());
  }
}

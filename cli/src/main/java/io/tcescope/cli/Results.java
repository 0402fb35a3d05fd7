package io.tcescope.cli;

import io.tcescope.cli.input.Trouble;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where results go. It remembers why they could not be written, which writers of Java swallow. */
final class Results extends OutputStream {
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private final OutputStream out;
  private final boolean toReader;
  private @Nullable IOException failure;

  /** To a file or device, or to a process that reads them. */
  Results(OutputStream out, boolean toReader) {
    this.out = out;
    this.toReader = toReader;
  }

  /** Standard output of this process. */
  static Results ofProcess() {
    return new Results(new FileOutputStream(FileDescriptor.out), isPipe());
  }

  /** Writes text to it; what is buffered goes out with a flush. */
  PrintWriter writer() {
    return new PrintWriter(this, false, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      remember(e);
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      remember(e);
      throw e;
    }
  }

  private void remember(IOException e) {
    if (failure == null) {
      failure = e;
    }
  }

  /**
   * Says on stderr if results were lost, and what the process then answers instead. A reader who
   * wants no more of them ({@code head}) lost nothing.
   */
  int exitCode(int usual, PrintWriter err) {
    IOException lost = failure;
    if (lost == null || isGoneReader(lost)) {
      return usual;
    }
    err.println("tcescope: results cannot be written: " + Trouble.of(lost));
    return ExitCode.UNWRITTEN;
  }

  /** EPIPE; Java tells it by words alone, in the user's language, but a pipe has no other error. */
  private boolean isGoneReader(IOException e) {
    return toReader || String.valueOf(e.getMessage()).contains("Broken pipe");
  }

  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(STANDARD_OUTPUT).toString().matches("(pipe|socket):.*");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // no Linux: by its words, then
    }
  }
}

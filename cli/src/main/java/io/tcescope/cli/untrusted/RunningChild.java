package io.tcescope.cli.untrusted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child that runs. It is killed when what it was asked takes too long or makes it say too much,
 * and it ends when this process does, for its standard input ends then.
 */
public final class RunningChild implements AutoCloseable {
  /** Exit codes from here on say that the program, and not what it works on, failed. */
  private static final int FAILED = 64;

  private static final int LOOK_EVERY_MS = 250;
  private static final int MOST_COMPLAINTS = 8 << 10;
  private static final int LONGEST_PIECE = 1 << 16;

  /** Not longer, for what a child started may outlive it where no walls stand. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  /** What no line ends with, so that all is heard. */
  private static final byte[] NEVER = {};

  private final Process process;
  private final Path root;
  private final Child.Budget budget;
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
  private final Thread complains;
  private volatile Allowance allowance;
  private volatile @Nullable String stopped;

  private RunningChild(Process process, Path root, Child.Budget budget) {
    this.process = process;
    this.root = root;
    this.budget = budget;
    this.allowance = new Allowance(process.toHandle(), budget.seconds());
    this.complains = Thread.ofPlatform().name("complaints").daemon().unstarted(this::listen);
  }

  /**
   * Starts a process, on a thread that ends with it: Linux tells a process that wants to die with
   * its parent of the end of the thread that started it.
   *
   * @param root a folder that is to be deleted when it has ended
   */
  static RunningChild start(ProcessBuilder builder, Path root, Child.Budget budget)
      throws IOException {
    CompletableFuture<RunningChild> started = new CompletableFuture<>();
    Runnable live =
        () -> {
          try {
            RunningChild child = new RunningChild(builder.start(), root, budget);
            child.complains.start();
            started.complete(child);
            child.watch();
          } catch (IOException | RuntimeException | Error e) {
            started.completeExceptionally(e);
          }
        };
    Thread.ofPlatform().name("child").daemon().start(live);
    try {
      return started.join();
    } catch (CompletionException e) {
      Files.delete(root);
      throw new IOException(e.getCause());
    }
  }

  /** Kills it when its time is over, which goes on while it waits to be asked. */
  private void watch() {
    try {
      while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
        Allowance now = allowance;
        if (now.isUsedUp()) {
          stop("took longer than " + now.seconds() + " s");
        }
      }
    } catch (InterruptedException e) {
      stop("was not watched any more");
    } finally {
      kill();
    }
  }

  /** The first reason counts: others follow from it. */
  private synchronized void stop(String why) {
    if (stopped == null) {
      stopped = why;
    }
    kill();
  }

  /** Leaves it what it has said, which {@link Process#destroyForcibly} would not. */
  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  /** Keeps the first of what it complains. */
  private void listen() {
    byte[] buffer = new byte[MOST_COMPLAINTS];
    try (InputStream in = process.getErrorStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        complaints.write(buffer, 0, Math.min(count, MOST_COMPLAINTS - complaints.size()));
      }
    } catch (IOException e) {
      stop("could not be heard: " + e.getMessage());
    }
  }

  /** Hands on all it says, and waits for its end. */
  Child.Ending runToEnd(OutputStream out) throws IOException {
    hear(out, budget.output(), NEVER);
    return ending();
  }

  /**
   * Asks for something.
   *
   * @param request a line
   * @param last the line with which an answer ends
   * @param answer takes the answer
   * @param allowed for this request; the heap is what it is
   * @return how it ended, if it did not answer
   */
  public Optional<Child.Ending> ask(
      String request, String last, OutputStream answer, Child.Budget allowed) throws IOException {
    allowance = new Allowance(process.toHandle(), allowed.seconds());
    try {
      if (process.getInputStream().available() > 0) {
        stop("spoke without being asked");
      }
      process.getOutputStream().write(line(request));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // it listens no more; what it says, or how it ends, tells why
    }
    return hear(answer, allowed.output(), line(last)) ? Optional.empty() : Optional.of(ending());
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Hands on what it says, to its end or to a certain line; true if that came. */
  private boolean hear(OutputStream out, long most, byte[] last) {
    byte[] piece = new byte[LONGEST_PIECE];
    int length = 0;
    long left = most;
    try {
      InputStream in = process.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (left-- == 0) {
          stop("said more than " + (most >> 20) + " MiB");
          break;
        }
        piece[length++] = (byte) next;
        if (next == '\n' || length == piece.length) {
          out.write(piece, 0, length);
          if (Arrays.equals(piece, 0, length, last, 0, last.length)) {
            return stopped == null;
          }
          length = 0;
        }
      }
      out.write(piece, 0, length);
      out.flush();
    } catch (IOException e) {
      stop("could not be heard: " + e.getMessage());
    }
    return false;
  }

  private Child.Ending ending() throws IOException {
    try {
      int exitCode = process.waitFor();
      complains.join(LAST_WORDS);
      String said = complaints.toString(StandardCharsets.UTF_8);
      return new Child.Ending(exitCode, said, failure(new Child.Ending(exitCode, said, "")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String failure(Child.Ending ending) {
    String why = stopped;
    if (why != null) {
      return why;
    }
    if (ending.exitCode() < FAILED) {
      return "";
    }
    String last = ending.lastWords();
    String code = "its process ended with exit code " + ending.exitCode();
    return last.isEmpty() ? code : code + ": " + last;
  }

  /** Ends it, whatever it is doing. */
  @Override
  public void close() {
    stop("was ended");
    process.onExit().join();
    try {
      Files.deleteIfExists(root);
    } catch (IOException e) {
      // an empty folder stays behind
    }
  }
}

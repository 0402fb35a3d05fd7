package io.tcescope.cli.untrusted;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM for scripts that nobody vouches for. It has an environment of two variables, three
 * pipes, and its own heap; it sees what its {@link Walls} let it see; it is killed when it takes
 * too long or says too much, and it ends when this process does, for its standard input ends then.
 */
public final class Child {
  /**
   * What a child may use.
   *
   * @param heap MiB
   * @param seconds of processor time; a child that sleeps is given some times as long
   * @param output bytes it may say
   */
  public record Budget(int heap, long seconds, long output) {
    private static final int HEAP = 512;
    private static final long SECONDS = 60;
    private static final long OUTPUT = 64 << 20;

    /** Enough to replay so many bytes with rules on the slower of two runtimes. */
    public static Budget forRecording(long bytes) {
      return new Budget(HEAP, SECONDS + (bytes >> 19), OUTPUT);
    }

    /** So many times the time. */
    public Budget patient(double times) {
      return new Budget(heap, (long) (seconds * times), output);
    }
  }

  /**
   * How a child ended.
   *
   * @param complaints the first of what it wrote to standard error
   * @param failure why it did not end by itself with an exit code below {@code 64}, empty if it did
   */
  public record Ending(int exitCode, String complaints, String failure) {
    /** The last of the complaints; empty if there was none. */
    public String lastWords() {
      String last = complaints.strip().lines().reduce("", (before, line) -> line);
      return last.replaceFirst("^tcescope: ", "");
    }
  }

  /** Exit codes from here on say that the program, and not what it works on, failed. */
  private static final int FAILED = 64;

  private static final int LOOK_EVERY_MS = 250;
  private static final int PATIENCE = 4;
  private static final int MOST_COMPLAINTS = 8 << 10;

  /**
   * Options of the JVM that say how code is loaded and compiled, by how they begin: a child does it
   * as this process does.
   */
  private static final List<String> INHERITED =
      List.of(
          "-XX:AOTCache=",
          "-XX:Tier",
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+EnableJVMCI",
          "--upgrade-module-path=");

  /** Those of them that name what the JVM reads. */
  private static final List<String> NAMING = List.of(INHERITED.getFirst(), INHERITED.getLast());

  private final Walls walls;
  private final Budget budget;
  private final String mainClass;
  private volatile @Nullable String stopped;

  /** A child that runs a main class of this class path. */
  public Child(Walls walls, Budget budget, String mainClass) {
    this.walls = walls;
    this.budget = budget;
    this.mainClass = mainClass;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * A process that inherits nothing: Java decodes names of files by the one, walls need the other.
   */
  static ProcessBuilder bare(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    return builder;
  }

  /**
   * Runs it to its end.
   *
   * @param files what the arguments name, and whatever else it has to see
   * @param out takes what it says
   */
  public Ending run(List<String> arguments, Collection<Path> files, OutputStream out)
      throws IOException {
    NavigableSet<Path> visible = Walls.system();
    Stream.concat(classPath(), inheritedParts())
        .map(path -> path.toAbsolutePath().normalize())
        .filter(Files::exists)
        .forEach(visible::add);
    files.forEach(path -> visible.add(path.toAbsolutePath().normalize()));
    Path root = Files.createTempDirectory("tcescope-room");
    try {
      return follow(bare(walls.around(command(arguments), visible, root)).start(), out);
    } finally {
      Files.delete(root);
    }
  }

  private static Stream<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of);
  }

  private static List<String> inherited() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> INHERITED.stream().anyMatch(argument::startsWith))
        .toList();
  }

  private static Stream<Path> inheritedParts() {
    return inherited().stream()
        .filter(argument -> NAMING.stream().anyMatch(argument::startsWith))
        .map(argument -> Path.of(argument.substring(argument.indexOf('=') + 1)));
  }

  private List<String> command(List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(java(), "-Xmx" + budget.heap() + "m"));
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=" + budget.heap() + "m",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:-CreateCoredumpOnCrash",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + walls.scratch(),
            "-Duser.home=" + walls.scratch()));
    line.addAll(inherited());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    line.addAll(arguments);
    return line;
  }

  private Ending follow(Process child, OutputStream out) throws IOException {
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    Thread speaks = listener(child, child.getInputStream(), out, budget.output(), true);
    Thread complains = listener(child, child.getErrorStream(), complaints, MOST_COMPLAINTS, false);
    try {
      watch(child);
      int exitCode = child.waitFor();
      speaks.join();
      complains.join();
      Ending ending = new Ending(exitCode, complaints.toString(StandardCharsets.UTF_8), "");
      return new Ending(exitCode, ending.complaints(), failure(ending));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      child.destroyForcibly();
      child.getOutputStream().close();
    }
  }

  /** Kills it when its time is over. On a busy machine that is later than the clock says. */
  private void watch(Process child) throws InterruptedException {
    long start = System.nanoTime();
    while (!child.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
      long asleep = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      if (used(child).toSeconds() >= budget.seconds() || asleep >= budget.seconds() * PATIENCE) {
        stop(child, "took longer than " + budget.seconds() + " s");
      }
    }
  }

  /** Processor time of the child and of what its walls consist of. */
  private static Duration used(Process child) {
    return Stream.concat(Stream.of(child.toHandle()), child.descendants())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private String failure(Ending ending) {
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

  /** The first reason counts: others follow from it. */
  private synchronized void stop(Process child, String why) {
    if (stopped == null) {
      stopped = why;
    }
    child.destroyForcibly();
  }

  /** Hands on what a child says, up to so many bytes; what goes beyond kills it or is dropped. */
  private Thread listener(
      Process child, InputStream in, OutputStream out, long most, boolean kills) {
    Runnable listen =
        () -> {
          byte[] buffer = new byte[1 << 16];
          long left = most;
          try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
              out.write(buffer, 0, (int) Math.min(count, left));
              if (count > left && kills) {
                stop(child, "said more than " + (most >> 20) + " MiB");
              }
              left = Math.max(0, left - count);
            }
            out.flush();
          } catch (IOException e) {
            stop(child, "could not be heard: " + e.getMessage());
          }
        };
    return Thread.ofPlatform().name("child").daemon().start(listen);
  }
}

package io.tcescope.cli.untrusted;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.stream.Stream;

/**
 * A child JVM for scripts that nobody vouches for. It has an environment of two variables, three
 * pipes, and its own heap; it sees what its {@link Walls} let it see. It does one thing and ends,
 * or waits to be asked for one after another.
 */
public final class Child {
  /**
   * What a child may use.
   *
   * @param heap MiB
   * @param seconds of processor time for what it is asked; a child that sleeps is given some times
   *     as long
   * @param output bytes it may say to that
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
    try (RunningChild child = start(arguments, files)) {
      return child.runToEnd(out);
    }
  }

  /**
   * Starts it, and leaves it to be asked.
   *
   * @param files what the arguments and all that it will be asked name, and whatever else it has to
   *     see
   */
  public RunningChild start(List<String> arguments, Collection<Path> files) throws IOException {
    NavigableSet<Path> visible = Walls.system();
    Stream.concat(classPath(), inheritedParts())
        .map(path -> path.toAbsolutePath().normalize())
        .filter(Files::exists)
        .forEach(visible::add);
    files.forEach(path -> visible.add(path.toAbsolutePath()));
    Path root = Files.createTempDirectory("tcescope-room");
    root.toFile().deleteOnExit(); // also if this process is told to end
    ProcessBuilder process = bare(walls.around(command(arguments), visible, root));
    return RunningChild.start(process, root, budget);
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
}

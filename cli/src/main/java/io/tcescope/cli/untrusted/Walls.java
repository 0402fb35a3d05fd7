package io.tcescope.cli.untrusted;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What stands between a child process and the machine. */
public enum Walls {
  /** The program that confines applications of Linux desktops. */
  BUBBLEWRAP("sees no network and no files but its own (bwrap)"),
  /** The same with what every Linux has: namespaces, and a room of its own inside them. */
  NAMESPACES("sees no network and no files but its own (unshare)"),
  /** Nothing but the child's own sandbox. */
  NONE("is not kept from files and network by the system: neither bwrap nor unshare works here");

  private static final String SCRATCH = "/.scratch";
  private static final long SECONDS_TO_TRY = 10;

  /** Where programs find their libraries, and a JDK of a distribution its settings. */
  private static final List<String> SYSTEM =
      List.of("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/dev/null", "/dev/random");

  private static final List<String> FOR_ROOM = List.of("/usr/bin/setpriv", "/dev/urandom");

  private final String words;

  Walls(String words) {
    this.words = words;
  }

  /** The best that works on this machine. */
  public static Walls found() {
    return Found.WALLS;
  }

  /** What it means for the child, as the end of a sentence. */
  public String words() {
    return words;
  }

  /** Where the child may write; what it writes is gone with it, but for {@link #NONE}. */
  String scratch() {
    return this == NONE ? System.getProperty("java.io.tmpdir") : SCRATCH;
  }

  /**
   * The command behind these walls, with those files and folders in sight and no others.
   *
   * @param root an empty folder, which stays empty
   */
  List<String> around(List<String> command, NavigableSet<Path> visible, Path root) {
    String here = Path.of("").toAbsolutePath().toString();
    return switch (this) {
      case BUBBLEWRAP -> bubblewrap(command, visible, here);
      case NAMESPACES -> room(command, visible, here, root.toAbsolutePath().toString());
      case NONE -> command;
    };
  }

  private static List<String> bubblewrap(
      List<String> command, NavigableSet<Path> visible, String here) {
    List<String> line = words("bwrap --unshare-all --die-with-parent --new-session --cap-drop ALL");
    line.addAll(List.of("--dir", SCRATCH, "--dir", here, "--dev", "/dev", "--proc", "/proc"));
    for (Path path : visible) {
      if (!path.startsWith("/dev")) {
        line.addAll(List.of("--ro-bind", path.toString(), path.toString()));
      }
    }
    line.addAll(List.of("--chdir", here, "--"));
    line.addAll(command);
    return line;
  }

  private static List<String> room(
      List<String> command, NavigableSet<Path> visible, String here, String root) {
    List<String> line =
        words(
            "unshare --user --map-root-user --mount --net --ipc --uts --pid --fork --kill-child"
                + " sh -c");
    line.addAll(List.of(script(), "room.sh", root, here, SCRATCH));
    visible.forEach(path -> line.add(path.toString()));
    line.add("--");
    line.addAll(command);
    return line;
  }

  private static List<String> words(String text) {
    return new ArrayList<>(Arrays.asList(text.split(" ")));
  }

  private static String script() {
    try (InputStream in = Walls.class.getResourceAsStream("room.sh")) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its part room.sh");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What every program needs to see, and this JDK. Folders stand before what is in them. */
  static NavigableSet<Path> system() throws IOException {
    NavigableSet<Path> visible = new TreeSet<>();
    Stream.concat(SYSTEM.stream(), FOR_ROOM.stream()).map(Path::of).forEach(visible::add);
    visible.add(Path.of(System.getProperty("java.home")));
    Path settings = Path.of("/etc");
    if (Files.isDirectory(settings)) {
      try (DirectoryStream<Path> ofJava = Files.newDirectoryStream(settings, "java*")) {
        ofJava.forEach(visible::add);
      }
    }
    visible.removeIf(Files::notExists);
    return visible;
  }

  /** Whether they stand, and Java runs behind them. */
  boolean work() {
    List<String> java =
        List.of(Child.java(), "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-version");
    try {
      Path root = Files.createTempDirectory("tcescope-room");
      try {
        Process tried = Child.bare(around(java, system(), root)).redirectErrorStream(true).start();
        tried.getOutputStream().close();
        tried.getInputStream().transferTo(OutputStream.nullOutputStream());
        return tried.waitFor(SECONDS_TO_TRY, TimeUnit.SECONDS) && tried.exitValue() == 0;
      } finally {
        Files.delete(root);
      }
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Tried once, when first wanted. */
  private static final class Found {
    static final Walls WALLS =
        Stream.of(BUBBLEWRAP, NAMESPACES).filter(Walls::work).findFirst().orElse(NONE);
  }
}

package io.tcescope.cli.input;

import io.tcescope.queries.index.Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the paths of a command line stand for: files to try, in the order of the command line and,
 * inside folders, of names. A file that is named twice, or reached by a link too, is tried once.
 */
public final class TraceFiles {
  private static final Path STANDARD_INPUT = Path.of("-");

  private final Map<Path, TraceFile> files = new LinkedHashMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  private TraceFiles() {}

  /**
   * Unfolds folders; a case that is named stands for itself.
   *
   * @throws UsageException if standard input is named twice
   */
  public static TraceFiles of(List<Path> arguments) {
    requireOneStandardInput(arguments);
    TraceFiles result = new TraceFiles();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument) && !Case.isCase(argument)) {
        result.unfold(argument);
      } else {
        result.add(new TraceFile(argument, true));
      }
    }
    return result;
  }

  /** Two readers of one stream would get half of it each. */
  public static void requireOneStandardInput(List<Path> arguments) {
    if (arguments.stream().filter(STANDARD_INPUT::equals).count() > 1) {
      throw new UsageException("standard input (-) can be read once only");
    }
  }

  private void add(TraceFile file) {
    TraceFile before = files.putIfAbsent(realPath(file.path()), file);
    if (before == null) {
      return;
    }
    remarks.add(file.path() + ": is the same file as " + before.path() + ", looked at once");
    if (file.isNamed()) {
      files.put(realPath(file.path()), new TraceFile(before.path(), true));
    }
  }

  private static Path realPath(Path file) {
    try {
      return file.equals(STANDARD_INPUT) ? file : file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath(); // opening it will tell what is wrong
    }
  }

  private void unfold(Path folder) {
    Visitor visitor = new Visitor(folder, behindLink(folder));
    try {
      Files.walkFileTree(visitor.walked, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the visitor takes all of them
    }
    visitor.found.forEach(file -> add(new TraceFile(file, false)));
  }

  /** Where the folder is that a link of the command line leads to, which a walk would not enter. */
  private static Path behindLink(Path folder) {
    return Files.isSymbolicLink(folder) ? realPath(folder) : folder;
  }

  /** The files to try. */
  public List<TraceFile> files() {
    return List.copyOf(files.values());
  }

  /** What of the folders cannot be looked at. */
  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /** What to say of the files. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Links to files count as files, links to folders inside are not followed. */
  private final class Visitor extends SimpleFileVisitor<Path> {
    final TreeSet<Path> found = new TreeSet<>();
    final Path walked;
    private final Path root;

    Visitor(Path root, Path walked) {
      this.root = root;
      this.walked = walked;
    }

    /** What the user calls it. */
    private Path named(Path place) {
      return root.equals(walked) ? place : root.resolve(walked.relativize(place));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return Case.isCase(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.getFileName().toString().startsWith(".")) {
        return FileVisitResult.CONTINUE;
      }
      if (Files.isRegularFile(file)) {
        found.add(named(file));
      } else {
        leftOut.add(new LeftOut(named(file).toString(), "is no regular file", LeftOut.Kind.OTHER));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path place, IOException e) {
      LeftOut.Kind kind = place.equals(walked) ? LeftOut.Kind.NAMED : LeftOut.Kind.SUSPECT;
      leftOut.add(new LeftOut(named(place).toString(), "cannot be listed: " + Trouble.of(e), kind));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return e == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, e);
    }
  }
}

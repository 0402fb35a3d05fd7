package io.tcescope.cli.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of this project, module by module. */
final class Sources {
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private Sources() {}

  /** Those below a folder that modules have, with that ending. */
  static List<Path> files(String folder, String ending) {
    List<Path> found = new ArrayList<>();
    for (Path module : modules()) {
      Path root = module.resolve(folder);
      if (Files.isDirectory(root)) {
        try (Stream<Path> files = Files.walk(root)) {
          files.filter(file -> file.toString().endsWith(ending)).forEach(found::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return found;
  }

  private static List<Path> modules() {
    try (Stream<Path> files = Files.list(PROJECT)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

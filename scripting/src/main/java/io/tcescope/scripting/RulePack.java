package io.tcescope.scripting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which files are meant by a rule file or a folder of rules. */
public final class RulePack {
  /** Lists the files of a pack, one a line; without it all files that are no tests are meant. */
  public static final String INDEX = "index.txt";

  private static final String SUFFIX = ".js";
  private static final String TEST_SUFFIX = ".test.js";

  private RulePack() {}

  /**
   * The rule files of a file or folder, in the order of the index or of their names.
   *
   * @throws IOException if there is no such file or folder, or no rule in it, or the index names
   *     what is not there
   */
  public static List<Path> rules(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      if (!Files.isRegularFile(path)) {
        throw new IOException("no such rule file or folder: " + path);
      }
      return List.of(path);
    }
    Path index = path.resolve(INDEX);
    List<Path> rules =
        Files.exists(index)
            ? indexed(path, index)
            : files(path).filter(file -> !isTest(file)).toList();
    if (rules.isEmpty()) {
      throw new IOException("no rule (*.js) in " + path);
    }
    return rules;
  }

  /** The test files of a file or folder. */
  public static List<Path> tests(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return files(path).filter(RulePack::isTest).toList();
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("no such test file or folder: " + path);
    }
    return List.of(path);
  }

  private static boolean isTest(Path file) {
    return file.toString().endsWith(TEST_SUFFIX);
  }

  private static Stream<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList().stream();
    }
  }

  private static List<Path> indexed(Path folder, Path index) throws IOException {
    List<Path> rules = new ArrayList<>();
    for (String line : Files.readAllLines(index)) {
      String name = line.strip();
      if (name.isEmpty() || name.startsWith("#")) {
        continue;
      }
      Path rule = folder.resolve(name);
      if (!Files.isRegularFile(rule)) {
        throw new IOException(index + " names " + name + ", which is not there");
      }
      rules.add(rule);
    }
    return rules;
  }
}

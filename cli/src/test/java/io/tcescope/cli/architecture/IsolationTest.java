package io.tcescope.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Test classes run side by side: what one changes of the process, or sees of it, is all of theirs.
 */
final class IsolationTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Predicate<String> CHANGES_THE_PROCESS =
      Pattern.compile(
              "System\\.(set(In|Out|Err|Property|Properties)|clearProperty)\\("
                  + "|(Locale|TimeZone)\\.setDefault\\(")
          .asPredicate();
  private static final Predicate<String> SEES_THE_PROCESS =
      Pattern.compile("current\\(\\)\\.(children|descendants)\\(|getAllStackTraces\\(")
          .asPredicate();

  @Test
  void what_changes_or_sees_the_whole_process_runs_alone() throws IOException {
    List<Path> process = tests(CHANGES_THE_PROCESS.or(SEES_THE_PROCESS));
    assertThat(process)
        .extracting(file -> file.getFileName().toString())
        .contains("ReplCommandTest.java", "RunningChildTest.java");
    assertThat(process).isSubsetOf(tests(source -> source.contains("\n@Isolated(\"")));
  }

  /** Sources of tests in all modules. */
  private static List<Path> tests(Predicate<String> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(PROJECT, "[a-z]*")) {
      for (Path module : modules) {
        Path tests = module.resolve("src/test/java");
        if (Files.exists(tests)) {
          found.addAll(files(tests, wanted));
        }
      }
    }
    return found;
  }

  private static List<Path> files(Path folder, Predicate<String> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (wanted.test(Files.readString(file))) {
          found.add(file);
        }
      }
    }
    return found;
  }
}

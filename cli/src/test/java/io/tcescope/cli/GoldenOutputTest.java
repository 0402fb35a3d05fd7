package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each golden file begins with a command line and holds what it must print, to the letter. They are
 * written anew with {@code -Dgolden=write}; read the difference before you commit it.
 */
final class GoldenOutputTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final String PROMPT = "$ tcescope ";

  static List<String> goldenFiles() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void every_command_prints_what_its_golden_file_says(String name) throws IOException {
    Path file = GOLDEN.resolve(name);
    String expected = Files.readString(file);
    String command = expected.lines().findFirst().orElse("");
    assertThat(command).startsWith(PROMPT);
    String actual = session(command.substring(PROMPT.length()));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, actual);
    } else {
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static String session(String arguments) {
    Said said = Said.by(arguments.split(" ", -1));
    String errors = said.err().isEmpty() ? "" : "--- stderr\n" + said.err();
    return PROMPT + arguments + "\n" + said.out() + errors + "--- exit " + said.exitCode() + "\n";
  }
}

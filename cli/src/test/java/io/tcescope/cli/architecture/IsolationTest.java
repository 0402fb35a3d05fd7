package io.tcescope.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Test classes run side by side: what one changes of the process, or sees of it, is all of theirs.
 */
final class IsolationTest {
  private static final Predicate<String> CHANGES_THE_PROCESS =
      Pattern.compile(
              "System\\.(set(In|Out|Err|Property|Properties)|clearProperty)\\("
                  + "|(Locale|TimeZone)\\.setDefault\\(")
          .asPredicate();
  private static final Predicate<String> SEES_THE_PROCESS =
      Pattern.compile("current\\(\\)\\.(children|descendants)\\(|getAllStackTraces\\(")
          .asPredicate();

  @Test
  void what_changes_or_sees_the_whole_process_runs_alone() {
    List<Path> process = tests(CHANGES_THE_PROCESS.or(SEES_THE_PROCESS));
    assertThat(process)
        .extracting(file -> file.getFileName().toString())
        .contains("ReplCommandTest.java", "RunningChildTest.java");
    assertThat(process).isSubsetOf(tests(line -> line.startsWith("@Isolated(\"")));
  }

  private static List<Path> tests(Predicate<String> wanted) {
    return Sources.files("src/test/java", ".java").stream()
        .filter(file -> Sources.lines(file).stream().anyMatch(wanted))
        .toList();
  }
}

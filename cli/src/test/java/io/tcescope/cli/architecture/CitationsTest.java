package io.tcescope.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A comment cites only what a stranger can open. */
final class CitationsTest {
  private static final List<String> MODULES =
      List.of("engine", "traces", "queries", "scripting", "cli");

  private static final Pattern COMMENT = Pattern.compile("^\\s*(?://|/\\*|\\*)(.*)$");
  private static final Pattern PAGE = Pattern.compile("[\\w-]+\\.md\\b");
  private static final Pattern CITED = Pattern.compile("RULES\\.md((?:,? (?:to )?[A-Z]\\d+)+)");
  private static final Pattern RULE = Pattern.compile("[A-Z]\\d+");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d+)\\b");

  @Test
  void every_page_that_a_comment_cites_is_in_the_tree() throws IOException {
    assertThat(comments()).contains("RULES.md");
    Set<String> pages = matches(PAGE, comments());
    for (String page : pages) {
      assertThat(Stream.concat(Stream.of(""), MODULES.stream()))
          .as(page)
          .anyMatch(folder -> Files.exists(Sources.PROJECT.resolve(folder).resolve(page)));
    }
  }

  @Test
  void every_rule_that_a_comment_cites_stands_among_the_rules() throws IOException {
    Set<String> cited =
        CITED
            .matcher(comments())
            .results()
            .flatMap(all -> matches(RULE, all.group(1)).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> rules =
        ROW.matcher(Files.readString(Sources.PROJECT.resolve("engine/RULES.md")))
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toSet());
    assertThat(cited).isNotEmpty();
    assertThat(rules).containsAll(cited);
  }

  private static Set<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(one -> one.group()).collect(Collectors.toSet());
  }

  /** All comments of the modules' own sources, on one line. */
  private static String comments() {
    return Sources.files("src", ".java").stream()
        .flatMap(file -> Sources.lines(file).stream())
        .flatMap(line -> COMMENT.matcher(line).results())
        .map(comment -> comment.group(1))
        .collect(Collectors.joining());
  }
}

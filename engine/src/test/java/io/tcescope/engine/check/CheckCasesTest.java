package io.tcescope.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every rule where it must speak, where it must be silent, and where the recording does not tell.
 * The cases are text: {@code == rule fires|silent|unknown: words}, then a {@link Scenario}.
 */
class CheckCasesTest {
  private record Case(String title, String text) {
    String rule() {
      return title.substring(0, title.indexOf(' '));
    }

    String kind() {
      return title.substring(title.indexOf(' ') + 1, title.indexOf(':'));
    }
  }

  private static List<Case> cases() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(CheckCasesTest.class.getResource("/checks"));
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      for (Path file : files.sorted().toList()) {
        cases.addAll(read(file));
      }
    }
    return cases;
  }

  private static List<Case> read(Path file) {
    try {
      String[] parts = Files.readString(file, StandardCharsets.UTF_8).split("(?m)^== ", -1);
      List<Case> cases = new ArrayList<>();
      for (int i = 1; i < parts.length; i++) {
        int end = parts[i].indexOf('\n');
        cases.add(new Case(parts[i].substring(0, end), parts[i].substring(end)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> eachCaseHasItsFindingsAndNoOthers() throws Exception {
    return cases().stream()
        .map(c -> dynamicTest(c.title(), () -> ExpectedFindings.verify(Scenario.of(c.text()))));
  }

  @Test
  void everyRuleHasACaseThatFiresOneThatIsSilentAndOneThatIsUnknown() throws Exception {
    List<Case> cases = cases();
    for (Rule rule : Rule.values()) {
      Set<String> kinds =
          cases.stream()
              .filter(c -> c.rule().equals(rule.id()))
              .map(Case::kind)
              .collect(Collectors.toSet());
      assertThat(kinds).as(rule.id()).contains("fires", "silent", "unknown");
    }
  }

  @Test
  void aCaseThatFiresListsItsRuleAndTheOthersDoNot() throws Exception {
    for (Case c : cases()) {
      boolean listed =
          Scenario.of(c.text()).findings().stream().anyMatch(f -> f.rule().equals(c.rule()));
      boolean low =
          Scenario.of(c.text()).findings().stream()
              .filter(f -> f.rule().equals(c.rule()))
              .allMatch(f -> f.expectations().contains("low") || f.severity().equals("info"));
      switch (c.kind()) {
        case "fires" -> assertThat(listed).as(c.title()).isTrue();
        case "silent" -> assertThat(listed).as(c.title()).isFalse();
        case "unknown" -> // that records are lost is certain, the one thing that is
            assertThat(!listed || low || c.rule().equals(Rule.TRACE_LOST_EVENTS.id()))
                .as(c.title())
                .isTrue();
        default -> throw new IllegalArgumentException(c.title());
      }
    }
  }
}

package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The type declarations say what the program does, and a new rule works as it is written. */
final class TypesTest {
  private static final Pattern KIND =
      Pattern.compile("(?m)^    \"?([a-z.]+)\"?: \\w+(<\"[a-z.]+\">)?;$");

  @TempDir Path folder;

  @Test
  void theTypesNameEveryKindAndNoOther() {
    String types = RuleTemplate.types();
    String map = types.substring(types.indexOf("interface EventMap"));
    map = map.substring(0, map.indexOf("\n  }"));
    assertThat(KIND.matcher(map).results().map((MatchResult kind) -> kind.group(1)))
        .containsExactlyInAnyOrder(ScriptKind.labels().split(" "));
  }

  @Test
  void aNewRulePassesItsTest() throws Exception {
    RuleTemplate.write(folder, "my-first-rule");
    RuleTests tests =
        new RuleTests(
            Rules.engine(),
            text -> Rules.open(Rules.write(folder, "case.log", text)),
            Rules.patient());
    assertThat(tests.run(folder.resolve("my-first-rule.test.js")))
        .hasSize(2)
        .allSatisfy(result -> assertThat(result.complaint()).isEmpty());
  }
}

package io.tcescope.engine.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Severity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What explains what, against the list of rules and of symptoms. */
final class ExplainsTest {
  @Test
  void everyCriticalRuleExplainsSomething() {
    assertThat(Arrays.stream(Rule.values()).filter(rule -> rule.severity() == Severity.CRITICAL))
        .allSatisfy(rule -> assertThat(Explains.anything(rule)).as(rule.id()).isTrue());
  }

  @ParameterizedTest
  @EnumSource(SymptomKind.class)
  void everySymptomHasSeveralCausesThatRankApart(SymptomKind kind) {
    long[] weights =
        Explains.rules().stream()
            .mapToLong(rule -> Explains.weight(rule, kind))
            .filter(w -> w > 0)
            .toArray();
    assertThat(weights).hasSizeGreaterThan(2);
    assertThat(Arrays.stream(weights).distinct().count()).isGreaterThan(2);
  }
}

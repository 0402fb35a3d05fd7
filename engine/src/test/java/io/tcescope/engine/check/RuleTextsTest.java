package io.tcescope.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule says what it finds, why that matters, what to do, what it needs, and gives a case. */
class RuleTextsTest {
  @ParameterizedTest
  @EnumSource
  void aRuleExplainsItself(Rule rule) {
    assertThat(rule.summary()).as("finds").endsWith(".").hasSizeGreaterThan(20);
    assertThat(rule.why()).as("why").isNotEqualTo(rule.summary()).hasSizeGreaterThan(20);
    assertThat(rule.fix()).as("fix").endsWith(".").hasSizeGreaterThan(10);
    assertThat(rule.example()).as("example").hasSizeGreaterThan(10);
    assertThat(rule.needs()).allSatisfy(need -> assertThat(need.words()).isNotBlank());
    assertThat(Rule.of(rule.id())).contains(rule);
  }
}

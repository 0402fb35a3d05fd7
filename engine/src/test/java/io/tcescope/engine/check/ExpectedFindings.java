package io.tcescope.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares the findings of a scenario with those it lists. */
final class ExpectedFindings {
  private ExpectedFindings() {}

  /** Every finding listed is there once, and above info there is no other. */
  static void verify(Scenario scenario) {
    Checked checked = Checked.of(scenario.trace(), scenario.options());
    List<Finding> findings = checked.findings();
    List<String> loud =
        findings.stream()
            .filter(finding -> finding.severity() != Severity.INFO)
            .map(finding -> line(scenario, finding))
            .sorted()
            .toList();
    List<String> expectedLoud =
        scenario.findings().stream()
            .filter(expected -> !expected.severity().equals("info"))
            .map(e -> e.step() + " " + e.rule() + " " + e.severity())
            .sorted()
            .toList();
    assertThat(loud).isEqualTo(expectedLoud);
    for (Scenario.Expected expected : scenario.findings()) {
      compare(scenario, expected, findings);
    }
    assertThat(checked.notApplicable())
        .extracting(CheckRunner.NotApplicable::rule)
        .containsAll(scenario.notApplicable());
  }

  private static String line(Scenario scenario, Finding finding) {
    return scenario.step(finding.ordinal())
        + " "
        + finding.rule()
        + " "
        + finding.severity().label();
  }

  private static void compare(
      Scenario scenario, Scenario.Expected expected, List<Finding> findings) {
    String wanted = expected.step() + " " + expected.rule() + " " + expected.severity();
    List<Finding> candidates =
        findings.stream().filter(f -> line(scenario, f).equals(wanted)).toList();
    assertThat(candidates).as(wanted).hasSize(1);
    Finding finding = candidates.get(0);
    assertThat(finding.evidence()).as("evidence of %s", wanted).isNotEmpty();
    assertThat(finding.message()).as(wanted).doesNotContain("{").doesNotContain("?");
    for (String expectation : expected.expectations()) {
      String[] parts = expectation.split("=", -1);
      if (parts.length == 1) {
        assertThat(finding.confidence().label()).as(wanted).isEqualTo(expectation);
      } else {
        Map<String, Object> data = finding.data();
        assertThat(data).as(wanted).containsKey(parts[0]);
        assertThat(shown(scenario, parts[0], Objects.requireNonNull(data.get(parts[0]))))
            .as("%s of %s", parts[0], wanted)
            .isEqualTo(parts[1].replace('~', ' '));
      }
    }
  }

  /** Data that name events are compared by step. */
  private static String shown(Scenario scenario, String name, Object value) {
    boolean event = name.equals("created") || name.equals("latestEnd") || name.endsWith("By");
    return event ? Integer.toString(scenario.step((Long) value)) : String.valueOf(value);
  }
}

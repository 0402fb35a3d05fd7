// ruleTester: collects cases, which Java then plays.
(function tester(kit) {
  "use strict";
  const { want, known } = kit;
  const cases = [];
  const CASE = ["name", "trace", "options", "findings"];
  const FINDING = ["messageId", "line", "evidence", "confidence", "severity"];

  const collect = (rule, expectation, list) => {
    want(Array.isArray(list), `${expectation}: a list of cases is wanted`);
    for (const one of list) {
      known(`${expectation} case`, Object.keys(one), CASE);
      want(typeof one.name === "string" && typeof one.trace === "string", `${expectation}: a case has a name and a trace`);
      want(expectation === "invalid" ? one.findings?.length > 0 : one.findings === undefined,
        `${one.name}: findings belong to invalid cases, at least one each`);
      for (const finding of one.findings ?? []) known(`${one.name}: finding`, Object.keys(finding), FINDING);
      cases.push({ rule, expectation, ...one });
    }
  };

  kit.api.ruleTester = Object.freeze({
    run(rule, given) {
      const { valid = [], invalid = [], notApplicable = [] } = kit.options("ruleTester.run", given, ["valid", "invalid", "notApplicable"]);
      want(kit.isRule(rule), "ruleTester.run wants a rule made by defineRule");
      collect(rule, "valid", valid);
      collect(rule, "invalid", invalid);
      collect(rule, "notApplicable", notApplicable);
    },
  });

  const describe = (finding) => {
    const parts = [`line ${finding.line}`, finding.messageId];
    if (finding.severity !== undefined) parts.push(finding.severity);
    if (finding.confidence !== undefined) parts.push(finding.confidence);
    if (finding.evidence !== undefined) parts.push(`evidence ${finding.evidence.join(", ")}`);
    return parts.join(" | ");
  };

  kit.cases = () => cases.length;
  kit.caseAt = (i) => {
    const { rule, expectation, name, trace, findings = [] } = cases[i];
    return [rule.meta.id, expectation, name, trace, findings.map(describe),
      findings.map((finding) => FINDING.filter((part) => finding[part] !== undefined).join(" "))];
  };
  kit.startCase = (i) => kit.startRule(cases[i].rule, cases[i].options ?? {});
  kit.ruleOfCase = (i) => cases[i].rule;
})

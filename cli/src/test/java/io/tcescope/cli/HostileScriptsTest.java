package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code --untrusted}: rules and scripts that do not want to end, or to be silent. */
final class HostileScriptsTest extends RuleFolder {
  private static final String HOSTILE =
      """
      import { defineRule } from "tcescope";
      const kept = [];
      export default defineRule({
        meta: {
          id: "ID", severity: "error", requires: [], messages: { said: "{what}" },
          docs: { summary: "s", why: "w", fix: "f" },
        },
        create(ctx) {
          return { "trace.end"(event) { BOMB } };
        },
      });
      """;

  /** Puts a rule of that id beside the others, with what it does at the end of the recording. */
  private void hostile(String id, String bomb) throws IOException {
    String rule = HOSTILE.replace("ID", id).replace("BOMB", bomb);
    Files.writeString(rules.resolve(id + ".js"), rule);
  }

  @Test
  void bombsEndAsErrorsThatNameTheRuleAndTheOthersFinish() throws IOException {
    hostile("endless", "for (;;) {}");
    hostile("deep", "(function f() { return f() + 1; })();");
    hostile(
        "loud",
        "for (;;) ctx.report({ messageId: 'said', event, data: { what: 'x'.repeat(2000) } });");
    Said said = check(trace, "--untrusted", "--script-limits=0.1");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err())
        .containsPattern(
            named("endless", "longer than 1000 ms|executed more than 20000000 statements"))
        .containsPattern(named("deep", "RangeError"))
        .containsPattern(named("loud", "stopped"));
    assertThat(said.out()).contains("ERROR put-refused at line 3");
  }

  @Test
  void aRuleThatEatsMemoryIsNamedAndTheOthersFinish() throws IOException {
    hostile("greedy", "for (;;) kept.push(new Array(1000).fill(1.5));");
    Said said = check(trace, "--untrusted", "--script-limits=0.1");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).containsPattern(named("greedy", "stopped"));
    assertThat(said.out()).contains("ERROR put-refused at line 3");
  }

  /** Three recordings, of which the one in the middle has another event at its end. */
  private Path recordings() throws IOException {
    Path many = Files.createDirectories(folder.resolve("many"));
    for (String name : List.of("a.log", "b.log", "c.log")) {
      String more = name.equals("b.log") ? LOG.lines().toList().get(2) + "\n" : "";
      Files.writeString(many.resolve(name), LOG + more);
    }
    return many;
  }

  @Test
  void aRuleThatIsStoppedIsGivenUp() throws IOException {
    hostile("endless", "if (event.id === 5) for (;;) {}");
    Said said = check(recordings().toString(), "--script-limits=0.1", "--untrusted");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.out()).contains("ERROR put-refused at line 3");
    assertThat(said.err())
        .containsPattern("b.log: endless: .*stopped: one call ")
        .containsPattern("c.log: endless: .*not tried, for it was stopped in ")
        .doesNotContain("a.log: endless");
  }

  @Test
  void aRuleThatEndsItsProcessIsNamedAndOtherRulesAndRecordingsFinish() throws IOException {
    String many = recordings().toString();
    String all = check(many, "--format", "ndjson").out();
    String shout = "ctx.report({ messageId: 'said', event, data: { what: 'x'.repeat(1 << 20) } });";
    hostile("loud", "if (event.id === 5) for (let i = 0; i < 40; i++) " + shout);
    Said said = check(many, "--untrusted", "--format", "ndjson");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err())
        .containsPattern("b.log: loud: .*stopped: said more than 64 MiB")
        .containsPattern("c.log: loud: .*not tried, for it was stopped in ")
        .doesNotContain("put-refused: ", "a.log: loud");
    assertThat(findings(said.out())).containsExactlyElementsOf(findings(all)).isNotEmpty();
  }

  private static List<String> findings(String lines) {
    return lines.lines().filter(line -> line.startsWith("{\"rule\"")).toList();
  }

  /** A line that names a rule and what became of it. */
  private static String named(String id, String how) {
    return "(?m)^tcescope: (\\S+: )?" + id + ": .*(" + how + ")";
  }

  /** What helps a rule that needs more than others is told, and helps. */
  @Test
  void aRuleMayBeGivenMore() throws IOException {
    String works = "let n = 0; while (n < 300000) n++; throw new Error('worked')";
    hostile("working", works);
    Said stopped = check(trace, "--script-limits=0.001");
    assertThat(stopped.err())
        .contains("stopped: one call ", "--script-limits=10 lets a call use ten times as much");
    assertThat(check(trace, "--script-limits=0.1").err()).contains("worked");
    assertThat(check(trace, "--untrusted", "--script-limits=0.001").err()).contains("stopped: ");
    assertThat(check(trace, "--script-limits=0").err()).contains("a number from 0.001 to 1000000");
  }

  /** In a process of its own: what that has not written when it ends is lost with it. */
  @Test
  void whatAScriptComplainsIsSeenByTheUser() throws Exception {
    Files.writeString(folder.resolve("hello.js"), "missing();");
    String trusted = "./tcescope run hello.js trace.log";
    List<String> complaint = ReadmeTest.run(List.of(trusted), folder);
    List<String> apart = ReadmeTest.run(List.of(trusted.replace("run", "run --untrusted")), folder);
    assertThat(apart).containsAll(complaint.subList(1, complaint.size()));
    assertThat(complaint)
        .contains("tcescope: hello.js:1:1: ReferenceError: missing is not defined");
  }

  @Test
  void aScriptThatFloodsOrThrowsSaysSoAndFails() throws IOException {
    Path script = folder.resolve("hello.js");
    Files.writeString(script, "for (;;) console.log('x'.repeat(100000));");
    Said flood = Said.by("run", "--untrusted", script.toString(), trace);
    assertThat(flood.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(flood.err()).containsPattern("said more than 64 MiB|stopped");
    Files.writeString(script, "missing();");
    Said broken = Said.by("run", "--untrusted", script.toString(), trace);
    assertThat(broken.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(broken.err()).endsWith(Said.by("run", script.toString(), trace).err());
  }
}

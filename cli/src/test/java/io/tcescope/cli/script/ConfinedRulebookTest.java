package io.tcescope.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.Scripted;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One child process judges one recording after another. */
@Isolated("counts the child processes")
final class ConfinedRulebookTest {
  private static final String RULE =
      """
      import { defineRule } from "tcescope";
      export default defineRule({
        meta: {
          id: "counts", severity: "error", requires: [], messages: { said: "{what}" },
          docs: { summary: "s", why: "w", fix: "f" },
        },
        create(ctx) {
          return {
            "trace.end"(event) {
              ctx.report({ messageId: "said", event, data: { what: event.id } });
            },
          };
        },
      });
      """;

  private static final String CALL =
      "spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0\n";

  @Command
  private static final class Line {
    @Mixin private RunOptions run = new RunOptions();
    @Mixin private RuleOptions rules = new RuleOptions();
  }

  @TempDir private Path folder = Path.of("");

  private Path recording(int events) throws IOException {
    return Files.writeString(folder.resolve("a \"b\" ü " + events + ".log"), CALL.repeat(events));
  }

  /** Judges a recording by the only rule, which says how many events it has. */
  private static String judge(Rulebook book, Path recording) throws IOException {
    try (Trace trace = new RunOptions().open(List.of(recording));
        RuleSession session = book.open(trace, List.of(recording))) {
      Replay.run(trace, new RunOptions().replay(), session::observer);
      Scripted scripted = session.result();
      assertThat(scripted.errors()).isEmpty();
      return scripted.findings().stream().map(Finding::message).collect(Collectors.joining(" "));
    }
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  @Test
  void aChildJudgesOneRecordingAfterAnotherUntilItFailsOrDoesNotSeeOne() throws IOException {
    Path rule = Files.writeString(Files.createDirectory(folder.resolve("r")).resolve("r.js"), RULE);
    Line line = new Line();
    CommandLine command = new CommandLine(line).setErr(new PrintWriter(new StringWriter()));
    command.parseArgs("--rules", rule.toString(), "--untrusted");
    Set<Long> before = children();
    try (Rulebook book = line.rules.open(line.run)) {
      book.expect(List.of(recording(1), folder.resolve("missing"), recording(2)));
      assertThat(judge(book, recording(1))).isEqualTo("1");
      Set<Long> first = children();
      assertThat(first).hasSize(before.size() + 1);
      assertThat(judge(book, recording(2))).isEqualTo("2");
      assertThat(children()).isEqualTo(first);
      assertThat(judge(book, recording(3))).as("was not expected").isEqualTo("3");
      assertThat(children()).hasSameSizeAs(first).isNotEqualTo(first);
      Set<Long> second = children();
      second.removeAll(before);
      second.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      assertThat(judge(book, recording(3))).as("by another").isEqualTo("3");
      assertThat(children()).hasSameSizeAs(first).doesNotContainAnyElementsOf(second);
    }
    assertThat(children()).isEqualTo(before);
  }
}

package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check --baseline}: what is known does not count, what is gone is told. */
@Isolated("gives the process another standard input")
final class BaselineTest extends BaselineCorpus {
  /** Reports every refused put. */
  private static final String RULE =
      """
      import { defineRule } from "tcescope";
      export default defineRule({
        meta: {
          id: "put-refused", severity: "error", requires: ["tce.put"], messages: { refused: "refused" },
          docs: { summary: "A put was refused.", why: "Because.", fix: "Fix it." },
        },
        create(ctx) {
          return {
            "tce.put": {
              where: "ret < 0",
              run(event) { ctx.report({ messageId: "refused", event, liobn: event.liobn }); },
            },
          };
        },
      });
      """;

  @ParameterizedTest
  @ValueSource(strings = {"json", "ndjson"})
  void what_is_known_does_not_count(String format) throws IOException {
    Path known = saved("--format", format, corpus);
    Said again = check("--baseline", known, corpus);
    assertThat(again.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(again.out())
        .contains("a/trace.log: QEMU trace log, 4 events, nothing new, 2 known findings (baseline)")
        .contains("2 recordings, nothing new, 3 known findings (baseline)")
        .doesNotContain("ioba-out-of-window", "gone", "not checked");
  }

  @Test
  void only_what_is_new_is_shown_and_fails() throws IOException {
    Path known = saved("--format", "json", corpus);
    write("b/trace.log", LOG + REMOVE);
    Said again = check("--baseline", known, corpus);
    assertThat(again.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(again.out())
        .contains("b/trace.log: QEMU trace log, 4 events, found 1 critical, 1 known finding (ba")
        .containsOnlyOnce("CRITICAL default-window-removed-in-use at line 4")
        .doesNotContain("ioba-out-of-window")
        .contains("2 recordings, found 1 critical, 3 known findings (baseline)");
    assertThat(check("--baseline", known, "--fail-on", "never", corpus).exitCode()).isZero();
    assertThat(check("--baseline", known, "--format", "json", corpus).out())
        .containsOnlyOnce("\"baseline\":\"new\"")
        .contains(
            "\"new\":1,\"known\":3,\"notChecked\":0,\"notInBaseline\":0,\"gone\":[],\"notJudged\":[]}");
  }

  @Test
  void of_what_is_found_more_often_the_rest_is_new() throws IOException {
    Path file = write("a/trace.log", LOG + REMOVE);
    Path known = saved("--format", "json", file);
    write("a/trace.log", LOG + REMOVE + LOG + REMOVE);
    Said again = check("--baseline", known, "--format", "ndjson", file);
    assertThat(again.out())
        .contains("{\"baseline\":{\"file\":\"" + known + "\",\"new\":2,\"known\":2");
    assertThat(again.exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void what_is_gone_is_told_of_recordings_that_were_checked() throws IOException {
    Path known = saved("--format", "json", corpus);
    write("a/trace.log", LOG.replace(REFUSED, ""));
    Said again = check("--baseline", known, corpus.resolve("a"));
    assertThat(again.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(again.out())
        .contains("2 findings of the baseline are gone:\n")
        .contains("  default-window-removed-in-use@0x80000000 in " + corpus + "/a/trace.log\n")
        .contains("  ioba-out-of-window@0x80000000 in ")
        .contains("1 recording of the baseline was not checked\n");
    assertThat(check("--baseline", known, "--format", "json", corpus.resolve("a")).out())
        .contains(
            "\"notChecked\":1,\"notInBaseline\":0,\"gone\":[{\"rule\":\"ioba-out-of-window\",\"severity\":\"error\","
                + "\"fingerprint\":\"ioba-out-of-window@0x80000000\",\"count\":1,\"trace\":\"");
  }

  @Test
  void what_became_worse_is_new() throws IOException {
    Path known = saved("--format", "json", corpus);
    Files.writeString(
        known,
        Files.readString(known).replace("\"severity\":\"critical\"", "\"severity\":\"info\""));
    Said again = check("--baseline", known, corpus);
    assertThat(again.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(again.out())
        .contains("found 1 critical, 1 known", "1 finding of the baseline is gone:");
  }

  @Test
  void rules_that_do_not_run_any_more_leave_nothing_gone() throws IOException {
    Path rule = Files.writeString(folder.resolve("put-refused.js"), RULE);
    Path known = saved("--format", "json", "--rules", rule, corpus);
    assertThat(Files.readString(known)).contains("\"put-refused/refused@0x80000000\"");
    assertThat(check("--baseline", known, "--rules", rule, corpus).exitCode()).isZero();
    Said without = check("--baseline", known, corpus);
    assertThat(without.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(without.out())
        .contains(
            "2 findings of the baseline were not judged", "  put-refused/refused@0x80000000 in ")
        .doesNotContain("gone");
    Files.writeString(rule, RULE.replace("run(event) {", "run(event) { event.no.thing; "));
    assertThat(check("--baseline", known, "--rules", rule, corpus).out())
        .contains("2 findings of the baseline were not judged");
  }

  @Test
  void rules_that_do_not_apply_any_more_leave_nothing_gone() throws IOException {
    Path file = write("c.log", LOG.replace("1234003", "ffff0003"));
    Path known = saved("--format", "json", "--ram", "1G", file);
    assertThat(Files.readString(known)).contains("tce-outside-partition-memory@0x80000000");
    assertThat(check("--baseline", known, file).out())
        .contains("1 finding of the baseline was not judged")
        .doesNotContain("gone");
  }

  @ParameterizedTest
  @CsvSource({"two/deeper/corpus", "two/of-another-name"})
  void another_folder_holds_the_same_recordings(String elsewhere) throws IOException {
    Path known = saved("--format", "json", corpus);
    Path moved = folder.resolve(elsewhere);
    Files.createDirectories(moved.resolveSibling("."));
    Files.move(corpus, moved);
    Said again = check("--baseline", known, moved);
    assertThat(again.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(again.out()).contains("nothing new, 3 known").doesNotContain("gone", "not checked");
    again = check("--baseline", known, moved.resolve("b"), moved.resolve("a"));
    assertThat(again.out()).contains("nothing new, 3 known").doesNotContain("gone", "not checked");
    Files.createDirectory(moved.resolve("c"));
    Files.writeString(moved.resolve("c/trace.log"), LOG);
    assertThat(check("--baseline", known, moved).out())
        .contains("c/trace.log: QEMU trace log, 3 events, found 1 error\n")
        .contains("\n1 recording is not in the baseline\n")
        .contains("3 recordings, found 1 error, 3 known findings (baseline)");
  }

  @Test
  void a_new_recording_is_not_taken_for_one_of_the_same_name() throws IOException {
    Path known = saved("--format", "json", corpus);
    write("c/trace.log", LOG);
    Said again = check("--baseline", known, corpus);
    assertThat(again.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(again.out()).contains("c/trace.log: QEMU trace log, 3 events, found 1 error\n");
  }

  @Test
  void parts_of_one_run_are_known_together() throws IOException {
    Path more =
        write(
            "a/trace.log.1",
            "spapr_iommu_ddw_query buid=0x1 addr=0x0, 1 windows available,"
                + " max window size=0x80000000, mask=0x107\n");
    Path part = corpus.resolve("a/trace.log");
    Path known = saved("--format", "json", "--together", part, more);
    Said again = check("--baseline", known, "--together", part, more);
    assertThat(again.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(check("--baseline", known, part).exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void standard_input_is_known_as_such() throws IOException {
    InputStream usual = System.in;
    try {
      System.setIn(new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8)));
      Path known = saved("--format", "json", "-");
      System.setIn(new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8)));
      assertThat(check("--baseline", known, "-").out()).contains("nothing new, 1 known finding");
    } finally {
      System.setIn(usual);
    }
  }
}

package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --untrusted}: the same answers from a child process, whatever rules do to it. */
final class UntrustedTest {
  private static final Path CORPUS = Path.of("../traces/src/test/resources/corpus");
  private static final String PACK = "../scripting/rules";
  private static final String LOG =
      """
      spapr_iommu_new_table liobn=0x80000000 table=0x7f42cc81d010 fd=-1
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x11000 tce=0x1236003 ret=0
      """;

  private static final String RULE =
      """
      import { defineRule } from "tcescope";
      export default defineRule({
        meta: {
          id: "ID", severity: "error", requires: [], messages: { said: "{what}" },
          docs: { summary: "s", why: "w", fix: "f" },
        },
        create(ctx) {
          return { "trace.end"(event) { BODY } };
        },
      });
      """;

  private static final String HARMLESS =
      "ctx.report({ messageId: 'said', event, data: { what: event.id, half: 0.5, list: [1n, 'a'] }"
          + " });";

  @TempDir private Path folder = Path.of("");
  private String trace = "";

  @BeforeEach
  void record() throws IOException {
    trace = Files.writeString(folder.resolve("trace.log"), LOG).toString();
  }

  private Path rule(String id, String body) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    String text = RULE.replace("ID", id).replace("BODY", body);
    return Files.writeString(rules.resolve(id + ".js"), text);
  }

  @Test
  void findingsAreTheSame() {
    String[] recordings =
        Stream.of("linux510-default-removed-in-use", "case72-ddw-at-zero", "linux612-fw-window")
            .map(run -> CORPUS.resolve(run).resolve("trace.log.zst").toString())
            .toArray(String[]::new);
    String[] line = with(recordings, "--rules", PACK, "--format", "json");
    Said trusted = Said.by(with(new String[] {"check"}, line));
    Said apart = Said.by(with(new String[] {"check", "--untrusted"}, line));
    assertThat(apart.out()).isEqualTo(trusted.out());
    assertThat(apart.exitCode()).isEqualTo(trusted.exitCode());
    assertThat(apart.err()).contains("untrusted JavaScript runs in a process that ");
  }

  @Test
  void optionsErrorsAndNumbersComeThroughTheWall() throws IOException {
    rule("harmless", HARMLESS);
    rule("mistaken", "event.nothing.at.all;");
    String rules = folder.resolve("rules").toString();
    String[] line = {"check", trace, "--rules", rules, "--rule-option", "harmless.x=1", "--format"};
    Said trusted = Said.by(with(line, "json"));
    Said apart = Said.by(with(line, "json", "--untrusted"));
    assertThat(apart.out()).isEqualTo(trusted.out()).contains("options.x: unknown");
    assertThat(apart.err()).endsWith(trusted.err()).contains("mistaken.js:8:");
    assertThat(apart.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  /** A link and back is another place than here. */
  @Test
  void filesAreFoundByTheirNamesWhateverTheseAre() throws IOException {
    Path far = Files.createDirectories(folder.resolve("far/away"));
    Files.createSymbolicLink(folder.resolve("link"), far);
    Files.writeString(folder.resolve("far/x.log"), LOG);
    Path rules = rule("harmless", HARMLESS).resolveSibling("../rules");
    String recording = folder.resolve("link/../x.log").toString();
    Said apart =
        Said.by("check", recording, "--rules", rules.toString(), "--untrusted", "--format", "json");
    assertThat(apart.out()).contains("\"data\":{\"what\":3,\"half\":0.5,\"list\":[\"0x1\",\"a\"]}");
  }

  private static String[] with(String[] line, String... more) {
    return Stream.of(line, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  @Test
  void scriptsAndTestsRunApartToo() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("hello.js"),
            "console.log(args[0], trace.length, [...trace.events()][0].where.file, 'ü')");
    Said here = Said.by("run", script.toString(), trace, "--", "--untrusted");
    Said apart = Said.by("run", "--untrusted", script.toString(), trace, "--", "--untrusted");
    assertThat(apart.out()).isEqualTo(here.out()).startsWith("--untrusted 3 ").contains("ü");
    assertThat(apart.exitCode()).isEqualTo(ExitCode.CLEAN);
    Said tests = Said.by("rules", "test", "--untrusted", PACK);
    assertThat(tests.out()).isEqualTo(Said.by("rules", "test", PACK).out()).contains(", 0 failed");
  }

  @Test
  void whatCannotBeDoneApartIsRefused() throws IOException {
    String rules = rule("harmless", HARMLESS).toString();
    assertThat(Said.by("check", trace, "--rules", rules, "--untrusted", "--inspect=9229").err())
        .contains("--inspect lifts the limits");
    Said stdin = Said.by("run", "--untrusted", rules, "-");
    assertThat(stdin.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(stdin.err()).contains("--untrusted has no standard input");
  }
}

package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code repl} without a terminal answers standard input line by line. */
@Isolated("gives the process another standard input")
final class ReplCommandTest {
  private static final String LOG =
      """
      spapr_iommu_new_table liobn=0x80000000 table=0x7f42cc81d010 fd=-1
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x40000000 tce=0x1236003 ret=-4
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void linesAreAnsweredAndAMistakeDoesNotEndTheTalk() throws IOException {
    String trace = Files.writeString(folder.resolve("trace.log"), LOG).toString();
    String typed =
        """
        const w = trace.window(0x80000000n)
        w.tce(0x10000n).real
        w.tce(0x10000)
        1 +
        trace.events({where: "ret < 0"}).count()
        console.table(trace.windows().map((w) => ({ liobn: w.liobn, live: w.mapped })))
        """;
    Said said = typed(typed, trace);
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.out().lines().map(String::strip))
        .containsSubsequence(
            "0x1234000",
            "TypeError: a bus address is a bigint",
            "1",
            "liobn       live",
            "0x80000000  1")
        .anyMatch(line -> line.startsWith("SyntaxError"));
  }

  @Test
  void aLineThatHadToBeStoppedDoesNotEndTheTalkEither() throws IOException {
    String trace = Files.writeString(folder.resolve("trace.log"), LOG).toString();
    String typed = "var a = 7\nfor (;;) new Float64Array(1e6)\ntypeof a\ntrace.windows().length\n";
    Said said = typed(typed, trace);
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.out())
        .startsWith("stopped: one call allocated more than ")
        .endsWith(
            """
             MiB
            what was defined before is gone: the next line begins afresh
            "undefined"
            1
            """);
    assertThat(typed("1 + 1\n", trace).exitCode()).isEqualTo(ExitCode.CLEAN);
  }

  private static Said typed(String lines, String trace) {
    InputStream stdin = System.in;
    try {
      System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
      return Said.by("repl", trace);
    } finally {
      System.setIn(stdin);
    }
  }
}

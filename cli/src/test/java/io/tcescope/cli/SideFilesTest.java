package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are kept beside a recording are read as recordings are: compressed or not. */
final class SideFilesTest {
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";
  private static final String QTREE =
      """
          index = 1 (0x1)
          dma_win_addr = 0 (0x0)
          dma_win_size = 1073741824 (0x40000000)
          0000000000000000-000000007fffffff (prio 0, ram): ppc_spapr.ram
      """;
  private static final String DEVICE_TREE =
      """
      /pci@800000020000001/ibm,dma-window: 80000100 00000000 00000000 00000000 40000000
      /pci@800000020000001/ibm,ddw-extensions: 00000001 00000052
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void a_compressed_side_file_says_what_the_plain_one_says() throws IOException {
    same("--qtree", QTREE);
    same("--devicetree", DEVICE_TREE);
  }

  private void same(String option, String text) throws IOException {
    String plain = Files.writeString(folder.resolve("plain"), text).toString();
    Said wanted = Said.by("check", SAMPLE, "--format", "json", option, plain);
    assertThat(wanted.out()).isNotEqualTo(Said.by("check", SAMPLE, "--format", "json").out());
    assertThat(Said.by("check", SAMPLE, "--format", "json", option, packed(text)))
        .isEqualTo(wanted);
  }

  /** Where nobody tells how large a window is, a refused call may only show that it is smaller. */
  @Test
  void a_refused_call_is_surely_a_hole_only_if_the_window_is_known() throws IOException {
    String log =
        """
        spapr_iommu_new_table liobn=0x80000100 table=0x7f0000001000 fd=-1
        spapr_iommu_new_table liobn=0x80000000 table=0x7f0000002000 fd=-1
        spapr_iommu_pci_put liobn=0x80000100 ioba=0x1000 tce=0x1003 ret=-4
        """;
    String trace = Files.writeString(folder.resolve("refused.log"), log).toString();
    String told = Files.writeString(folder.resolve("qtree"), QTREE).toString();
    assertThat(Said.by("check", trace).out())
        .contains("trace-hole-suspected (inferred) at line 3", "(--qtree tells)");
    assertThat(Said.by("check", trace, "--qtree", told).out())
        .contains("trace-hole-suspected at line 3")
        .doesNotContain("(--qtree tells)");
  }

  @Test
  void a_line_format_and_saved_queries_may_be_compressed_too() throws IOException {
    String format = packed(Files.readString(Path.of("../traces/samples/own-format.json")));
    assertThat(Said.by("state", "../traces/samples/own-format.txt", "--line-format", format).out())
        .contains("0x80000100");
    String saved = packed("failed = ret < 0\n");
    assertThat(Said.by("search", "saved:failed", SAMPLE, "--count", "--saved", saved).out())
        .isEqualTo("3039\n");
  }

  @Test
  void a_side_file_that_cannot_be_read_is_a_mistake_on_the_command_line() throws IOException {
    String damaged = packed(QTREE);
    byte[] half = Files.readAllBytes(Path.of(damaged));
    Files.write(Path.of(damaged), Arrays.copyOf(half, half.length - 12));
    for (String option : new String[] {"--qtree", "--devicetree", "--line-format"}) {
      Said said = Said.by("check", SAMPLE, option, damaged);
      assertThat(said.exitCode()).as(option).isEqualTo(ExitCode.USAGE);
      assertThat(said.err()).startsWith("tcescope: " + damaged).doesNotContain("Exception");
    }
    for (String option : new String[] {"--qtree", "--events-list"}) {
      Said said = Said.by("check", SAMPLE, option, folder.resolve("nowhere").toString());
      assertThat(said.exitCode()).as(option).isEqualTo(ExitCode.USAGE);
      assertThat(said.err()).contains("nowhere: no such file");
    }
  }

  private String packed(String text) throws IOException {
    Path file = folder.resolve("packed.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file.toString();
  }
}

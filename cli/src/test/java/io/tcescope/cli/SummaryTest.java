package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording without a command: one screen that hides nothing that matters. */
final class SummaryTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void of_many_open_windows_those_that_findings_name_come_first() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      log.append(
          "spapr_iommu_new_table liobn=0x800000%02x table=0x7f42cc81d010 fd=-1\n".formatted(i));
    }
    for (int i = 0; i < 20; i++) {
      log.append(
          "spapr_iommu_pci_put liobn=0x800000%02x ioba=0x10000 tce=0x1234003 ret=0\n".formatted(i));
    }
    log.append("spapr_iommu_pci_put liobn=0x80000012 ioba=0x10000 tce=0x5678003 ret=0\n");
    Said said = Said.by(write(log.toString()));
    assertThat(said.out().lines().filter(line -> line.startsWith("0x8")))
        .hasSize(12)
        .first()
        .asString()
        .startsWith("0x80000012#1");
    assertThat(said.out()).contains("... and 8 more windows, 8 of them open (tcescope timeline ");
  }

  @Test
  void window_calls_are_listed_however_rare_and_tables_are_no_calls() throws IOException {
    String log =
        """
        spapr_iommu_new_table liobn=0x80000000 table=0x7f42cc81d010 fd=-1
        spapr_iommu_ddw_query buid=0x800000020000000 addr=0x0, 1 windows available, max window size=0x8000000, mask=0x7
        spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0
        """;
    assertThat(Said.by(write(log)).out())
        .contains("  DDW calls   1 spapr_iommu_ddw_query\n")
        .contains("  other calls 1 spapr_iommu_pci_put\n");
  }

  @Test
  void what_happened_to_the_whole_machine_is_named() {
    String corpus = "../traces/src/test/resources/corpus/";
    String reset = corpus + "case72-machine-reset/trace.log.zst";
    assertThat(Said.by(reset).out())
        .contains(
            "  machine     machine reset at line 3431; saved for a migration or snapshot at line");
    assertThat(Said.by(reset, "--format", "json").out())
        .contains("\"machine\":[", "{\"what\":\"machine-reset\",\"event\":3431,\"line\":3431,");
    assertThat(Said.by("timeline", reset, "--format", "json").out())
        .containsPattern("\"what\":\"machine-reset\",\"part\":\\d+,\"event\":3431,\"line\":3431,");
    assertThat(Said.by(corpus + "incoming-fuzz72/trace.log.zst").out())
        .contains("migrated in at line 3218: contents unknown until written or read");
    assertThat(Said.by(corpus + "linux61-ddw/dmesg.txt.zst").out()).doesNotContain("  machine ");
  }

  @Test
  void findings_at_error_or_above_are_told_by_the_exit_code() throws IOException {
    String clean = write("spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0\n");
    assertThat(Said.by(clean).exitCode()).isEqualTo(ExitCode.CLEAN);
    Said sample = Said.by("../traces/samples/default-window-removed-in-use.log");
    assertThat(sample.exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void who_looks_for_causes_is_named_where_findings_may_be_no_more_than_consequences() {
    String dmesg =
        "../traces/src/test/resources/corpus/linux510-default-removed-in-use/dmesg.txt.zst";
    assertThat(Said.by(dmesg).out())
        .contains("put-failure-ignored")
        .doesNotContain("default-window-removed-in-use at")
        .endsWith("Next: tcescope check " + dmesg + "\n      tcescope why " + dmesg + "\n");
    assertThat(Said.by("why", dmesg).out()).startsWith("Most likely: default-window-removed");
  }

  @Test
  void harmless_findings_have_no_cause_to_look_for() throws IOException {
    String twice = "spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0\n";
    String same = write(twice + twice);
    assertThat(Said.by(same).out()).endsWith("Next: tcescope check " + same + "\n");
  }

  private String write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "trace", ".log"), text).toString();
  }
}

package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a bus address: from the window's opening to the calls that came too late. */
final class AddressTest {
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";
  private static final String CORPUS = "../traces/src/test/resources/corpus/";

  @TempDir private Path folder = Path.of("");

  private static String life(String address, String trace) {
    return Said.by("addr", address, trace).out().replaceAll("\\n      [^\\n]*", "");
  }

  @Test
  void aRefusedCallOnAWindowThatIsGoneIsShown() {
    assertThat(life("0x308f0000", SAMPLE))
        .contains(
            """
              line 1687    opened     0x80000100#1   entry 198896 clear
            """)
        .endsWith(
            """
              line 6880    closed     0x80000100#1   entry 198896 clear
              line 6899    refused    0x80000100#1   the window is gone
            """);
  }

  @Test
  void ofManyRefusedCallsTheFirstAndTheLastAreShown() throws IOException {
    String put = "spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=-4\n";
    Path log =
        Files.writeString(
            folder.resolve("late.log"),
            "spapr_iommu_new_table liobn=0x80000000 table=0x7f fd=-1\n"
                + "spapr_iommu_ddw_remove liobn=0x80000000\n"
                + put.repeat(100));
    assertThat(life("0x10000", log.toString()))
        .isEqualTo(
            """
            Bus address 0x10000: 5 moments
              line 1       opened     0x80000000#1   entry 16 clear
              line 2       closed     0x80000000#1   entry 16 clear
              line 3       refused    0x80000000#1   the window is gone
              line 4       refused    0x80000000#1   the window is gone
              ... 97 more refused calls
              line 102     refused    0x80000000#1   the window is gone
            """);
    assertThat(Said.by("addr", "0x10000", log.toString(), "--format", "json").out())
        .contains("\"what\":\"refused\"", "\"omitted\":97,\"tce\":null,\"certainty\":null");
  }

  @Test
  void aWindowThatWasThereBeforeTheRecordingOpensAtItsStart() {
    assertThat(life("0x3000f000", CORPUS + "linux510-default-removed-in-use/ftrace.txt.zst"))
        .contains(
            "  start        opened     0x80000100#1   entry 196623 unknown: before-recording");
  }
}

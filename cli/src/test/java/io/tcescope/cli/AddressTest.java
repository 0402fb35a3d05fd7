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

  @Test
  void whatACallMayHaveDoneToAnEntryThatItDoesNotNameIsToldToo() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("partial.log"),
            """
            spapr_iommu_new_table liobn=0x71000002 table=0x7f fd=-1
            spapr_iommu_put liobn=0x71000002 ioba=0x3000 tce=0x16003 ret=0
            spapr_iommu_stuff liobn=0x71000002 ioba=0x10000000 tcevalue=0x0 npages=65536 ret=-4
            """);
    assertThat(life("0x3000", log.toString()))
        .endsWith(
            """
              line 3       forgotten  0x71000002#1   entry 3 unknown: partial-failure
            """);
  }

  @Test
  void aQuiesceClearsTheEntriesOfVirtualDevices() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("quiesce.csv"),
            """
            call,liobn,ioba,tce,start,page_shift,pages,text,ret
            window,0x71000002,,,0,12,65536,vio,
            H_PUT_TCE,0x71000002,0x3000,0x16003,,,,,0
            quiesce,,,,,,,,
            """);
    assertThat(life("0x3000", csv.toString()))
        .endsWith(
            """
              line 3       written    0x71000002#1   entry 3 0x16003 -> real address 0x16000
              line 4       written    0x71000002#1   entry 3 clear
            """);
  }

  @Test
  void aWindowWhosePlaceIsToldLaterCoversNothingElse() throws IOException {
    Path log = folder.resolve("place.log");
    String placeless =
        """
        spapr_iommu_new_table liobn=0x80000100 table=0x7f fd=-1
        spapr_iommu_pci_stuff liobn=0x80000100 ioba=0x80000000a4a0000 tcevalue=0x0 npages=3 ret=0
        spapr_iommu_ddw_reset buid=0x800000020000001 addr=0x0
        """;
    Files.writeString(log, placeless);
    assertThat(life("0x45000", log.toString()))
        .contains("  line 3       opened     0x80000100#2   entry ? clear\n");
    Files.writeString(
        log, placeless + "spapr_iommu_pre_save liobn=80000100 40000 bus_offset=0x0 ps=12\n");
    assertThat(life("0x45000", log.toString()))
        .contains("  line 3       opened     0x80000100#2   entry 69 clear\n");
    assertThat(life("0x800000003145000", log.toString())).doesNotContain("0x80000100#2");
  }
}

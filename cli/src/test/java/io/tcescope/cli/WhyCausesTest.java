package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several suspects is the cause, on the smallest recordings that have them. */
final class WhyCausesTest {
  private static final String COLUMNS =
      "time_ns,call,liobn,ioba,pages,tce,list,ret,buid,config_addr,page_shift,window_shift,start,"
          + "windows_available,perm,device,text";
  private static final String BUID = "0x800000020000001";
  private static final String WINDOW =
      ",window,0x80000100,,0x40000,,,," + BUID + ",,12,,0x0,,,,default";

  @TempDir private Path folder;

  @Test
  void a_window_on_top_of_the_one_the_device_met_comes_before_an_address_nobody_mapped()
      throws IOException {
    JsonNode told =
        why(
            log(
                "spapr_iommu_new_table liobn=0x80000101 table=0x7ff3 fd=-1",
                "spapr_iommu_ddw_create buid=0x800000020000001 addr=0x0, page size=0x10000,"
                    + " requested=0x10000000, start addr=0x800000000000000, liobn=0x80000101",
                "spapr_iommu_ddw_remove liobn=0x80000100",
                "spapr_iommu_new_table liobn=0x80000100 table=0x7ff4 fd=-1",
                "spapr_iommu_ddw_create buid=0x800000020000001 addr=0x0, page size=0x1000000,"
                    + " requested=0x100000000, start addr=0x800000000000000, liobn=0x80000100",
                "spapr_iommu_pci_put liobn=0x80000100 ioba=0x800000000000000 tce=0x3 ret=0",
                "spapr_iommu_xlate liobn=0x80000101 0x4d40f8 -> 0x0 perm=0 mask=0xffff"));
    assertThat(first(told)).isEqualTo("windows-overlap at 5");
  }

  @Test
  void an_entry_behind_the_end_of_memory_says_more_than_an_unmap_at_the_time_of_the_freeze()
      throws IOException {
    JsonNode told =
        why(
            csv(
                WINDOW,
                "1000,H_PUT_TCE,0x80000100,0x1000,1,0x5003,,0,,,,,,,,,",
                "2000,H_PUT_TCE,0x80000100,0x2000,1,0x300000003,,0,,,,,,,,,",
                "3000,H_STUFF_TCE,0x80000100,0x1000,1,0x0,,0,,,,,,,,,",
                "4000,eeh,,,,,,," + BUID + ",,,,,,,,"),
            "--ram",
            "2G");
    assertThat(first(told)).isEqualTo("tce-outside-partition-memory at 3");
    assertThat(told.get("causes").get(1).get("rule").asText()).isEqualTo("eeh-freeze-after-clear");
  }

  @Test
  void that_a_window_was_there_before_the_recording_explains_no_failure() throws IOException {
    JsonNode told =
        why(
            csv(
                "1000,H_PUT_TCE,0x80000100,0x1000,1,0x5003,,0,,,,,,,,,",
                "2000,H_PUT_TCE,0x80000100,0x2000,1,0x6003,,-4,,,,,,,,,"));
    assertThat(told.get("symptoms")).hasSize(1);
    assertThat(told.get("causes")).isEmpty();
    assertThat(told.get("undecided").asText()).isNotEmpty();
  }

  @Test
  void a_map_refused_for_lack_of_resources_is_no_full_window() throws IOException {
    Path recording =
        csv(
            WINDOW,
            "1000,H_PUT_TCE,0x80000100,0x1000,1,0x5003,,-44,,,,,,,,,",
            "2000,log,,,,,,,,,,,,,,,\"e1000 0001:00:01.0: iommu_alloc failed, tbl 00000000a4d1"
                + " vaddr 000000005d7a npages 1\"");
    JsonNode told = why(recording, "--platform", "powervm");
    assertThat(first(told)).isEqualTo("tce-resources-exhausted at 2");
    assertThat(told.get("causes")).hasSize(1);
    assertThat(told.get("causes").get(0).get("explains")).hasSize(2);
  }

  @Test
  void a_look_up_behind_the_end_of_a_window_shows_no_other_window() throws IOException {
    Path recording =
        log(
            "spapr_iommu_new_table liobn=0x80000101 table=0x7ff3 fd=-1",
            "spapr_iommu_ddw_create buid=0x800000020000001 addr=0x0, page size=0x10000,"
                + " requested=0x10000000, start addr=0x800000000000000, liobn=0x80000101",
            "spapr_iommu_pci_put liobn=0x80000101 ioba=0x800000000000000 tce=0x10003 ret=0",
            "spapr_iommu_xlate liobn=0x80000101 0x10010000 -> 0x0 perm=0 mask=0xffffffff");
    assertThat(Said.by("check", recording.toString()).out()).doesNotContain("trace-hole-suspected");
    assertThat(first(why(recording))).isEqualTo("dma-to-unmapped at 4");
  }

  @Test
  void the_device_of_a_complaint_is_the_one_that_the_message_names() throws IOException {
    String complaint = "Warning: IOMMU offset too big for device mask";
    assertThat(message("e1000 0001:00:06.0: " + complaint)).startsWith("Device 0001:00:06.0 ");
    assertThat(message(complaint)).startsWith("A device ");
  }

  @Test
  void where_the_guests_log_has_no_place_beside_the_hosts_that_is_what_is_missing()
      throws IOException {
    Path host =
        log(
            "4508@1795353407.100000:spapr_iommu_pci_put liobn=0x80000100 ioba=0x1000 tce=0x5003 ret=0",
            "4508@1795353407.200000:spapr_iommu_pci_put liobn=0x80000100 ioba=0x2000 tce=0x6003 ret=0");
    Path guest = folder.resolve("dmesg.txt");
    Files.writeString(guest, "[    7.300000] EEH: Recovering PHB#1-PE#10000\n");
    assertThat(why(host, guest.toString()).get("undecided").asText())
        .contains("dmesg.txt")
        .contains("shares no call");
  }

  private String message(String text) throws IOException {
    JsonNode told = why(csv(WINDOW, "1000,log,,,,,,,,,,,,,,," + text));
    return told.get("causes").get(0).get("message").asText();
  }

  private static String first(JsonNode told) {
    JsonNode cause = told.get("causes").get(0);
    return cause.get("rule").asText() + " at " + cause.get("event").asLong();
  }

  private static JsonNode why(Path recording, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("why", recording.toString()));
    words.addAll(List.of(more));
    words.addAll(List.of("--format", "json"));
    return new ObjectMapper().readTree(Said.by(words.toArray(String[]::new)).out());
  }

  private Path log(String... lines) throws IOException {
    return Files.write(folder.resolve("trace.log"), List.of(lines));
  }

  private Path csv(String... rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(COLUMNS));
    lines.addAll(List.of(rows));
    return Files.write(folder.resolve("calls.csv"), lines);
  }
}

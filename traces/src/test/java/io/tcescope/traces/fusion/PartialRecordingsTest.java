package io.tcescope.traces.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of one run of which one begins later, ends earlier or tells less than another. */
final class PartialRecordingsTest {
  private static final long MADE = 0x80000001L;

  /** A guest gets a window of 64K pages, maps three pages in it and unmaps the first two. */
  private static final String HOST =
      """
      7@1000.000000:spapr_iommu_new_table liobn=0x80000000 table=0x7f42cc81d010 fd=-1
      7@1001.000000:spapr_iommu_new_table liobn=0x80000001 table=0x7f42cca1d010 fd=-1
      7@1001.000001:spapr_iommu_ddw_create buid=0x800000020000000 addr=0x0, page size=0x10000, \
      requested=0x400000, start addr=0x800000000000000, liobn=0x80000001
      7@1002.000000:spapr_iommu_pci_put liobn=0x80000001 ioba=0x800000000010000 tce=0x50003 ret=0
      7@1003.000000:spapr_iommu_pci_put liobn=0x80000001 ioba=0x800000000020000 tce=0x60003 ret=0
      7@1003.500000:spapr_iommu_pci_put liobn=0x80000001 ioba=0x800000000030000 tce=0x70003 ret=0
      7@1004.000000:spapr_iommu_pci_stuff liobn=0x80000001 ioba=0x800000000020000 tcevalue=0x0 \
      npages=1 ret=0
      7@1005.000000:spapr_iommu_pci_stuff liobn=0x80000001 ioba=0x800000000030000 tcevalue=0x0 \
      npages=1 ret=0
      """;

  /** The same by the guest's account, from the second map on. */
  private static final String LATE_GUEST =
      """
      time_ns,call,liobn,ioba,pages,tce,ret
      3000000100,H_PUT_TCE,0x80000001,0x800000000020000,,0x60003,0
      3500000100,H_PUT_TCE,0x80000001,0x800000000030000,,0x70003,0
      4000000100,H_STUFF_TCE,0x80000001,0x800000000010000,1,0x0,0
      5000000100,H_STUFF_TCE,0x80000001,0x800000000020000,1,0x0,0
      """;

  private static final String CREATED =
      "[    1.000100] nvme 0000:00:01.0: ibm,create-pe-dma-window(2027) 0 8000000 20000000 10 16"
          + " returned 0 (liobn = 0x80000001 starting addr = 8000000 0)\n";

  private static final String REMOVED =
      "[    6.000100] /pci@800000020000000: successfully removed DMA window: rtas returned 0 to"
          + " ibm,remove-pe-dma-window(2028) 80000001\n";

  @TempDir private Path temp;

  @Test
  void calls_on_a_window_whose_pages_only_the_other_recording_tells_are_one() throws IOException {
    Replay.Result<CheckRunner> run = run(HOST, LATE_GUEST);
    assertThat(rules(run)).doesNotContain("tce-clear-unmapped", "model-mismatch");
    assertThat(run.state().window(MADE).nonzero()).isOne();
    assertThat(run.state().window(MADE).unknown()).isZero();
  }

  @Test
  void a_window_made_before_the_other_recording_began_may_hold_anything() throws IOException {
    String untimed = (CREATED + REMOVED.replace("80000001", "80000101")).replaceAll("\\[.*?] ", "");
    String late = LATE_GUEST + "6000000000,\"ibm,remove-pe-dma-window\",0x80000101,,,,0\n";
    assertThat(run(late, untimed).state().window(MADE).unknown()).isEqualTo(61);
  }

  @Test
  void a_window_that_goes_after_the_recording_of_its_entries_ended_is_not_in_use()
      throws IOException {
    Replay.Result<CheckRunner> run = run(HOST, CREATED + REMOVED);
    assertThat(run.state().window(MADE).isOpen()).isFalse();
    assertThat(rules(run)).doesNotContain("window-removed-in-use");
    String untimed = (CREATED + REMOVED).replaceAll("\\[.*?] ", "");
    assertThat(rules(run(HOST, untimed))).doesNotContain("window-removed-in-use", "model-mismatch");
  }

  @Test
  void what_two_recordings_tell_after_the_first_has_ended_is_one_call() throws IOException {
    String tracer =
        tracer(1, "create", "{0x0,0x8000000,0x20000000,0x10,0x16}", "0", "{0x80000001,0x8000000,0}")
            + tracer(6, "remove", "{0x80000001}", "0", "{}");
    Replay.Result<CheckRunner> run = run(HOST, tracer, CREATED + REMOVED);
    assertThat(run.state().window(MADE).isOpen()).isFalse();
    assertThat(rules(run)).doesNotContain("model-mismatch", "window-removed-in-use");
  }

  @Test
  void a_refused_request_is_not_taken_for_the_one_that_is_granted_next() throws IOException {
    String tracer =
        tracer(0.99, "create", "{0x0,0x8000000,0x20000000,0x10,0x16}", "-1", "{0x0,0x0,0x0}")
            + tracer(
                1,
                "create",
                "{0x0,0x8000000,0x20000000,0x10,0x16}",
                "0",
                "{0x80000001,0x8000000,0}");
    assertThat(rules(run(HOST, tracer))).doesNotContain("model-mismatch");
  }

  @Test
  void a_long_row_that_another_recording_disproves_is_not_quoted_whole() throws IOException {
    StringBuilder host = new StringBuilder();
    StringBuilder guest = new StringBuilder("time_ns,call,liobn,ioba,tce,ret,note\n");
    for (int i = 1; i < 50; i++) {
      String ioba = "0x" + Integer.toHexString(i << 12);
      host.append("7@10")
          .append(i + 10)
          .append(".000000:spapr_iommu_pci_put liobn=0x80000000 ioba=");
      host.append(ioba).append(" tce=0x50003 ret=0\n");
      guest.append(i + 10).append("000000100,H_PUT_TCE,0x80000000,").append(ioba);
      guest.append(",0x50003,0,\n");
    }
    String row = "20500000100,H_PUT_TCE,0x80000000,0x80000,0x90003,0," + "x".repeat(3000) + "\n";
    guest.insert(guest.indexOf("21000000100"), row);
    List<Finding> disproved =
        run(host.toString(), guest.toString()).observer().findings().stream()
            .filter(finding -> finding.message().contains("20500000100"))
            .toList();
    assertThat(disproved).isNotEmpty();
    assertThat(disproved).allSatisfy(f -> assertThat(f.message()).hasSizeLessThan(400));
  }

  private static String tracer(double time, String call, String in, String status, String out) {
    String head = "       init-1       [000] d....     %.6f: rtas_";
    String name = ": ibm," + call + "-pe-dma-window ";
    return String.format(Locale.ROOT, head, time + 0.00001)
        + "input"
        + name
        + "arguments: "
        + in
        + "\n"
        + String.format(Locale.ROOT, head, time + 0.00008)
        + "output"
        + name
        + "status: "
        + status
        + ", other outputs: "
        + out
        + "\n";
  }

  private static List<String> rules(Replay.Result<CheckRunner> run) {
    return run.observer().findings().stream().map(Finding::rule).toList();
  }

  private Replay.Result<CheckRunner> run(String... recordings) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String recording : recordings) {
      files.add(Files.writeString(temp.resolve("recording" + files.size()), recording));
    }
    try (Trace run = Traces.openTogether(files, TraceOptions.NONE)) {
      return Replay.run(run, ReplayOptions.defaults(), () -> new CheckRunner(run));
    }
  }
}

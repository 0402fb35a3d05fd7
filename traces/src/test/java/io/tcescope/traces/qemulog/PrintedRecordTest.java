package io.tcescope.traces.qemulog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.guest.Shown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What QEMU's simpletrace.py makes of a binary trace is read like the text log. */
final class PrintedRecordTest {
  private static final String PRINTED =
      """
      spapr_iommu_new_table 0.000 pid=4711 liobn=0x80000000 table=0x7f0000000010 fd=0xffffffffffffffff
      spapr_iommu_pci_put 12.345 pid=4711 liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0x0
      spapr_iommu_pci_get 12.345 pid=4711 liobn=0x80000000 ioba=0x10000 ret=0x0 tce=0x1234003
      spapr_iommu_pci_stuff 1.000 pid=4712 liobn=0x80000000 ioba=0x267000 tce_value=0x0 npages=0x258 ret=0x0
      spapr_iommu_pci_indirect 12.345 pid=4711 liobn=0x80000000 ioba=0xfffe000 tcelist=0x3000000 iobaN=0x1 tceN=0x5003 ret=0xfffffffffffffffc
      spapr_iommu_ddw_create 12.345 pid=4711 buid=0x800000020000000 cfgaddr=0x0 pg_size=0x10000 req_size=0x40000000 start=0x800000000000000 liobn=0x80000001
      spapr_drc_realize_child 12.345 pid=4711 index=0x40000000 childname=pci 0
      spapr_vio_free_crq 12.345 pid=4711 crq=0x71000002
      """;

  private static final String LOGGED =
      """
      spapr_iommu_new_table liobn=0x80000000 table=0x7f0000000010 fd=-1
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0
      spapr_iommu_pci_get liobn=0x80000000 ioba=0x10000 ret=0 tce=0x1234003
      spapr_iommu_pci_stuff liobn=0x80000000 ioba=0x267000 tcevalue=0x0 npages=600 ret=0
      spapr_iommu_pci_indirect liobn=0x80000000 ioba=0xfffe000 tcelist=0x3000000 iobaN=0x1 tceN=0x5003 ret=-4
      spapr_iommu_ddw_create buid=0x800000020000000 addr=0x0, page size=0x10000, requested=0x40000000, start addr=0x800000000000000, liobn=0x80000001
      spapr_drc_realize_child drc: 0x40000000, child name: pci 0
      spapr_vio_free_crq CRQ for dev 0x71000002 freed
      """;

  /** What a text became: its calls, who made them, and what the reader says of it. */
  private record Read(List<String> calls, List<Long> threads, TraceHealth health) {}

  private static Read read(String text) {
    List<String> calls = new ArrayList<>();
    List<Long> threads = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Trace trace = Shown.open(new QemuLogFormat(), bytes)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        assertThat(event.time()).isEqualTo(Event.NO_TIME);
        calls.add(Shown.call(event));
        threads.add(event.thread());
      }
      return new Read(calls, threads, reader.health());
    }
  }

  @Test
  void each_record_is_the_event_that_the_text_log_has_of_it() {
    Read printed = read(PRINTED);
    assertThat(printed.calls()).isEqualTo(read(LOGGED).calls()).noneMatch(c -> c.startsWith("LOG"));
    assertThat(printed.threads()).contains(4711L, 4712L);
    assertThat(printed.health().isLossy()).isFalse();
  }

  @Test
  void what_it_says_was_lost_is_lost() {
    Read read = read(PRINTED + "dropped 12.345 pid=4711 num_events_dropped=0x7\n");
    assertThat(read.calls()).last().isEqualTo("LOST dropped size=0x7");
    assertThat(read.health().lost()).isEqualTo(7);
  }

  @Test
  void a_record_that_lacks_arguments_is_counted_and_no_event() {
    Read read =
        read(
            PRINTED
                + "spapr_iommu_pci_put 12.345 pid=4711 liobn=0x80000000 ioba=0x10000\n"
                + "spapr_iommu_pci_put 12.345 pid=4711 liobn=0x80000000 ioba=0x10000 tce=0x1 ret=0x\n"
                + "spapr_iommu_pci_put 12.345 pid= liobn=0x80000000 ioba=0x10000 tce=0x1 ret=0x0\n");
    assertThat(read.calls()).filteredOn(call -> call.startsWith("H_PUT_TCE ")).hasSize(1);
    assertThat(read.health().skipped())
        .hasEntrySatisfying("malformed event", skipped -> assertThat(skipped.count()).isEqualTo(3));
  }
}

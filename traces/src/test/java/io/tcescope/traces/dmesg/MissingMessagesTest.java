package io.tcescope.traces.dmesg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that a log lacks, and those that it holds and nobody can read. */
final class MissingMessagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[   20.000000] ** 2137 printk messages dropped **|2137",
        "** 2137 printk messages dropped ** [   20.000000] e1000 0001:00:00.0 eth0: up|2137",
        "[   30.000000] systemd-journald[77]: Missed 12 kernel messages|12",
        "Jan 27 14:19:41 host systemd-journald[77]: Missed 12 kernel messages|12"
      })
  void any_message_can_be_among_those_that_were_dropped(String line, long count) {
    TraceHealth health =
        Messages.read(
            line,
            event -> {
              assertThat(event.kind()).isEqualTo(EventKind.LOST);
              assertThat(event.size()).isEqualTo(count);
            });
    assertThat(health.lost()).isEqualTo(count);
    assertThat(health.isLossy()).isTrue();
  }

  @Test
  void how_many_the_journal_lost_may_be_unknown() {
    TraceHealth health =
        Messages.read(
            "Jan 27 14:19:41 host systemd-journald[77]: /dev/kmsg buffer overrun, some messages"
                + " lost.",
            event -> {
              assertThat(event.kind()).isEqualTo(EventKind.LOST);
              assertThat(event.has(Event.SIZE)).isFalse();
            });
    assertThat(health.lostUnknown()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[   51.881588] tce_buildmulti_pSeriesLP: 250 callbacks suppressed|250",
        "[   51.881588] printk: 23 messages suppressed.|23"
      })
  void what_a_function_said_too_often_is_remarked_on_and_leaves_the_tables_as_they_are(
      String line, long count) {
    TraceHealth health =
        Messages.read(
            line,
            event -> {
              assertThat(event.kind()).isEqualTo(EventKind.LOG);
              assertThat(event.size()).isEqualTo(count);
            });
    assertThat(health.isLossy()).isFalse();
    assertThat(health.remarks()).singleElement().asString().contains("callbacks suppressed");
  }

  @Test
  void what_programs_were_kept_from_writing_is_no_message_of_the_kernel() {
    TraceHealth health =
        Messages.read(
            "[   15.298967] systemd: 23 output lines suppressed due to ratelimiting",
            event -> assertThat(event.kind()).isEqualTo(EventKind.LOG));
    assertThat(health.isLossy()).isFalse();
  }

  @Test
  void a_call_behind_the_words_on_dropped_messages_is_still_read() {
    List<EventKind> kinds = new ArrayList<>();
    TraceHealth health =
        Messages.read(
            "** 7 printk messages dropped ** [   46.604283] tce_build_pSeriesLP: plpar_tce_put"
                + " failed. rc=-4",
            event -> kinds.add(event.kind()));
    assertThat(kinds).containsExactly(EventKind.H_PUT_TCE);
    assertThat(health.lost()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[    2.1] nvme 0121:50:00.0: ibm,query-pe-dma-windows(53) 500000 8000000 20000121 ret",
        "[    2.1] nvme 0121:50:00.0: ibm,create-pe-dma-window(54) 500000 8000000",
        "[    2.1] /pci@800000020000002: removed: ibm,remove-pe-dma-window(2028) 80000200",
        "[    2.1] removed: rtas returned 0 to ibm,reoove-pe-dma-window(2028) 80000200",
        "[    2.1] nvme 0121:50:00.0: ib\u0001,create-pe-dma-window(54) 500000 8000000",
        "[   46.6] tce_buildmulti_pSeriesLP: plpar_tce_put fail",
        "{\"msg\":\"tce_buildmulti_pSeriesLP: plpar_tce_put failed. rc=-4\"}",
        "[   18.8] virtio-pci 0001:00:00.0: iommu_alloc failed, tbl",
        "[   18.8] iommu_free: invalid ent",
        "[  101.5] EEH: Frozen PHB#",
        "[    0.5] Memory at zz (drc index 80000008) was hot-added"
      })
  void a_message_of_a_call_that_cannot_be_read_is_counted_with_its_place(String line) {
    List<EventKind> kinds = new ArrayList<>();
    TraceHealth health =
        Messages.read(
            "[    0.1] Linux version 6.1\n" + line + "\n", event -> kinds.add(event.kind()));
    boolean changesWindows = line.contains("-pe-dma-window") && !line.contains("query-pe-dma");
    assertThat(kinds)
        .containsExactly(EventKind.LOG, changesWindows ? EventKind.LOST : EventKind.LOG);
    assertThat(health.skipped().values())
        .singleElement()
        .satisfies(
            skipped -> {
              assertThat(skipped.count()).isOne();
              assertThat(skipped.first().getFirst().line()).isEqualTo(2);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvme 0121:50:00.0: ibm,query-pe-dma-windows(53) 500000 8000000 20000121 returned 0",
        "nvme 0121:50:00.0: ibm,query-pe-dma-windows(53) 280000 8000000 20000524 returned 0,"
            + " lb=1000000 ps=103 wn=1",
        "nvme 0121:50:00.0: ibm,create-pe-dma-window(54) 500000 8000000 20000121 10 28 returned 0"
            + " (liobn = 0x70000121 starting addr = 8000000 0)",
        "nvme 0121:50:00.0: ibm,create-pe-dma-window(54) 500000 8000000 20000121 10",
        "ibm,reset-pe-dma-windows(2029) 0 8000000 20000001 returned -3 ",
        "ibm,reset-pe-dma-windows(2029) for Limited Addr Support: 0 8000000 20000001 returned -3 ",
        "/pci@800000020000002: failed to remove DMA window: rtas returned -1 to"
            + " ibm,remove-pe-dma-window(2028) 80000200",
        "/pci@800000020000001: successfully removed direct window: rtas returned 0 to"
            + " ibm,remove-pe-dma-window(2028) 80000100",
      })
  void a_call_on_windows_is_counted_wherever_its_name_is_damaged(String message) {
    int name = message.indexOf("ibm,");
    for (int at = name; at <= message.indexOf('(', name); at++) {
      for (String damage : List.of("x", " ", "\u0001")) {
        String line = message.substring(0, at) + damage + message.substring(at + 1);
        List<EventKind> kinds = new ArrayList<>();
        TraceHealth health =
            Messages.read("[    2.1] " + line + "\n", event -> kinds.add(event.kind()));
        EventKind expected = line.contains("ibm,query") ? EventKind.LOG : EventKind.LOST;
        assertThat(kinds).as(line).containsExactly(expected);
        assertThat(health.skipped()).as(line).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Calling ibm,client-architecture-support... done",
        "/pci@800000020000002: ibm,slot-error-detail(2031) is not there",
        "pseries-eeh: ibm,configure-pe (2040) for 1 of 2 returned 0",
        "rtas_msi: ibm,change_msi(func=3,num=8), got 8 rc = 0",
        "found DMA window, table: 00000000b5239000",
        "/pci@800000020000001 failed to clear tces in window."
      })
  void other_messages_of_firmware_and_windows_are_no_calls(String message) {
    TraceHealth health =
        Messages.read(
            "[    2.1] " + message + "\n",
            event -> assertThat(event.kind()).isEqualTo(EventKind.LOG));
    assertThat(health.skipped()).isEmpty();
  }

  @Test
  void a_message_that_is_still_being_written_is_no_call_yet() {
    List<EventKind> kinds = new ArrayList<>();
    TraceHealth health =
        Messages.read(
            "[    0.1] Linux version 6.1\n[    2.1] ibm,create-pe-dma-window(54) 500000 8",
            event -> kinds.add(event.kind()));
    assertThat(kinds).containsExactly(EventKind.LOG, EventKind.LOG);
    assertThat(health.isDamaged()).isTrue();
    assertThat(health.skipped()).containsOnlyKeys("last line cut off");
  }
}

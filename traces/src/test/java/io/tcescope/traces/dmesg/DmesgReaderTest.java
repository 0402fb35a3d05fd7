package io.tcescope.traces.dmesg;

import static io.tcescope.traces.dmesg.Messages.only;
import static io.tcescope.traces.dmesg.Messages.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.traces.bytes.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of real kernels, and the events they become. */
final class DmesgReaderTest {
  @TempDir private Path temp;

  @Test
  void a_failed_allocation_tells_device_table_and_pages() {
    only(
        "[   18.828785] virtio-pci 0001:00:00.0: iommu_alloc failed, tbl 00000000a4d127da vaddr"
            + " 000000005d7a79c0 npages 10",
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.ALLOC_FAILED);
          assertThat(event.pages()).isEqualTo(10);
          assertThat(event.device()).isEqualTo("0001:00:00.0");
          assertThat(event.guestTable()).isEqualTo(0xa4d127daL);
        });
  }

  @Test
  void an_old_kernel_names_no_device_and_counts_in_hex() {
    only(
        "iommu_alloc failed, tbl c000000001ef5800 vaddr c0000000fe1b0000 npages 1f",
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.ALLOC_FAILED);
          assertThat(event.pages()).isEqualTo(31);
          assertThat(event.device()).isNull();
        });
  }

  @Test
  void a_failed_indirect_put_shows_its_first_entry_the_way_the_hypervisor_reads_it() {
    List<Event> events = new ArrayList<>();
    read(
        """
        [   46.604283] tce_buildmulti_pSeriesLP: plpar_tce_put failed. rc=-4
        [   46.604328] \tindex   = 0x80000100
        [   46.604341] \tnpages  = 0x0
        [   46.604354] \ttce[0] val = 0x3002b1000000000
        [   46.604619] CPU: 0 PID: 108 Comm: kworker/0:1H Not tainted 5.10.223-tcescope #2
        """,
        event -> events.add(copy(event)));
    Event head = events.getFirst();
    assertThat(events).hasSize(5);
    assertThat(head.kind()).isEqualTo(EventKind.H_PUT_TCE_INDIRECT);
    assertThat(head.liobn()).isEqualTo(0x80000100L);
    assertThat(head.status()).isEqualTo(-4);
    assertThat(head.tce()).isEqualTo(0x10_2b0003L);
    assertThat(head.has(Event.PAGES)).isFalse();
    assertThat(head.has(Event.WITNESS)).isTrue();
    assertThat(events.subList(1, 5)).allMatch(event -> event.kind() == EventKind.LOG);
  }

  @Test
  void a_failed_single_put_tells_the_number_of_its_entry() {
    only(
        """
        tce_build_pSeriesLP: plpar_tce_put failed. rc=-4
        \tindex   = 0x80000300
        \ttcenum  = 0xc000
        \ttce val = 0x23db003
        """,
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.H_PUT_TCE);
          assertThat(event.tceNumber()).isEqualTo(0xc000);
          assertThat(event.tce()).isEqualTo(0x23db003);
        });
  }

  @Test
  void a_failed_clear_has_its_status_in_the_block() {
    only(
        """
        tce_freemulti_pSeriesLP: plpar_tce_stuff failed
        \trc      = -4
        \tindex   = 0x80000100
        \tnpages  = 0x10
        """,
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.H_STUFF_TCE);
          assertThat(event.status()).isEqualTo(-4);
          assertThat(event.pages()).isEqualTo(16);
        });
  }

  @Test
  void a_block_is_put_together_from_the_lines_of_its_own_caller() {
    only(
        """
        [   46.604283][  T108] tce_freemulti_pSeriesLP: plpar_tce_stuff failed
        [   46.604284][    C1] \tindex   = 0x1
        [   46.604285][  T108] \trc      = -4
        [   46.604286][  T108] \tindex   = 0x80000100
        """,
        event -> {
          assertThat(event.liobn()).isEqualTo(0x80000100L);
          assertThat(event.task()).isEqualTo("T108");
        });
  }

  @Test
  void a_free_outside_the_table_is_told_with_its_values() {
    only(
        """
        iommu_free: invalid entry
        \tentry     = 0x8f
        \tdma_addr  = 0x8f000
        \tTable     = 0xc000000001ef5800
        \tbus#      = 0x0
        \tsize      = 0x40
        \tstartOff  = 0x0
        \tindex     = 0x80000200
        """,
        event -> {
          assertThat(event.name()).isEqualTo("iommu_free: invalid entry");
          assertThat(event.ioba()).isEqualTo(0x8f000);
          assertThat(event.liobn()).isEqualTo(0x80000200L);
          assertThat(event.guestTable()).isEqualTo(0xc000000001ef5800L);
        });
  }

  @Test
  void a_frozen_bridge_is_told_by_domain_and_address() {
    only(
        "[  101.5] EEH: Frozen PHB#12-PE#10000 detected",
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.EEH);
          assertThat(event.id()).isEqualTo(0x12);
          assertThat(event.configAddress()).isEqualTo(0x10000);
          assertThat(event.timeDigits()).isOne();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[    0.547486] EEH: pSeries platform initialized",
        "[    0.664170] EEH: No capable adapters found: recovery disabled.",
        "[   11.188142] /pci@800000020000002 failed to clear tces in window.",
        "[   31.299945] e1000e 0002:00:00.0 eth0: NETDEV WATCHDOG: CPU: 0: transmit queue 0 timed"
            + " out",
        "",
        "[",
        "[    1.0",
        "Feb 31 25:61:61 host kernel: no such day"
      })
  void any_other_line_is_log_text(String line) {
    only(
        line + "\n",
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.LOG);
          assertThat(line).endsWith(event.text());
        });
  }

  @Test
  void memory_that_comes_and_goes_is_told_with_its_address() {
    only(
        "pseries-hotplug-mem: Memory at 80000000 (drc index 80000008) was hot-added",
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.MEMORY_ADDED);
          assertThat(event.start()).isEqualTo(0x80000000L);
          assertThat(event.id()).isEqualTo(0x80000008L);
        });
  }

  @ParameterizedTest
  @MethodSource("io.tcescope.traces.corpus.Fixtures#guestLogs")
  void every_line_of_a_real_log_is_an_event_and_can_be_read_again_from_anywhere(Path log)
      throws IOException {
    try (DmesgTrace trace = new DmesgTrace(Recording.open(log, temp))) {
      List<String> all = new ArrayList<>();
      DmesgReader reader = (DmesgReader) trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        all.add(shown(event));
      }
      assertThat(reader.health().skipped()).isEmpty();
      for (int first : new int[] {1, 2, all.size() / 2, all.size()}) {
        assertThat(trace.read(first).next(event)).isTrue();
        assertThat(shown(event)).isEqualTo(all.get(first - 1));
      }
      assertThat(trace.read(all.size() + 1L).next(event)).isFalse();
    }
  }

  @Test
  void counts_of_a_real_log_are_those_of_its_lines() throws IOException {
    assertThat(kinds("linux61-dynamic-exhausted"))
        .containsEntry(EventKind.ALLOC_FAILED, 424L)
        .containsEntry(EventKind.QUERY_PE_DMA_WINDOW, 4L)
        .containsEntry(EventKind.CREATE_PE_DMA_WINDOW, 2L)
        .containsEntry(EventKind.REMOVE_PE_DMA_WINDOW, 2L)
        .doesNotContainKey(EventKind.EEH);
  }

  private Map<EventKind, Long> kinds(String run) throws IOException {
    Path file = Path.of("src/test/resources/corpus", run, "dmesg.txt.zst");
    List<EventKind> kinds = new ArrayList<>();
    try (DmesgTrace trace = new DmesgTrace(Recording.open(file, temp))) {
      DmesgReader reader = (DmesgReader) trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        kinds.add(event.kind());
      }
    }
    return kinds.stream().collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));
  }

  private static String shown(Event event) {
    return event.ordinal()
        + " "
        + event.line()
        + " "
        + event.kind()
        + " "
        + event.fields()
        + " "
        + event.time()
        + " "
        + event.device()
        + " "
        + event.raw();
  }

  private static Event copy(Event event) {
    Event copy = new Event().begin(event.ordinal(), event.line());
    copy.withLiobn(event.liobn()).withTce(event.tce()).withStatus(event.status());
    return copy.is(event.kind(), event.name(), event.fields());
  }
}

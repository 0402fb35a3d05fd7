package io.tcescope.traces.dmesg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.traces.bytes.Recording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of real kernels, and the events they become. */
final class DmesgReaderTest {
  @TempDir private Path temp;

  @Test
  void a_query_tells_what_the_bridge_offers() {
    only(
        "[   11.187472] e1000e 0002:00:00.0: ibm,query-pe-dma-windows(2026) 0 8000000 20000002"
            + " returned 0, lb=2000000000 ps=107 wn=0",
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.QUERY_PE_DMA_WINDOW);
          assertThat(event.time()).isEqualTo(11_187_472_000L);
          assertThat(event.timeDigits()).isEqualTo(6);
          assertThat(event.device()).isEqualTo("0002:00:00.0");
          assertThat(event.buid()).isEqualTo(0x800000020000002L);
          assertThat(event.configAddress()).isZero();
          assertThat(event.status()).isZero();
          assertThat(event.largestBlock()).isEqualTo(0x2000000000L);
          assertThat(event.pageMask()).isEqualTo(0x107);
          assertThat(event.available()).isZero();
        });
  }

  @Test
  void a_reset_to_limited_addresses_says_so() {
    only(
        "nvme 0524:28:00.0: ibm,reset-pe-dma-windows(55) for Limited Addr Support: 280000 8000000"
            + " 20000524 returned -3",
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.RESET_PE_DMA_WINDOW);
          assertThat(event.status()).isEqualTo(-3);
          assertThat(event.id()).isEqualTo(1);
        });
  }

  @Test
  void outputs_of_a_failed_query_are_garbage_and_left_out() {
    only(
        "nvme 0524:28:00.0: ibm,query-pe-dma-windows(53) 280000 8000000 20000524 returned -3,"
            + " lb=deadbeef ps=ffff wn=77",
        event -> {
          assertThat(event.status()).isEqualTo(-3);
          assertThat(event.has(Event.AVAILABLE)).isFalse();
          assertThat(event.has(Event.LARGEST_BLOCK)).isFalse();
        });
  }

  @Test
  void a_query_of_an_old_kernel_tells_only_its_status() {
    only(
        "[    2.157549] nvme 0121:50:00.0: ibm,query-pe-dma-windows(53) 500000 8000000 20000121"
            + " returned 0",
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.QUERY_PE_DMA_WINDOW);
          assertThat(event.configAddress()).isEqualTo(0x500000);
          assertThat(event.has(Event.STATUS)).isTrue();
          assertThat(event.has(Event.PAGE_MASK)).isFalse();
        });
  }

  @Test
  void a_create_tells_the_window_that_was_made() {
    only(
        "[    2.170150] nvme 0121:50:00.0: ibm,create-pe-dma-window(54) 500000 8000000 20000121 10"
            + " 28 returned 0 (liobn = 0x70000121 starting addr = 8000000 0)",
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.CREATE_PE_DMA_WINDOW);
          assertThat(event.liobn()).isEqualTo(0x70000121L);
          assertThat(event.start()).isEqualTo(0x800000000000000L);
          assertThat(event.pageShift()).isEqualTo(16);
          assertThat(event.entries()).isEqualTo(1L << 24);
          assertThat(event.size()).isEqualTo(1L << 40);
        });
  }

  @Test
  void a_refused_create_has_no_window_and_still_says_what_was_asked_for() {
    only(
        "[   11.413240] nvme 0001:00:00.0: ibm,create-pe-dma-window(2027) 0 8000000 20000001 18 0"
            + " returned -3 (liobn = 0x0 starting addr = 0 0)",
        event -> {
          assertThat(event.status()).isEqualTo(-3);
          assertThat(event.has(Event.LIOBN)).isFalse();
          assertThat(event.has(Event.START)).isFalse();
          assertThat(event.pageShift()).isEqualTo(24);
          assertThat(event.has(Event.ENTRIES)).isTrue();
          assertThat(event.entries()).isZero();
          assertThat(event.size()).isOne();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/pci@800000020000002: successfully removed DMA window: rtas returned 0 to"
            + " ibm,remove-pe-dma-window(2028) 80000200|0",
        "/pci@800000020000002: successfully removed direct window: rtas returned 0 to"
            + " ibm,remove-pe-dma-window(2028) 80000200|0",
        "/pci@800000020000002: failed to remove direct window: rtas returned -3 to"
            + " ibm,remove-pe-dma-window(2028) 80000200|-3",
      })
  void a_removal_tells_its_window_in_the_words_of_every_kernel(String line, long status) {
    only(
        line,
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.REMOVE_PE_DMA_WINDOW);
          assertThat(event.liobn()).isEqualTo(0x80000200L);
          assertThat(event.status()).isEqualTo(status);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "virtio-pci 0001:00:02.0: ibm,reset-pe-dma-windows(2029) 1000 8000000 20000001 returned -3"
            + " ",
        "virtio-pci 0001:00:02.0: ibm,reset-pe-dma-windows(2029) for Limited Addr Support: 1000"
            + " 8000000 20000001 returned -3 "
      })
  void a_reset_is_told_only_where_it_failed(String line) {
    only(
        line,
        event -> {
          assertThat(event.kind()).isEqualTo(EventKind.RESET_PE_DMA_WINDOW);
          assertThat(event.status()).isEqualTo(-3);
          assertThat(event.configAddress()).isEqualTo(0x1000);
        });
  }

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
  @ValueSource(
      strings = {
        "linux510-default-removed-in-use",
        "linux61-dynamic-exhausted",
        "linux612-single-window-vf",
        "linux612-io",
        "linux612-fw-window"
      })
  void every_line_of_a_real_log_is_an_event_and_can_be_read_again_from_anywhere(String run)
      throws IOException {
    Path file = Path.of("src/test/resources/corpus", run, "dmesg.txt.zst");
    try (DmesgTrace trace = new DmesgTrace(Recording.open(file, temp))) {
      List<String> all = new ArrayList<>();
      DmesgReader reader = (DmesgReader) trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        all.add(shown(event));
      }
      assertThat(reader.health().isLossy()).isFalse();
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

  private void only(String line, Consumer<Event> check) {
    List<Boolean> checked = new ArrayList<>();
    read(
        line,
        event -> {
          if (checked.isEmpty()) {
            check.accept(event);
          }
          checked.add(true);
        });
    assertThat(checked).isNotEmpty();
  }

  private void read(String text, Consumer<Event> each) {
    byte[] bytes = (text.isEmpty() ? "\n" : text).getBytes(StandardCharsets.UTF_8);
    try (Recording recording = Recording.read("dmesg", new ByteArrayInputStream(bytes), temp);
        DmesgTrace trace = new DmesgTrace(recording)) {
      DmesgReader reader = (DmesgReader) trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        each.accept(event);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

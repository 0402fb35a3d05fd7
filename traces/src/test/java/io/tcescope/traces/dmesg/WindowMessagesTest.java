package io.tcescope.traces.dmesg;

import static io.tcescope.traces.dmesg.Messages.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest's kernel says of the windows it asks for, makes, removes and resets. */
final class WindowMessagesTest {
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

  @ParameterizedTest
  @ValueSource(
      strings = {"ffffffffffffffff 1f", "8000000000000000 1f", "c 8000000000000000", "40 1f"})
  void a_create_with_shifts_that_are_none_tells_no_size(String shifts) {
    only(
        "virtio-pci 0001:00:02.0: ibm,create-pe-dma-window(2027) 1000 8000000 20000001 "
            + shifts
            + " returned 0 (liobn = 0x80000101 starting addr = 8000000 0)",
        event -> {
          assertThat(event.liobn()).isEqualTo(0x80000101L);
          assertThat(event.has(Event.PAGE_SHIFT)).isFalse();
          assertThat(event.has(Event.SIZE)).isFalse();
          assertThat(event.has(Event.ENTRIES)).isFalse();
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
}

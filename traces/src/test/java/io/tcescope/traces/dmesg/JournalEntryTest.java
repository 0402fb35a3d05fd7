package io.tcescope.traces.dmesg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Entries of a journal that are not as usual. */
final class JournalEntryTest {
  private static final String FAILED = "tce_freemulti_pSeriesLP: plpar_tce_stuff failed";

  @Test
  void an_entry_reads_as_dmesg_would_write_it() {
    List<String> lines = new ArrayList<>();
    Messages.read(entry("kernel", quoted(FAILED)), event -> lines.add(event.raw()));
    assertThat(lines).containsExactly("[   46.604283] " + FAILED);
  }

  /** {@code journalctl -o json-seq}. */
  @Test
  void an_entry_may_begin_as_a_record_of_a_sequence() {
    List<String> lines = new ArrayList<>();
    String record = "\u001e" + entry("kernel", quoted(FAILED));
    Messages.read(record, event -> lines.add(event.raw()));
    assertThat(lines).containsExactly("[   46.604283] " + FAILED);
  }

  @Test
  void a_message_with_controls_in_it_is_an_array_of_bytes() {
    String message = "\u0001" + FAILED;
    String bytes = message.chars().mapToObj(Integer::toString).collect(Collectors.joining(","));
    assertThat(JournalEntry.of(entry("kernel", "[" + bytes + "]")).orElseThrow().message())
        .isEqualTo(message);
  }

  @Test
  void a_programs_message_is_not_the_kernels() {
    String entry = entry("syslog", quoted("Missed 12 kernel messages"));
    DmesgLine line = DmesgLine.of(entry.replace("kernel\"", "systemd-journald\""));
    assertThat(line.fromKernel()).isFalse();
    assertThat(line.message()).isEqualTo("Missed 12 kernel messages");
    assertThat(MissingMessages.in(line.text())).contains(new MissingMessages(12, false));
  }

  @Test
  void an_entry_cut_off_is_not_swallowed() {
    String whole = entry("kernel", quoted("x: ibm,create-pe-dma-window(2027) 1000 8000000"));
    String cut = whole.substring(0, whole.length() - 10);
    List<EventKind> kinds = new ArrayList<>();
    TraceHealth health = Messages.read(cut + "\n" + whole + "\n", event -> kinds.add(event.kind()));
    assertThat(kinds).containsExactly(EventKind.LOST, EventKind.LOST);
    assertThat(health.skipped().values())
        .extracting(TraceHealth.Skipped::count)
        .containsExactly(2L);
  }

  private static String quoted(String message) {
    return '"' + message + '"';
  }

  private static String entry(String transport, String message) {
    return "{\"SYSLOG_IDENTIFIER\":\"kernel\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\"46604283\",\"MESSAGE\":"
        + message
        + ",\"_TRANSPORT\":\""
        + transport
        + "\"}";
  }
}

package io.tcescope.traces.dmesg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.made.Mutations;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs that are damaged or go on and on: everything is accounted for, and soon. */
@Timeout(120)
final class DamagedLogTest {
  private static final int INPUTS = 100;

  /** Enough of a real log for every kind of message in it. */
  private static final int EXCERPT = 12_000;

  private static final Pattern CALL =
      Pattern.compile("(ibm,\\w+-pe-dma-windows?\\(|: plpar_tce_|iommu_alloc failed).*");

  @TempDir private Path temp;

  @ParameterizedTest
  @MethodSource("io.tcescope.traces.corpus.Fixtures#guestLogs")
  void of_a_damaged_log_every_line_is_an_event_and_no_call_vanishes(Path log) throws IOException {
    assertAccountedFor(excerptOf(log));
  }

  @ParameterizedTest
  @MethodSource("io.tcescope.traces.corpus.Fixtures#guestLogs")
  void of_a_damaged_journal_too(Path log) throws IOException {
    String journal =
        excerptOf(log)
            .lines()
            .map(line -> line.replace("\\", "").replace("\"", "").replace("\t", " "))
            .map(line -> "{\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"" + line + "\"}\n")
            .collect(Collectors.joining());
    assertAccountedFor(journal);
  }

  private static void assertAccountedFor(String excerpt) {
    byte[] whole = excerpt.getBytes(StandardCharsets.UTF_8);
    for (long seed = 1; seed <= INPUTS; seed++) {
      byte[] damaged = Mutations.of(whole, 0, seed);
      long[] counts = new long[2];
      TraceHealth health =
          Messages.read(
              damaged,
              event -> {
                counts[0]++;
                boolean call = CALL.matcher(event.text()).find();
                counts[1] += call && event.kind() == EventKind.LOG ? 1 : 0;
              });
      long skipped = health.skipped().values().stream().mapToLong(TraceHealth.Skipped::count).sum();
      assertThat(counts[0]).as("seed %d", seed).isEqualTo(lines(damaged));
      assertThat(skipped).as("seed %d", seed).isGreaterThanOrEqualTo(counts[1]);
    }
  }

  /** From the first message of a call on. */
  private String excerptOf(Path log) throws IOException {
    try (Recording recording = Recording.open(log, temp)) {
      String text =
          new String(recording.bytes().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
      int from = text.lastIndexOf('\n', text.indexOf("-pe-dma-window")) + 1;
      return text.substring(from, Math.min(from + EXCERPT, text.length()));
    }
  }

  private static long lines(byte[] bytes) {
    long ends = 0;
    for (byte b : bytes) {
      ends += b == '\n' ? 1 : 0;
    }
    return bytes.length > 0 && bytes[bytes.length - 1] != '\n' ? ends + 1 : ends;
  }

  @Test
  void the_work_for_blocks_that_never_end_grows_with_the_length_of_the_log() {
    work(500);
    long once = work(500);
    assertThat((double) work(2000))
        .as("500 callers allocate %d bytes", once)
        .isLessThan(6.0 * once);
  }

  /** Bytes allocated for failed calls of many threads, none of which says more than a head. */
  private static long work(int callers) {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < callers; i++) {
      log.append("[   20.%06d][%6s] ".formatted(i, "T" + i))
          .append("tce_build_pSeriesLP: plpar_tce_put failed. rc=-4\n");
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Messages.read(log.toString(), event -> assertThat(event.kind()).isEqualTo(EventKind.H_PUT_TCE));
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}

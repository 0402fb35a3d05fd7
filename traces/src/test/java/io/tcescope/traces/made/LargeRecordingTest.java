package io.tcescope.traces.made;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.guest.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LargeRecordingTest {
  private static final int EVENTS = 100_000;
  private static final int PAGE_SHIFT = 12;

  @TempDir Path folder;

  @Test
  void bothRecordingsTellTheSameAndTheirPlainReplayGivesTheTruth() throws IOException {
    GenerateRecording.write(9, EVENTS, folder);
    Map<Long, Map<Long, Long>> tables = new HashMap<>();
    try (Trace text = Traces.open(folder.resolve("large.log"), TraceOptions.NONE);
        Trace binary = Traces.open(folder.resolve("large.bin"), TraceOptions.NONE)) {
      TraceReader lines = text.read(1);
      TraceReader records = binary.read(1);
      Event line = new Event();
      Event record = new Event();
      while (lines.next(line)) {
        assertThat(records.next(record)).isTrue();
        assertThat(Shown.call(record)).isEqualTo(Shown.call(line));
        apply(line, tables.computeIfAbsent(line.liobn(), liobn -> new HashMap<>()));
      }
      assertThat(lines.health().events()).isEqualTo(EVENTS);
      assertThat(lines.health().isLossy()).isFalse();
    }
    StringBuilder truth = new StringBuilder("events " + EVENTS + "\n");
    for (long liobn :
        new long[] {0x71000002L, 0x80000100L, 0x80000200L, 0x80000300L, 0x80000400L}) {
      int live = tables.getOrDefault(liobn, Map.of()).size();
      truth.append("live 0x%x %d%n".formatted(liobn, live));
    }
    assertThat(folder.resolve("large.truth")).hasContent(truth.toString());
  }

  @Test
  void theSameSeedMakesTheSameBytes() throws IOException {
    Path again = Files.createDirectory(folder.resolve("again"));
    GenerateRecording.write(4, 5000, folder);
    GenerateRecording.write(4, 5000, again);
    assertThat(again.resolve("large.log")).hasSameBinaryContentAs(folder.resolve("large.log"));
    assertThat(again.resolve("large.bin")).hasSameBinaryContentAs(folder.resolve("large.bin"));
  }

  private static void apply(Event event, Map<Long, Long> table) {
    if (!event.has(Event.STATUS) || !event.succeeded()) {
      return;
    }
    long page = event.ioba() >>> PAGE_SHIFT;
    switch (event.kind()) {
      case H_PUT_TCE -> table.put(page, event.tce());
      case H_PUT_TCE_INDIRECT -> {
        for (long i = 0; i < event.pages(); i++) {
          table.put(page + i, event.tce() - ((event.pages() - 1 - i) << PAGE_SHIFT));
        }
      }
      case H_STUFF_TCE -> {
        for (long i = 1; i <= event.pages(); i++) {
          table.remove(page - i);
        }
      }
      default -> {
        // Windows that come and go are not part of this truth.
      }
    }
  }
}

package io.tcescope.traces.qemulog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.text.TextCursor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A prefix means the same whatever stood before the line: what is remembered never shows. */
class LinePrefixTest {
  private static final String[] THREADS = {"31948", "31951", "7", "123456789", "4194304", ""};
  private static final String[] SECONDS = {"1795348330", "1795348331", "1795348330000", "3", ""};
  private static final String[] REST = {
    ".000001:", ".999999:", ".12345:", ".1234567:", ".12x456:", ".123456 ", ":", "", ".000001"
  };

  @Test
  void aPrefixReadAfterOthersIsWhatItIsAlone() {
    for (long seed = 1; seed <= 50; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      LinePrefix used = new LinePrefix();
      for (int line = 0; line < 200; line++) {
        String text = prefix(random) + (random.nextBoolean() ? "spapr_iommu_put liobn=0x1" : "");
        assertThat(read(used, text))
            .as("seed %d, line %d: %s", seed, line, text)
            .isEqualTo(read(new LinePrefix(), text));
      }
    }
  }

  private static String prefix(RandomGenerator random) {
    if (random.nextInt(10) == 0) {
      return "2026-11-26T00:00:0" + random.nextInt(10) + ".5Z ";
    }
    String thread = THREADS[random.nextInt(random.nextBoolean() ? 2 : THREADS.length)];
    String seconds = SECONDS[random.nextInt(random.nextBoolean() ? 1 : SECONDS.length)];
    return thread + "@" + seconds + REST[random.nextInt(random.nextBoolean() ? 2 : REST.length)];
  }

  private static String read(LinePrefix prefix, String text) {
    MemorySegment bytes = MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII));
    TextCursor cursor = new TextCursor(bytes);
    prefix.read(cursor);
    Event event = new Event().begin(1, 1);
    prefix.applyTo(event);
    String moment = event.time() + " " + event.timeDigits() + " " + event.thread();
    return moment + " at " + cursor.position() + " " + cursor.failed();
  }
}

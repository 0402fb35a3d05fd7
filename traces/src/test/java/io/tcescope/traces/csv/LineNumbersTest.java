package io.tcescope.traces.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineNumbersTest {
  private static final int LINES = 20_000;
  private static final int QUESTIONS = 4_000;

  @Test
  void manyThreadsMayAskAtOnce() {
    StringBuilder text = new StringBuilder();
    int[] offsets = new int[LINES];
    for (int line = 0; line < LINES; line++) {
      offsets[line] = text.length();
      text.append("H_PUT_TCE,").append(line * 7919).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    LineNumbers numbers = new LineNumbers(MemorySegment.ofArray(bytes));
    for (int line = 0; line < LINES; line += 1000) {
      numbers.remember(offsets[line], line + 1L);
    }
    int[] asked = new SplittableRandom(1).ints(QUESTIONS, 0, LINES).toArray();
    long[] answers =
        IntStream.of(asked).parallel().mapToLong(line -> numbers.at(offsets[line])).toArray();
    assertThat(answers).isEqualTo(IntStream.of(asked).mapToLong(line -> line + 1L).toArray());
  }
}

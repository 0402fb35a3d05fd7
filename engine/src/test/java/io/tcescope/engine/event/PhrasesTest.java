package io.tcescope.engine.event;

import static io.tcescope.engine.event.Phrases.phrase;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a line says is found as a search for each phrase by itself finds it. */
final class PhrasesTest {
  private static final Phrases<String> PHRASES =
      new Phrases<>(
          List.of(
              phrase("window", "window (?<number>\\d+)", "a window"),
              phrase("dma", "(?i)\\bdma\\b", "DMA"),
              phrase("win", "win", "a victory")));

  @Test
  void theFirstPhraseOfTheListWins() {
    assertThat(meaning("DMA window 3")).isEqualTo("a window");
    assertThat(PHRASES.in("window 3").orElseThrow().words().group("number")).isEqualTo("3");
  }

  @Test
  void aLiteralAloneIsNoPhrase() {
    assertThat(meaning("the dma window")).isEqualTo("DMA");
    assertThat(meaning("windows")).isEqualTo("a victory");
    assertThat(meaning("admax")).isEqualTo("nothing");
  }

  @Test
  void caseIsTheWordingsConcern() {
    assertThat(meaning("Dma")).isEqualTo("DMA");
    assertThat(meaning("Window 3")).isEqualTo("nothing");
  }

  @Test
  void oneScanFindsWhatASearchForEachLiteralFinds() {
    for (long seed = 1; seed <= 2000; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      List<String> literals =
          Stream.generate(() -> word(random, "abA\u007f", 1 + random.nextInt(5)))
              .limit(1 + random.nextInt(64))
              .toList();
      String text = word(random, "abAB\u007f\u00e9\u20ac", random.nextInt(40));
      long found = 0;
      for (int i = 0; i < literals.size(); i++) {
        boolean has = lower(text).contains(lower(literals.get(i)));
        found |= has ? 1L << i : 0;
      }
      assertThat(new Literals(literals).in(text)).as("seed %d", seed).isEqualTo(found);
    }
  }

  private static String meaning(String line) {
    return PHRASES.in(line).map(Phrases.Found::meaning).orElse("nothing");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String word(RandomGenerator random, String letters, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}

package io.tcescope.queries.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.index.CaseIndexer.Outcome;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.RandomQueries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexEqualsScanTest {
  private static final int QUERIES = Integer.getInteger("queries", 150);

  @TempDir private Path folder = Path.of("");

  private Path log(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void ofRandomRecordings(long seed) throws IOException {
    Path directory = folder.resolve("case");
    Answers.index(directory, log("a.log", RandomLog.make(seed, 2500)));
    Answers.agree(directory, seed, QUERIES);
  }

  @Test
  void ofARecordingOfSeveralChapters() throws IOException {
    String whole = RandomLog.make(4, 2 * Chapter.MOST_EVENTS + 700);
    Path directory = folder.resolve("case");
    Answers.index(directory, log("a.log", whole.substring(0, whole.length() * 3 / 5)));
    assertThat(Answers.index(directory, log("a.log", whole))).containsExactly(Outcome.EXTENDED);
    Answers.agree(directory, 4, QUERIES / 10);
  }

  /** More LIOBNs and more shapes than there is short notation for. */
  @Test
  void ofARecordingOfManyWindowsAndThreads() throws IOException {
    Path directory = folder.resolve("case");
    Answers.index(directory, log("a.log", RandomLog.make(6, 6000, 400, 600)));
    Answers.agree(directory, 6, QUERIES / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "case72-ddw-at-zero",
        "case72-default-removed-in-use",
        "fuzz72-seed2",
        "linux510-default-removed-in-use"
      })
  void ofRealRecordings(String name) throws IOException {
    Path recording = Path.of("src/test/resources/recordings", name + ".log.zst");
    Path directory = folder.resolve("case");
    Answers.index(directory, recording);
    Answers.agree(directory, 7, QUERIES);
  }

  @Test
  void aScanOfOneQueryIsAFilterOfAllEvents() throws IOException {
    Path recording = log("a.log", RandomLog.make(31, 1500));
    Answers.index(folder.resolve("case"), recording);
    try (Case opened = Case.open(folder.resolve("case"), Answers.RECORDINGS);
        ScannedRun scan =
            new ScannedRun(Answers.RECORDINGS.open(recording), ReplayOptions.defaults())) {
      RandomQueries random = new RandomQueries(new Random(31));
      for (int i = 0; i < 25; i++) {
        Query query = random.next();
        assertThat(Answers.ordinals(scan, query))
            .as("%s", query)
            .isEqualTo(Answers.ordinals(opened.runs().getFirst(), query));
      }
    }
  }

  @Test
  void ofSeveralRecordingsInOneCase() throws IOException {
    Path directory = folder.resolve("case");
    Path a = log("a.log", RandomLog.make(11, 3000));
    Path b = log("b.log", RandomLog.make(12, 2000));
    assertThat(Answers.index(directory, a, b)).containsOnly(Outcome.INDEXED);
    Answers.agree(directory, 11, QUERIES);
    assertThat(Answers.index(directory, log("c.log", RandomLog.make(13, 1000))))
        .containsExactly(Outcome.INDEXED);
    Answers.agree(directory, 12, QUERIES);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 23})
  void ofARecordingThatGrew(long seed) throws IOException {
    String whole = RandomLog.make(seed, 2500);
    int cut = (int) (whole.length() * (0.2 + 0.1 * (seed % 5)));
    Path directory = folder.resolve("case");
    Path recording = log("a.log", whole.substring(0, cut));
    Answers.index(directory, recording);
    Answers.agree(directory, seed, QUERIES / 3);

    log("a.log", whole);
    assertThat(Answers.index(directory, recording)).containsAnyOf(Outcome.EXTENDED);
    Answers.agree(directory, seed, QUERIES);
    assertThat(Answers.index(directory, recording)).containsExactly(Outcome.UP_TO_DATE);
  }
}

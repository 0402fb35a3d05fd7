package io.tcescope.queries.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.EventFilter;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.index.CaseIndexer.Outcome;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryFilters;
import io.tcescope.queries.language.QueryParser;
import io.tcescope.queries.language.QueryPrinter;
import io.tcescope.queries.language.QuerySyntaxException;
import io.tcescope.queries.language.RandomQueries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    String whole = RandomLog.make(4, 2 * EventChapter.MOST_EVENTS + 700);
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
  void ofARecordingThatLacksAKindOfCall() throws IOException {
    Answers.index(folder.resolve("case"), log("a.log", LackingLog.text()));
    Answers.agree(folder.resolve("case"), 8, QUERIES / 2);
  }

  @Test
  void aScanHandsEachEventOverOnce() throws IOException, QuerySyntaxException {
    Path recording = log("a.log", LackingLog.text());
    long events = Files.readAllLines(recording).size();
    try (ScannedRun scan =
        new ScannedRun(Answers.RECORDINGS.open(recording), ReplayOptions.defaults())) {
      for (String all : List.of("*", "not effect:lost", "not finding:tce-leak")) {
        assertThat(scan.count(QueryParser.parse(all))).as(all).isEqualTo(events);
      }
    }
  }

  @Test
  void aScanOfOneQueryIsAFilterOfAllEvents() throws IOException {
    scansAgree(log("a.log", RandomLog.make(31, 1500)));
  }

  @Test
  void aScanOfOneQueryIsAFilterOfAllEventsAlsoWhereCallsAreMissing() throws IOException {
    scansAgree(log("a.log", LackingLog.text()));
  }

  private void scansAgree(Path recording) throws IOException {
    Answers.index(folder.resolve("case"), recording);
    try (Case opened = Case.open(folder.resolve("case"), Answers.RECORDINGS);
        ScannedRun scan =
            new ScannedRun(Answers.RECORDINGS.open(recording), ReplayOptions.defaults())) {
      RandomQueries random = new RandomQueries(new SplittableRandom(31));
      for (int i = 0; i < 25; i++) {
        Query query = random.next();
        assertThat(Answers.ordinals(scan, query))
            .as("%s", query)
            .isEqualTo(Answers.ordinals(opened.runs().getFirst(), query));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void aRulesFilterLetsPassWhatASearchFinds(long seed) throws IOException, QuerySyntaxException {
    Path recording = log("a.log", RandomLog.make(seed, 1500));
    RandomQueries random = new RandomQueries(new SplittableRandom(seed));
    List<Query> queries = new ArrayList<>(Stream.generate(random::next).limit(QUERIES).toList());
    queries.add(QueryParser.parse("file:a.log and call:H_PUT_TCE"));
    queries.add(QueryParser.parse("time:[0.0001s..0.001s] and ret:H_SUCCESS"));
    // Rules find; they have no findings to go by.
    queries.removeIf(query -> QueryPrinter.print(query).contains("finding"));
    try (Trace trace = Answers.RECORDINGS.open(recording);
        ScannedRun scan =
            new ScannedRun(Answers.RECORDINGS.open(recording), ReplayOptions.defaults())) {
      List<List<Long>> passed = passed(trace, queries);
      for (int i = 0; i < queries.size(); i++) {
        assertThat(passed.get(i))
            .as("seed %d: %s", seed, QueryPrinter.print(queries.get(i)))
            .isEqualTo(Answers.ordinals(scan, queries.get(i)));
      }
    }
  }

  @Test
  void aQueryMayHaveThousandsOfConditions() throws IOException, QuerySyntaxException {
    Path recording = log("a.log", RandomLog.make(51, 3000));
    Answers.index(folder.resolve("case"), recording);
    String any = "event:1 or event:2999" + several(" or event:", 5, 2500);
    String words = "spapr" + several(" or word", 1, 2500);
    String none = "ret:*" + several(" and not event:", 2, 2500);
    try (Case opened = Case.open(folder.resolve("case"), Answers.RECORDINGS);
        ScannedRun scan =
            new ScannedRun(Answers.RECORDINGS.open(recording), ReplayOptions.defaults())) {
      for (String text : List.of(any, words, none)) {
        Query query = QueryParser.parse(text);
        assertThat(Answers.ordinals(opened.runs().getFirst(), query))
            .as(text.substring(0, 20))
            .isEqualTo(Answers.ordinals(scan, query));
      }
      String lucene = "lucene:\"kind:ddw" + several(" OR event:", 1, 2500) + "\"";
      assertThat(Answers.ordinals(opened.runs().getFirst(), QueryParser.parse(lucene)))
          .isNotEmpty();
    }
  }

  private static String several(String condition, int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(i -> condition + i)
        .collect(Collectors.joining());
  }

  /** The events that the filter of each query lets pass. */
  private static List<List<Long>> passed(Trace trace, List<Query> queries)
      throws QuerySyntaxException {
    QueryFilters language = new QueryFilters();
    List<EventFilter> filters = new ArrayList<>();
    List<List<Long>> passed = new ArrayList<>();
    for (Query query : queries) {
      filters.add(language.compile(QueryPrinter.print(query), trace));
      passed.add(new ArrayList<>());
    }
    Observer observer =
        (event, change, state) -> {
          for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i).matches(event, change)) {
              passed.get(i).add(event.ordinal());
            }
          }
        };
    Supplier<Observer> fresh =
        () -> { // a replay that turns out to infer wrongly is begun anew
          passed.forEach(List::clear);
          return observer;
        };
    Replay.run(trace, ReplayOptions.defaults(), fresh);
    return passed;
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

package io.tcescope.queries.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HypervisorCall;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryPrinter;
import io.tcescope.queries.language.RandomQueries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseTest {
  private static final Query ALL = new Query.Everything();

  @TempDir private Path folder = Path.of("");
  private Path recording = Path.of("");
  private Path directory = Path.of("");

  @BeforeEach
  void index() throws IOException {
    recording = folder.resolve("a.log");
    directory = folder.resolve("case");
    Files.writeString(recording, RandomLog.make(5, 1200));
    Answers.index(directory, recording);
  }

  @Test
  void withoutItsRecordingACaseAnswersExactlyFromWhatItKeeps() throws IOException {
    RandomQueries random = new RandomQueries(new SplittableRandom(5));
    List<Query> queries = Stream.generate(random::next).limit(150).toList();
    List<List<Kept>> expected = new ArrayList<>();
    try (Case opened = Case.open(directory, Answers.RECORDINGS)) {
      for (Query query : queries) {
        expected.add(kept(opened.runs().getFirst(), query));
      }
    }
    Files.delete(recording);
    try (Case opened = Case.open(directory, Answers.RECORDINGS)) {
      SearchableRun run = opened.runs().getFirst();
      assertThat(run.count(ALL)).isGreaterThan(1000);
      for (int i = 0; i < queries.size(); i++) {
        String where = "seed 5: " + QueryPrinter.print(queries.get(i));
        assertThat(kept(run, queries.get(i))).as(where).isEqualTo(expected.get(i));
        assertThat(run.remarks()).as(where).first().asString().contains("is gone");
      }
    }
  }

  /** An event that a case keeps, as a search shows it. */
  private record Kept(long event, HypervisorCall call, String raw) {}

  private static List<Kept> kept(SearchableRun run, Query query) throws IOException {
    List<Kept> found = new ArrayList<>();
    run.search(
        query,
        (event, facts) -> {
          boolean failed = event.has(Event.STATUS) && !event.succeeded();
          if (Keeping.isKeptIfRare(event.kind(), failed)) {
            found.add(new Kept(event.ordinal(), HypervisorCall.of(event), event.raw()));
          }
          return true;
        });
    return found;
  }

  @Test
  void aChangedRecordingIsNotReadThroughTheOldIndex() throws IOException {
    Files.writeString(recording, RandomLog.make(6, 1100));
    try (Case opened = Case.open(directory, Answers.RECORDINGS)) {
      SearchableRun run = opened.runs().getFirst();
      assertThatExceptionOfType(CaseException.class)
          .isThrownBy(() -> Answers.ordinals(run, ALL))
          .withMessageContaining("changed since it was indexed");
    }
    assertThat(Answers.index(directory, recording)).containsExactly(CaseIndexer.Outcome.INDEXED);
    Answers.agree(directory, 6, 30);
  }

  @Test
  void aCaseCanBeReadWhileAnotherIndexesIntoItButNotIndexedTwice() throws IOException {
    try (FSDirectory lucene = FSDirectory.open(directory.resolve("index"));
        IndexWriter other = new IndexWriter(lucene, new IndexWriterConfig())) {
      assertThat(other.isOpen()).isTrue();
      assertThatExceptionOfType(CaseException.class)
          .isThrownBy(() -> Answers.index(directory, recording))
          .withMessageContaining("another tcescope is indexing into it");
      Answers.agree(directory, 5, 10);
    }
  }

  @Test
  void aCaseOfANewerVersionIsRefused() throws IOException {
    try (FSDirectory lucene = FSDirectory.open(directory.resolve("index"));
        IndexWriter newer = new IndexWriter(lucene, new IndexWriterConfig())) {
      newer.setLiveCommitData(Map.of("tcescope.case", "99").entrySet());
      newer.commit();
    }
    assertThatExceptionOfType(CaseException.class)
        .isThrownBy(() -> Case.open(directory, Answers.RECORDINGS).close())
        .withMessageContaining("newer version");
    assertThatExceptionOfType(CaseException.class)
        .isThrownBy(() -> Answers.index(directory, recording))
        .withMessageContaining("newer version");
  }

  @Test
  void aCaseWhoseFirstIndexingNeverFinishedSaysSo() throws IOException {
    Path unfinished = folder.resolve("new");
    Files.createDirectories(unfinished.resolve("index"));
    assertThatExceptionOfType(CaseException.class)
        .isThrownBy(() -> Case.open(unfinished, Answers.RECORDINGS).close())
        .withMessageContaining("indexing never finished");
    Answers.index(unfinished, recording);
    Answers.agree(unfinished, 5, 10);
  }

  @Test
  void aDirectoryWithOtherThingsIsLeftAlone() {
    assertThatExceptionOfType(CaseException.class)
        .isThrownBy(() -> Answers.index(folder, recording))
        .withMessageContaining("no case");
  }
}

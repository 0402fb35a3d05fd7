package io.tcescope.queries.index;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Fanout;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.timeline.LaneObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.jspecify.annotations.Nullable;

/** Replays one recording and writes its documents. Nothing is committed here. */
final class RunIndexer {
  private final IndexWriter writer;
  private final int number;
  private final Source source;
  private final ReplayOptions options;
  private final Recordings recordings;
  private @Nullable ChapterQueue queue;

  /** For the recording of that number in the case. */
  RunIndexer(
      IndexWriter writer, int number, Source source, ReplayOptions options, Recordings recordings) {
    this.writer = writer;
    this.number = number;
    this.source = source;
    this.options = options;
    this.recordings = recordings;
  }

  /** Indexes all of it. */
  Source whole() throws IOException {
    return from(1);
  }

  /** Indexes it from that event on, and leaves the chapters before it as they are. */
  Source from(long first) throws IOException {
    try (Trace trace = recordings.open(source.path())) {
      var result = Replay.run(trace, options, () -> observer(trace, first));
      finishQueue();
      Watching seen = result.observer();
      ReportDocuments.add(seen.report(trace, result), number, writer);
      return source.indexed(seen.chapters.events(), seen.chapters.firstTime(), result.rules());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      stopQueue();
    }
  }

  /** Each replay of the recording, should there be more than one, begins the index anew. */
  private Watching observer(Trace trace, long first) {
    try {
      finishQueue();
      forget(first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChapterQueue fresh = new ChapterQueue(writer, number);
    queue = fresh;
    return new Watching(
        new ChapterObserver(fresh, first), new CheckRunner(trace), new LaneObserver(true));
  }

  private void finishQueue() throws IOException {
    try {
      if (queue != null) {
        queue.finish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaseException("interrupted", e);
    }
    queue = null;
  }

  private void stopQueue() {
    if (queue != null) {
      queue.close();
    }
  }

  private void forget(long first) throws IOException {
    org.apache.lucene.search.Query events =
        new BooleanQuery.Builder()
            .add(Candidates.term(ChapterFields.TRACE, Integer.toString(number)), Occur.FILTER)
            .add(LongPoint.newRangeQuery(ChapterFields.FIRST, first, Long.MAX_VALUE), Occur.FILTER)
            .build();
    writer.deleteDocuments(events, ReportDocuments.ofTrace(number));
  }

  /** Chapters, checks and lanes over one replay. */
  private static final class Watching extends Fanout {
    final ChapterObserver chapters;
    private final CheckRunner checks;
    private final LaneObserver lanes;

    Watching(ChapterObserver chapters, CheckRunner checks, LaneObserver lanes) {
      super(chapters, checks, lanes);
      this.chapters = chapters;
      this.checks = checks;
      this.lanes = lanes;
    }

    RunReport report(Trace trace, Replay.Result<Watching> result) {
      return RunReport.of(trace, checks, lanes.lanes(), result.health());
    }
  }
}

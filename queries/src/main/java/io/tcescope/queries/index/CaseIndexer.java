package io.tcescope.queries.index;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.NoMergeScheduler;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/** Makes a case of recordings, or brings one up to date. */
public final class CaseIndexer {
  private static final double BUFFER_MEGABYTES = 64;

  /** What became of one recording. */
  public enum Outcome {
    /** It is as it was when it was indexed. */
    UP_TO_DATE,
    /** What came behind the indexed part was added. */
    EXTENDED,
    /** It was indexed from its beginning. */
    INDEXED
  }

  private final Recordings recordings;
  private final ReplayOptions options;

  public CaseIndexer(Recordings recordings, ReplayOptions options) {
    this.recordings = recordings;
    this.options = options;
  }

  /**
   * Indexes the recordings into the case; others that it holds stay. Each recording is committed
   * when it is done: a kill before that leaves the case as it was.
   *
   * @throws CaseException if the directory is no case, is in use, or cannot be written
   */
  public List<Outcome> index(Path directory, List<Path> recordingPaths) throws IOException {
    CaseFormat.quiet();
    requireOwn(directory);
    List<Outcome> outcomes = new ArrayList<>();
    try (FSDirectory lucene = FSDirectory.open(directory.resolve(CaseFormat.INDEX));
        IndexWriter writer = new IndexWriter(lucene, config())) {
      boolean done = false;
      try {
        List<Source> sources = known(directory, writer);
        for (Path path : recordingPaths) {
          outcomes.add(index(writer, sources, path));
        }
        done = true;
      } finally {
        if (!done) {
          writer.rollback();
        }
      }
    } catch (LockObtainFailedException e) {
      throw new CaseException(directory + ": another tcescope is indexing into it", e);
    } catch (java.nio.file.AccessDeniedException | java.nio.file.ReadOnlyFileSystemException e) {
      throw new CaseException(directory + ": cannot be written", e);
    }
    return outcomes;
  }

  private static void requireOwn(Path directory) throws IOException {
    if (!Files.exists(directory) || CaseFormat.isCase(directory)) {
      return;
    }
    try (var entries = Files.newDirectoryStream(directory)) {
      if (entries.iterator().hasNext()) {
        throw new CaseException(directory + ": is a directory with other things in it, no case");
      }
    } catch (java.nio.file.NotDirectoryException e) {
      throw new CaseException(directory + ": is no directory", e);
    }
  }

  private static IndexWriterConfig config() {
    LogDocMergePolicy merges = new LogDocMergePolicy();
    merges.setMergeFactor(64);
    return new IndexWriterConfig()
        .setRAMBufferSizeMB(BUFFER_MEGABYTES)
        .setMergePolicy(merges)
        .setMergeScheduler(NoMergeScheduler.INSTANCE)
        .setCommitOnClose(false);
  }

  private static List<Source> known(Path directory, IndexWriter writer) throws IOException {
    var data = new java.util.HashMap<String, String>();
    writer.getLiveCommitData().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    if (data.isEmpty() && writer.getDocStats().maxDoc == 0) {
      return new ArrayList<>();
    }
    return new ArrayList<>(CaseFormat.sources(directory, data));
  }

  private Outcome index(IndexWriter writer, List<Source> sources, Path path) throws IOException {
    Source now = Source.unread(path);
    int number = numberOf(sources, now.path());
    Source before = number < sources.size() ? sources.get(number) : now;
    boolean grown = false;
    if (before.events() > 0) {
      Source.Condition condition = before.condition();
      if (condition == Source.Condition.SAME) {
        return Outcome.UP_TO_DATE;
      }
      grown = condition == Source.Condition.GROWN;
    }
    Run run = new Run(writer, number, now);
    boolean extended = grown && run.from(lastBlock(before.events()), before);
    Source done = extended ? run.done() : run.whole();
    if (number < sources.size()) {
      sources.set(number, done);
    } else {
      sources.add(done);
    }
    writer.setLiveCommitData(CaseFormat.describe(sources).entrySet());
    writer.commit();
    return extended ? Outcome.EXTENDED : Outcome.INDEXED;
  }

  private static int numberOf(List<Source> sources, Path path) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).path().equals(path)) {
        return i;
      }
    }
    return sources.size();
  }

  /** First event of the block that the last event is in: its end may have been cut in two. */
  private static long lastBlock(long events) {
    return (events - 1) / Block.MOST_EVENTS * Block.MOST_EVENTS + 1;
  }

  /** The indexing of one recording. */
  private final class Run {
    private final IndexWriter writer;
    private final int number;
    private final Source source;
    private Source done;
    private @Nullable BlockQueue queue;

    Run(IndexWriter writer, int number, Source source) {
      this.writer = writer;
      this.number = number;
      this.source = source;
      this.done = source;
    }

    Source done() {
      return done;
    }

    Source whole() throws IOException {
      from(1, source);
      return done;
    }

    /** False if the recording is read by other rules than before, so that old facts are wrong. */
    boolean from(long first, Source before) throws IOException {
      try (Trace trace = recordings.open(source.path())) {
        var result = Replay.run(trace, options, () -> observer(trace, first));
        finishQueue();
        String rules = describe(result.rules());
        if (first > 1 && !rules.equals(before.rules())) {
          return false;
        }
        addFindings(result.observer().checks.findings());
        BlockObserver blocks = result.observer().blocks;
        done = source.indexed(blocks.events(), blocks.firstTime(), rules);
        return true;
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
      BlockQueue fresh = new BlockQueue(writer, number);
      queue = fresh;
      return new Watching(new BlockObserver(fresh, first), new CheckRunner(trace));
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
      org.apache.lucene.search.Query blocks =
          new BooleanQuery.Builder()
              .add(Candidates.term(BlockFields.TRACE, Integer.toString(number)), Occur.FILTER)
              .add(LongPoint.newRangeQuery(BlockFields.FIRST, first, Long.MAX_VALUE), Occur.FILTER)
              .build();
      writer.deleteDocuments(blocks, FindingDocuments.ofTrace(number));
    }

    private void addFindings(List<Finding> findings) throws IOException {
      for (Finding finding : findings) {
        writer.addDocument(FindingDocuments.of(finding, number));
      }
    }

    private static String describe(IommuState.Rules rules) {
      return rules.platform() + " lists:" + rules.inferLists();
    }
  }

  /** Blocks and checks over one replay. */
  private record Watching(BlockObserver blocks, CheckRunner checks) implements Observer {
    @Override
    public void on(Event event, Change change, IommuState state) {
      blocks.on(event, change, state);
      checks.on(event, change, state);
    }

    @Override
    public void end(IommuState state) {
      blocks.end(state);
      checks.end(state);
    }
  }
}

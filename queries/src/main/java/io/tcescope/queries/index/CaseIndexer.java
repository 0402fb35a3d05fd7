package io.tcescope.queries.index;

import io.tcescope.engine.replay.ReplayOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.NoMergeScheduler;
import org.apache.lucene.store.Directory;
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
  private final String given;
  private final Storage storage;

  /** Where documents are written to. */
  @FunctionalInterface
  interface Storage {
    Directory open(Path directory) throws IOException;
  }

  /**
   * An indexer that replays recordings as told.
   *
   * @param given what {@code options} say that the recordings do not, in words
   */
  public CaseIndexer(Recordings recordings, ReplayOptions options, String given) {
    this(recordings, options, given, FSDirectory::open);
  }

  CaseIndexer(Recordings recordings, ReplayOptions options, String given, Storage storage) {
    this.recordings = recordings;
    this.options = options;
    this.given = given;
    this.storage = storage;
  }

  /**
   * Indexes the recordings into the case; others that it holds stay. Each recording is committed
   * when it is done: a kill before that leaves the case as it was.
   *
   * @throws CaseException if the directory is no case or a damaged one, is in use, or cannot be
   *     written
   */
  public List<Outcome> index(Path directory, List<Path> recordingPaths) throws IOException {
    boolean isNew = Files.notExists(directory);
    try {
      return write(directory, recordingPaths);
    } catch (IOException | RuntimeException e) {
      if (isNew && !(e.getCause() instanceof LockObtainFailedException)) {
        removeEmpty(directory, e);
      }
      throw e;
    }
  }

  /** A case into which nothing was ever committed holds nothing but its lock. */
  private static void removeEmpty(Path directory, Exception why) {
    Path index = directory.resolve(CaseFormat.INDEX);
    try {
      Files.deleteIfExists(index.resolve(IndexWriter.WRITE_LOCK_NAME));
      Files.deleteIfExists(index);
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      why.addSuppressed(e); // another recording was committed
    }
  }

  private List<Outcome> write(Path directory, List<Path> recordingPaths) throws IOException {
    CaseFormat.prepareLucene();
    requireOwn(directory);
    List<Outcome> outcomes = new ArrayList<>();
    try (Directory lucene = storage.open(directory.resolve(CaseFormat.INDEX));
        IndexWriter writer = writer(directory, lucene)) {
      List<Source> sources = known(directory, writer);
      for (Path path : recordingPaths) {
        outcomes.add(indexOrUndo(directory, writer, sources, path));
      }
    } catch (LockObtainFailedException e) {
      throw new CaseException(directory + ": another tcescope is indexing into it", e);
    } catch (java.nio.file.AccessDeniedException | java.nio.file.ReadOnlyFileSystemException e) {
      throw new CaseException(directory + ": cannot be written", e);
    }
    return outcomes;
  }

  /** Leaves the case as it was if anything goes wrong, and says so if it cannot be written. */
  private Outcome indexOrUndo(
      Path directory, IndexWriter writer, List<Source> sources, Path recording) throws IOException {
    boolean done = false;
    try {
      Outcome outcome = index(writer, sources, recording);
      done = true;
      return outcome;
    } catch (IOException | RuntimeException e) {
      Throwable broken = writer.getTragicException();
      if (broken == null) {
        throw e;
      }
      String why = String.valueOf(broken.getMessage());
      throw new CaseException(directory + ": cannot be written: " + why, e);
    } finally {
      if (!done) {
        writer.rollback();
      }
    }
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

  /** What goes into a damaged case would be lost with it. */
  private static IndexWriter writer(Path directory, Directory lucene) throws IOException {
    if (DirectoryReader.indexExists(lucene)) {
      CaseFormat.open(directory, lucene).close();
    }
    return new IndexWriter(lucene, config());
  }

  private static IndexWriterConfig config() {
    LogDocMergePolicy merges = new LogDocMergePolicy();
    merges.setMergeFactor(64);
    return new IndexWriterConfig(LuceneEscape.ANALYZER)
        .setRAMBufferSizeMB(BUFFER_MEGABYTES)
        .setMergePolicy(merges)
        .setMergeScheduler(NoMergeScheduler.INSTANCE)
        .setUseCompoundFile(false)
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
    Source now = Source.unread(path, given);
    int number = numberOf(sources, now.path());
    RunIndexer run = new RunIndexer(writer, number, now, options, recordings);
    Source done = null;
    if (number < sources.size() && sources.get(number).given().equals(given)) {
      Source before = sources.get(number);
      Source.Condition condition = before.condition();
      if (condition == Source.Condition.SAME) {
        return Outcome.UP_TO_DATE;
      }
      done = condition == Source.Condition.GROWN ? extended(run, before) : null;
    }
    Outcome outcome = done == null ? Outcome.INDEXED : Outcome.EXTENDED;
    Source indexed = done == null ? run.whole() : done;
    if (number < sources.size()) {
      sources.set(number, indexed);
    } else {
      sources.add(indexed);
    }
    writer.setLiveCommitData(CaseFormat.describe(sources).entrySet());
    writer.commit();
    return outcome;
  }

  /** Null if the recording is read by other rules than before, so that old facts are wrong. */
  private static @Nullable Source extended(RunIndexer run, Source before) throws IOException {
    Source done = run.from(lastChapter(before.events()));
    return done.isReadLike(before) ? done : null;
  }

  private static int numberOf(List<Source> sources, Path path) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).path().equals(path)) {
        return i;
      }
    }
    return sources.size();
  }

  /** First event of the chapter that the last event is in: its end may have been cut in two. */
  private static long lastChapter(long events) {
    return (events - 1) / EventChapter.MOST_EVENTS * EventChapter.MOST_EVENTS + 1;
  }
}

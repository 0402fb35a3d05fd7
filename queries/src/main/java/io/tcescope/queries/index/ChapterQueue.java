package io.tcescope.queries.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.lucene.index.IndexWriter;
import org.jspecify.annotations.Nullable;

/** Carries chapters from the replay to a second thread that writes them to the index, and back. */
final class ChapterQueue implements AutoCloseable {
  private static final int CHAPTERS = 3;

  private final IndexWriter writer;
  private final int trace;
  private final BlockingQueue<ChapterWriter> empty = new ArrayBlockingQueue<>(CHAPTERS + 1);
  private final BlockingQueue<ChapterWriter> full = new ArrayBlockingQueue<>(CHAPTERS + 1);
  private final ChapterWriter end = new ChapterWriter();
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  ChapterQueue(IndexWriter writer, int trace) {
    this.writer = writer;
    this.trace = trace;
    for (int i = 0; i < CHAPTERS; i++) {
      empty.add(new ChapterWriter());
    }
    thread = Thread.ofPlatform().name("indexer").daemon().start(this::write);
  }

  /** A chapter to begin and fill; waits if the index is behind. */
  ChapterWriter empty() {
    try {
      return empty.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  void put(ChapterWriter chapter) {
    rethrow();
    full.add(chapter);
  }

  private void write() {
    try {
      ChapterWriter chapter;
      while ((chapter = full.take()) != end) {
        if (failure == null) {
          add(chapter);
        }
        empty.add(chapter);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(ChapterWriter chapter) {
    try {
      writer.addDocuments(chapter.documents(trace));
    } catch (IOException | RuntimeException | Error e) {
      failure = e; // told to the replay with its next chapter
    }
  }

  private void rethrow() {
    Throwable cause = failure;
    if (cause instanceof IOException e) {
      throw new UncheckedIOException(e);
    }
    if (cause != null) {
      throw new IllegalStateException("indexing failed", cause);
    }
  }

  /** Waits until all chapters are written. */
  void finish() throws InterruptedException {
    full.add(end);
    thread.join();
    rethrow();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

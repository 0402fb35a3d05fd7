package io.tcescope.queries.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.lucene.index.IndexWriter;
import org.jspecify.annotations.Nullable;

/** Carries blocks from the replay to a second thread that writes them to the index, and back. */
final class BlockQueue implements AutoCloseable {
  private static final int BLOCKS = 8;

  private final IndexWriter writer;
  private final int trace;
  private final BlockingQueue<BlockFields> empty = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final BlockingQueue<BlockFields> full = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final BlockFields end = new BlockFields();
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  BlockQueue(IndexWriter writer, int trace) {
    this.writer = writer;
    this.trace = trace;
    for (int i = 0; i < BLOCKS; i++) {
      empty.add(new BlockFields());
    }
    thread = Thread.ofPlatform().name("indexer").daemon().start(this::write);
  }

  /** A block to begin and fill; waits if the index is behind. */
  BlockFields empty() {
    try {
      return empty.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  void put(BlockFields block) {
    rethrow();
    full.add(block);
  }

  private void write() {
    try {
      BlockFields block;
      while ((block = full.take()) != end) {
        if (failure == null) {
          add(block);
        }
        empty.add(block);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(BlockFields block) {
    try {
      writer.addDocuments(block.documents(trace));
    } catch (IOException | RuntimeException | Error e) {
      failure = e; // told to the replay with its next block
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

  /** Waits until all blocks are written. */
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

package io.tcescope.traces.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects a stream of unknown length: in memory while it is small, then in a temporary file that
 * has no name left by the time it is read.
 */
final class Spool implements AutoCloseable {
  /** Up to here a recording stays in memory, in bytes. */
  static final long IN_MEMORY = 64L << 20;

  private static final int CHUNK = 1 << 20;

  private final Path directory;
  private final long inMemory;
  private final List<byte[]> chunks = new ArrayList<>();
  private byte[] chunk = new byte[CHUNK];
  private int filled;
  private long length;
  private @Nullable FileChannel overflow;
  private @Nullable IOException damage;

  Spool(Path directory, long inMemory) {
    this.directory = directory;
    this.inMemory = inMemory;
  }

  /**
   * Takes what the stream gives. A stream that breaks off is {@link #damage()}, not an exception:
   * what came before is as good as ever. Only a full or read-only disk is thrown.
   */
  void take(InputStream stream) throws IOException {
    int read;
    while ((read = read(stream)) >= 0) {
      filled += read;
      length += read;
      if (filled == chunk.length) {
        flushChunk();
      }
    }
  }

  /** What ended the stream before its time, null if it ended well. */
  @Nullable IOException damage() {
    return damage;
  }

  long length() {
    return length;
  }

  /** All bytes taken, alive as long as the arena. */
  MemorySegment bytes(Arena arena) throws IOException {
    if (overflow != null) {
      flushChunk();
      return overflow.map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
    }
    MemorySegment all = arena.allocate(length);
    long at = 0;
    for (byte[] full : chunks) {
      MemorySegment.copy(full, 0, all, ValueLayout.JAVA_BYTE, at, full.length);
      at += full.length;
    }
    MemorySegment.copy(chunk, 0, all, ValueLayout.JAVA_BYTE, at, filled);
    return all;
  }

  @Override
  public void close() throws IOException {
    if (overflow != null) {
      overflow.close();
    }
  }

  private int read(InputStream stream) {
    try {
      return stream.read(chunk, filled, chunk.length - filled);
    } catch (IOException brokenOff) {
      damage = brokenOff;
      return -1;
    }
  }

  private void flushChunk() throws IOException {
    if (overflow == null && length <= inMemory) {
      chunks.add(chunk);
      chunk = new byte[CHUNK];
      filled = 0;
      return;
    }
    FileChannel file = overflow();
    for (byte[] full : chunks) {
      write(file, full, full.length);
    }
    chunks.clear();
    write(file, chunk, filled);
    filled = 0;
  }

  private FileChannel overflow() throws IOException {
    if (overflow == null) {
      Path file = Files.createTempFile(directory, "tcescope-", ".unpacked");
      overflow =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    return overflow;
  }

  private static void write(FileChannel file, byte[] bytes, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }
}

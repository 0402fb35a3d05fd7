package io.tcescope.cli.shrink;

import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.text.Lines;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of a recording as they stand in it, unpacked if it is compressed. */
final class SourceLines implements AutoCloseable {
  private final Recording recording;
  private final MemorySegment bytes;

  /** Where each line begins, and behind the last one the end. */
  private final long[] offsets;

  private SourceLines(Recording recording) {
    this.recording = recording;
    this.bytes = recording.bytes();
    this.offsets = offsets(bytes);
  }

  /**
   * Of one file.
   *
   * @throws IOException if it cannot be read; the message says why in words
   */
  static SourceLines of(Path file, Path tempDirectory) throws IOException {
    return new SourceLines(Recording.open(file, tempDirectory));
  }

  private static long[] offsets(MemorySegment bytes) {
    long[] offsets = new long[1024];
    int count = 1;
    while (offsets[count - 1] < bytes.byteSize()) {
      if (count == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * count);
      }
      offsets[count] = Lines.next(bytes, Lines.end(bytes, offsets[count - 1]));
      count++;
    }
    return Arrays.copyOf(offsets, count);
  }

  int count() {
    return offsets.length - 1;
  }

  /** Writes some of the lines, given by their indexes in ascending order. */
  void write(int[] lines, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      write(lines, out);
    }
  }

  void write(int[] lines, OutputStream out) throws IOException {
    for (int line : lines) {
      long length = offsets[line + 1] - offsets[line];
      out.write(bytes.asSlice(offsets[line], length).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}

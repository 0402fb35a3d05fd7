package io.tcescope.traces.bytes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small text that is kept beside a recording; like recordings, compressed or not. */
public final class SideFile {
  private SideFile() {}

  /**
   * Its bytes, unpacked.
   *
   * @throws IOException if it cannot be read to its end, or the packed bytes are damaged
   */
  public static byte[] bytes(Path file) throws IOException {
    try (InputStream unpacked = open(file)) {
      return unpacked.readAllBytes();
    }
  }

  /** The same, to be read piece by piece. */
  public static InputStream open(Path file) throws IOException {
    BufferedInputStream packed = new BufferedInputStream(Files.newInputStream(file));
    try {
      return Compression.of(packed).unpack(packed);
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e;
    }
  }

  /**
   * Its lines, as UTF-8 with a mark for what is none: names and comments may be in any encoding.
   *
   * @throws IOException as for {@link #bytes}
   */
  public static List<String> lines(Path file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8).lines().toList();
  }
}

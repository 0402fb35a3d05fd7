package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A recording as a case knows it: which file, how it was when it was indexed, and how much of it.
 *
 * @param size bytes of the file as it stands on disk
 * @param modified milliseconds since 1970
 * @param hash of the first {@code size} bytes
 * @param events events in the index
 * @param firstTime first time stamp of the run, {@link Event#NO_TIME} if none
 * @param rules how the recording was read, in words; facts of old events hold while this stays
 */
public record Source(
    Path path, long size, long modified, String hash, long events, long firstTime, String rules) {
  /** What became of the file since it was indexed. */
  public enum Condition {
    SAME,
    /** What was indexed is still there, and more behind it. */
    GROWN,
    CHANGED,
    MISSING
  }

  private static final int CHUNK = 1 << 20;

  /** A recording of which nothing is indexed yet. */
  static Source unread(Path path) throws IOException {
    Path real = path.toRealPath();
    long size = Files.size(real);
    long modified = Files.getLastModifiedTime(real).toMillis();
    return new Source(real, size, modified, "", 0, Event.NO_TIME, "");
  }

  Source indexed(long count, long first, String readBy) throws IOException {
    return new Source(path, size, modified, hash(path, size), count, first, readBy);
  }

  /** Compares the file with what was indexed; reads it only if its time or size tell nothing. */
  public Condition condition() throws IOException {
    if (!Files.isReadable(path)) {
      return Condition.MISSING;
    }
    long now = Files.size(path);
    if (now == size && Files.getLastModifiedTime(path).toMillis() == modified) {
      return Condition.SAME;
    }
    if (now < size || !hash(path, size).equals(hash)) {
      return Condition.CHANGED;
    }
    return now == size ? Condition.SAME : Condition.GROWN;
  }

  /** Two checksums that the processor computes: they find accidents, and no more is needed. */
  private static String hash(Path path, long size) throws IOException {
    CRC32C one = new CRC32C();
    CRC32 other = new CRC32();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(path)) {
      long left = size;
      int n;
      while (left > 0 && (n = in.readNBytes(chunk, 0, (int) Math.min(CHUNK, left))) > 0) {
        one.update(chunk, 0, n);
        other.update(chunk, 0, n);
        left -= n;
      }
    }
    return Long.toHexString(one.getValue()) + "-" + Long.toHexString(other.getValue());
  }

  void write(Map<String, String> data, int number) {
    String prefix = "trace." + number + ".";
    data.put(prefix + "path", path.toString());
    data.put(prefix + "size", Long.toString(size));
    data.put(prefix + "modified", Long.toString(modified));
    data.put(prefix + "hash", hash);
    data.put(prefix + "events", Long.toString(events));
    data.put(prefix + "firstTime", Long.toString(firstTime));
    data.put(prefix + "rules", rules);
  }

  static Source read(Map<String, String> data, int number) {
    String prefix = "trace." + number + ".";
    return new Source(
        Path.of(data.getOrDefault(prefix + "path", "")),
        Long.parseLong(data.getOrDefault(prefix + "size", "0")),
        Long.parseLong(data.getOrDefault(prefix + "modified", "0")),
        data.getOrDefault(prefix + "hash", ""),
        Long.parseLong(data.getOrDefault(prefix + "events", "0")),
        Long.parseLong(data.getOrDefault(prefix + "firstTime", "0")),
        data.getOrDefault(prefix + "rules", ""));
  }
}

package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
 * @param platform who keeps the tables, as given or found out
 * @param listsInferred lists of which one value is recorded were completed
 * @param unrecorded kinds of calls that the guest made and the recorder did not write
 * @param given what the user told about the machine; old facts hold while these four stay
 */
public record Source(
    Path path,
    long size,
    long modified,
    String hash,
    long events,
    long firstTime,
    Platform platform,
    boolean listsInferred,
    Set<EventKind> unrecorded,
    String given) {
  public Source {
    unrecorded = Collections.unmodifiableSet(unrecorded);
  }

  /** What became of the file since it was indexed. */
  public enum Condition {
    SAME,
    /** What was indexed is still there, and more behind it. */
    GROWN,
    CHANGED,
    MISSING
  }

  private static final int CHUNK = 1 << 17;

  /** A recording of which nothing is indexed yet. */
  static Source unread(Path path, String given) throws IOException {
    Path real = path.toRealPath();
    long size = Files.size(real);
    long modified = Files.getLastModifiedTime(real).toMillis();
    return new Source(
        real, size, modified, "", 0, Event.NO_TIME, Platform.QEMU, false, Set.of(), given);
  }

  /** The same under another path to it, by which its user knows it. */
  Source at(Path other) {
    return new Source(
        other, size, modified, hash, events, firstTime, platform, listsInferred, unrecorded, given);
  }

  Source indexed(long count, long first, IommuState.Rules rules) throws IOException {
    return new Source(
        path,
        size,
        modified,
        hash(path, size),
        count,
        first,
        rules.platform(),
        rules.inferLists(),
        rules.unrecorded(),
        given);
  }

  boolean isReadLike(Source other) {
    return platform == other.platform
        && listsInferred == other.listsInferred
        && unrecorded.equals(other.unrecorded)
        && given.equals(other.given);
  }

  /** Throws if the recording is not there, or no longer the one that was indexed. */
  public void requireReadable() throws IOException {
    switch (condition()) {
      case SAME, GROWN -> {}
      case CHANGED ->
          throw new CaseException(path + ": changed since it was indexed; index it again");
      case MISSING ->
          throw new CaseException(path + ": is gone, and the case cannot replace it here");
    }
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
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    try (FileChannel in = FileChannel.open(path)) {
      long left = size;
      while (left > 0 && in.read(chunk.clear().limit((int) Math.min(CHUNK, left))) > 0) {
        left -= chunk.position();
        one.update(chunk.flip());
        other.update(chunk.rewind());
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
    data.put(prefix + "platform", platform.name());
    data.put(prefix + "lists", Boolean.toString(listsInferred));
    data.put(
        prefix + "unrecorded",
        unrecorded.stream().map(EventKind::name).collect(Collectors.joining(" ")));
    data.put(prefix + "given", given);
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
        Platform.valueOf(data.getOrDefault(prefix + "platform", Platform.QEMU.name())),
        Boolean.parseBoolean(data.get(prefix + "lists")),
        kinds(data.getOrDefault(prefix + "unrecorded", "")),
        data.getOrDefault(prefix + "given", ""));
  }

  private static Set<EventKind> kinds(String names) {
    return Arrays.stream(names.split(" ", -1))
        .filter(name -> !name.isEmpty())
        .map(EventKind::valueOf)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventKind.class)));
  }
}

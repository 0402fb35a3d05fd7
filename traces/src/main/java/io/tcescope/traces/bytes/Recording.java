package io.tcescope.traces.bytes;

import io.tcescope.engine.event.TraceHealth;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One recording, unpacked: all its bytes as one piece of memory, readable from any thread until it
 * is closed.
 */
public final class Recording implements AutoCloseable {
  private final String name;
  private final Arena arena;
  private final MemorySegment bytes;
  private final @Nullable String damage;

  private Recording(String name, Arena arena, MemorySegment bytes, @Nullable String damage) {
    this.name = name;
    this.arena = arena;
    this.bytes = bytes;
    this.damage = damage;
  }

  /**
   * Opens a file, compressed or not: a plain file is mapped, anything else unpacked first.
   *
   * @throws IOException if it cannot be read or holds nothing; the message says why in words
   */
  public static Recording open(Path file, Path tempDirectory) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("is a folder");
    }
    try {
      if (Files.isRegularFile(file) && compression(file) == Compression.NONE) {
        return map(file);
      }
      try (InputStream stream = Files.newInputStream(file)) {
        return read(file.toString(), stream, tempDirectory);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("no such file", e);
    }
  }

  /**
   * Reads a stream to its end, unpacking it if it is compressed.
   *
   * @throws IOException if it cannot be read or holds nothing; the message says why in words
   */
  public static Recording read(String name, InputStream stream, Path tempDirectory)
      throws IOException {
    return read(name, stream, tempDirectory, Spool.IN_MEMORY);
  }

  static Recording read(String name, InputStream stream, Path tempDirectory, long inMemory)
      throws IOException {
    BufferedInputStream packed = new BufferedInputStream(stream, 1 << 16);
    Compression compression = Compression.of(packed);
    try (Spool spool = new Spool(tempDirectory, inMemory)) {
      spool.take(compression.unpack(packed));
      if (spool.length() == 0) {
        throw nothingIn(compression, spool.damage());
      }
      Arena arena = newArena();
      return new Recording(name, arena, spool.bytes(arena), damage(compression, spool));
    }
  }

  private static Recording map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() == 0) {
        throw nothingIn(Compression.NONE, null);
      }
      Arena arena = newArena();
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new Recording(file.toString(), arena, bytes, null);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // The recording closes it.
  private static Arena newArena() {
    return Arena.ofShared();
  }

  private static Compression compression(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return Compression.of(stream.readNBytes(Compression.MAGIC_LENGTH));
    }
  }

  private static IOException nothingIn(Compression compression, @Nullable IOException damage) {
    return damage == null
        ? new IOException("is empty")
        : new IOException("damaged " + compression.title() + " stream, nothing in it", damage);
  }

  private static @Nullable String damage(Compression compression, Spool spool) {
    IOException cause = spool.damage();
    if (cause == null) {
      return null;
    }
    String stream = (compression.title() + " stream").strip();
    return stream
        + " breaks off after "
        + spool.length()
        + " unpacked bytes: "
        + cause.getMessage();
  }

  /** The file as the user named it. */
  public String name() {
    return name;
  }

  /** All bytes, unpacked. */
  public MemorySegment bytes() {
    return bytes;
  }

  /**
   * Counts the damage that cut this recording short, if any; a reader calls it once, at the end,
   * with the last line or record.
   */
  public void reportDamage(TraceHealth health, long line) {
    if (damage != null) {
      health.damaged("damaged compressed file", name, line, damage);
    }
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}

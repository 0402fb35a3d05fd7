package io.tcescope.scripting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/**
 * All that a script can see of the disk: regular files in its own folder, for reading, and the
 * modules that come with the program. Links are refused, so that no name leads out of the folder.
 */
final class ModuleFiles implements FileSystem {
  private static final long LARGEST_FILE = 4 << 20;

  private final Path folder;
  private final Map<Path, byte[]> builtin;

  /**
   * Files below {@code folder}, and {@code modules} by the name they are imported with.
   *
   * @throws UncheckedIOException if there is no such folder
   */
  ModuleFiles(Path folder, Map<String, String> modules) {
    try {
      this.folder = folder.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.builtin = new java.util.HashMap<>();
    modules.forEach(
        (name, text) ->
            builtin.put(this.folder.resolve(name), text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The folder, free of links. */
  Path folder() {
    return folder;
  }

  @Override
  public Path parsePath(URI uri) {
    throw new SecurityException("modules are imported by relative path, not by " + uri);
  }

  @Override
  public Path parsePath(String path) {
    return Path.of(path);
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return folder.resolve(path).normalize();
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) throws IOException {
    return permitted(path);
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
      throws IOException {
    if (modes.contains(AccessMode.WRITE) || modes.contains(AccessMode.EXECUTE)) {
      throw refused(path);
    }
    permitted(path);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (!options.stream().allMatch(StandardOpenOption.READ::equals)) {
      throw refused(path);
    }
    Path file = permitted(path);
    byte[] text = builtin.get(file);
    if (text != null) {
      return new InMemory(text);
    }
    if (Files.size(file) > LARGEST_FILE) {
      throw new IOException("larger than a module may be: " + folder.relativize(file));
    }
    return Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    Path file = permitted(path);
    if (builtin.containsKey(file)) {
      return Map.of("isRegularFile", true, "isDirectory", false);
    }
    return Files.readAttributes(file, attributes, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    throw refused(path);
  }

  @Override
  public void delete(Path path) throws IOException {
    throw refused(path);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    throw refused(path);
  }

  /** The file a path means, if the script may read it. */
  private Path permitted(Path path) throws IOException {
    Path file = toAbsolutePath(path);
    if (builtin.containsKey(file)) {
      return file;
    }
    if (!file.startsWith(folder)) {
      throw refused(path);
    }
    Path step = folder;
    for (Path name : folder.relativize(file)) {
      step = step.resolve(name);
      if (Files.isSymbolicLink(step)) {
        throw refused(path);
      }
    }
    BasicFileAttributes attributes = attributes(file);
    if (!attributes.isRegularFile()) {
      throw refused(path);
    }
    return file;
  }

  private BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      NoSuchFileException shorter = new NoSuchFileException(folder.relativize(file).toString());
      shorter.initCause(e);
      throw shorter;
    }
  }

  /** Says nothing about what is there: a script must not be able to explore. */
  private static IOException refused(Path path) {
    return new IOException("not a file of the script's own folder: " + path);
  }

  /** A module that comes with the program. */
  private static final class InMemory implements SeekableByteChannel {
    private final ByteBuffer bytes;
    private boolean open = true;

    InMemory(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public int read(ByteBuffer into) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(into.remaining(), bytes.remaining());
      into.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() {
      return bytes.position();
    }

    @Override
    public SeekableByteChannel position(long position) {
      bytes.position(Math.toIntExact(position));
      return this;
    }

    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}

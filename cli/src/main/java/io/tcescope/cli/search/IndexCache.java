package io.tcescope.cli.search;

import io.tcescope.queries.index.Case;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where the index of a recording is kept that the user made no case of.
 *
 * @param directory the case, which need not be there yet
 */
record IndexCache(Path directory) {
  /** In the user's cache directory; empty if there is no such place. */
  static Optional<IndexCache> of(Path recording) throws IOException {
    return of(recording, System.getenv(), System.getProperty("user.home", ""));
  }

  static Optional<IndexCache> of(Path recording, Map<String, String> environment, String home)
      throws IOException {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!Files.isRegularFile(recording) || (cache.isEmpty() && home.isEmpty())) {
      return Optional.empty();
    }
    Path base = cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache);
    byte[] path = recording.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
    String name = "v" + Case.FORMAT_VERSION + "-" + UUID.nameUUIDFromBytes(path);
    return Optional.of(new IndexCache(base.resolve("tcescope").resolve("cases").resolve(name)));
  }

  /** Deletes the case. */
  void discard() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Notes that the recording was searched; true if it had been searched before. */
  boolean noteSearch() throws IOException {
    Path note = directory.resolveSibling(directory.getFileName() + ".searched");
    if (Files.exists(note)) {
      return true;
    }
    Files.createDirectories(note.getParent());
    Files.createFile(note);
    return false;
  }
}

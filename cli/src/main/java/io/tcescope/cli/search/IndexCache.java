package io.tcescope.cli.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Where indexes of recordings are kept that the user made no case of. */
final class IndexCache {
  private IndexCache() {}

  /** The case for a recording, in the user's cache directory; empty if there is no such place. */
  static Optional<Path> of(Path recording) throws IOException {
    String cache = System.getenv("XDG_CACHE_HOME");
    String home = System.getProperty("user.home", "");
    if ((cache == null || cache.isEmpty()) && home.isEmpty()) {
      return Optional.empty();
    }
    Path base = cache == null || cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache);
    byte[] path = recording.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
    return Optional.of(base.resolve("tcescope").resolve(UUID.nameUUIDFromBytes(path).toString()));
  }
}

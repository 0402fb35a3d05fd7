package io.tcescope.cli.sarif;

import io.tcescope.cli.output.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * A file by its URI: relative where it lies below the working directory, for that is how services
 * find it in a repository; else absolute, so that they can make it relative to their checkout.
 */
record Artifact(String uri, boolean isBelow) {
  /** What relative URIs are relative to; services know the name. */
  static final String BASE = "%SRCROOT%";

  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final String STANDARD_INPUT = "-";

  static Artifact of(String file) {
    if (file.equals(STANDARD_INPUT)) {
      return new Artifact("stdin", false);
    }
    Path path = HERE.resolve(file).normalize();
    return path.startsWith(HERE)
        ? new Artifact(relative(HERE.relativize(path).toString().replace('\\', '/')), true)
        : new Artifact(path.toUri().toASCIIString(), false);
  }

  private static String relative(String path) {
    try {
      // "./" keeps a name with a colon from being read as a scheme
      return new URI(null, null, "./" + path, null).toASCIIString().substring("./".length());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Writes it as a field of an object. */
  void writeTo(Json json) {
    json.object("artifactLocation").text("uri", uri.contains(":") && isBelow ? "./" + uri : uri);
    if (isBelow) {
      json.text("uriBaseId", BASE);
    }
    json.endObject();
  }
}

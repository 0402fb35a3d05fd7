package io.tcescope.cli.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.cli.output.Json;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are named by URIs that lead back to them. */
final class ArtifactTest {
  private static final Path HERE = Path.of("").toAbsolutePath();

  @ParameterizedTest
  @CsvSource({
    "runs/a/trace.log, runs/a/trace.log",
    "./runs/../runs/trace.log, runs/trace.log",
    "my runs/100%.log, my%20runs/100%25.log",
    "12:30.log, ./12:30.log",
    "Läufe/trace.log, L%C3%A4ufe/trace.log",
  })
  void below_the_working_directory_they_are_relative(String file, String uri) {
    String expected =
        "{\"artifactLocation\":{\"uri\":\"" + uri + "\",\"uriBaseId\":\"%SRCROOT%\"}}";
    assertThat(written(file)).isEqualTo(expected);
    assertThat(written(HERE.resolve(file).toString())).isEqualTo(expected);
    assertThat(Path.of(HERE.toUri().resolve(URI.create(uri))))
        .isEqualTo(HERE.resolve(file).normalize());
  }

  @ParameterizedTest
  @CsvSource({
    "/runs/a b.log, file:///runs/a%20b.log",
    "-, stdin",
  })
  void elsewhere_they_are_absolute(String file, String uri) {
    assertThat(written(file)).isEqualTo("{\"artifactLocation\":{\"uri\":\"" + uri + "\"}}");
  }

  private static String written(String file) {
    StringWriter text = new StringWriter();
    Json json = new Json(text);
    Artifact.of(file).writeTo(json.object());
    json.endObject().line();
    return text.toString().strip();
  }
}

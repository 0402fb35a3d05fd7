package io.tcescope.cli.script;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tcescope.cli.output.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a child process is asked: to judge a recording.
 *
 * @param recording its files
 * @param givenUp names of rules that need not be tried any more, once they have been stopped
 */
record JudgeRequest(List<Path> recording, Set<String> givenUp) {
  private static final String RECORDING = "recording";
  private static final String GIVEN_UP = "givenUp";
  private static final JsonFactory JSON = new JsonFactory();

  JudgeRequest {
    recording = List.copyOf(recording);
    givenUp = Set.copyOf(givenUp);
  }

  /** Understands {@link #line}. */
  static JudgeRequest of(String line) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      if (!(Fields.value(parser) instanceof Map<?, ?> values)) {
        throw new IOException("not a request: " + line);
      }
      Fields fields = new Fields(values);
      return new JudgeRequest(
          fields.texts(RECORDING).stream().map(Path::of).toList(),
          Set.copyOf(fields.texts(GIVEN_UP)));
    }
  }

  /** Says it in a line, whatever files are called. */
  String line() {
    StringWriter line = new StringWriter();
    try (Json json = new Json(line)) {
      json.object().value(RECORDING, recording).value(GIVEN_UP, givenUp).endObject();
    }
    return line.toString();
  }
}

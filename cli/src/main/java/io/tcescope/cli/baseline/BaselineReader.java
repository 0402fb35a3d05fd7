package io.tcescope.cli.baseline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tcescope.cli.input.Trouble;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.FindingKind;
import io.tcescope.engine.check.Severity;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code check} printed as JSON: the fields it needs, wherever they stand in an object,
 * for files go through other tools. In a document a finding names its recording if there are
 * several; in lines the recording follows its findings.
 */
final class BaselineReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String FOREIGN = "is not what check --format json or ndjson prints";
  private static final String NO_FILE = "";

  private final Baseline baseline;

  /** By the file that they name, for the recordings of a document may come behind them. */
  private final Map<String, Map<FindingKind, Long>> findings = new HashMap<>();

  private final List<List<String>> recordings = new ArrayList<>();
  private boolean anything;

  private BaselineReader(Baseline baseline) {
    this.baseline = baseline;
  }

  static void read(Path file, Baseline into) {
    try (InputStream stream = SideFile.open(file);
        JsonParser parser = JSON.createParser(stream)) {
      new BaselineReader(into).read(parser);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw broken(file, FOREIGN + ": line " + line + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw broken(file, Trouble.of(e));
    } catch (IllegalArgumentException e) {
      throw broken(file, String.valueOf(e.getMessage()));
    }
  }

  private static UsageException broken(Path file, String why) {
    return new UsageException(file + ": " + why + " (--baseline)");
  }

  private void read(JsonParser parser) throws IOException {
    while (parser.nextToken() != null) {
      anything = true;
      require(parser.currentToken() == JsonToken.START_OBJECT, FOREIGN);
      object(parser);
    }
    require(anything, "is empty; a shell empties a file that it is to write before it is read");
    require(findings.isEmpty(), "is cut off: the recording of its last findings is missing");
  }

  private static void require(boolean fulfilled, String otherwise) {
    if (!fulfilled) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** A document, or a line. */
  private void object(JsonParser parser) throws IOException {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    boolean document = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      boolean list = parser.nextToken() == JsonToken.START_ARRAY;
      if (list && (name.equals("traces") || name.equals("findings"))) {
        document = true;
        elements(parser, name.equals("traces"));
      } else {
        text(parser, name, texts);
      }
    }
    if (document) {
      require(texts.containsKey("tcescope"), FOREIGN);
      settleDocument();
    } else if (texts.containsKey("trace")) {
      recordings.add(texts.getOrDefault("files", List.of()));
      settleLines();
    } else if (texts.containsKey("rule")) {
      finding(texts);
    } else {
      require(texts.containsKey("baseline"), FOREIGN); // how a comparison ends, which says no more
    }
  }

  private void elements(JsonParser parser, boolean traces) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.START_OBJECT, FOREIGN);
      Map<String, List<String>> texts = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        text(parser, name, texts);
      }
      if (traces) {
        recordings.add(texts.getOrDefault("files", List.of()));
      } else {
        finding(texts);
      }
    }
  }

  /** Keeps a text, number, or list of texts; passes over anything else. */
  private static void text(JsonParser parser, String name, Map<String, List<String>> texts)
      throws IOException {
    if (parser.currentToken().isScalarValue()) {
      texts.put(name, List.of(parser.getText()));
    } else if (name.equals("files") && parser.currentToken() == JsonToken.START_ARRAY) {
      List<String> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        require(parser.currentToken().isScalarValue(), FOREIGN);
        elements.add(parser.getText());
      }
      texts.put(name, elements);
    } else {
      texts.put(name, List.of());
      parser.skipChildren();
    }
  }

  private void finding(Map<String, List<String>> texts) {
    require(
        texts.containsKey("fingerprint"),
        "its findings have no fingerprints: an older version printed it; make it again");
    FindingKind kind =
        new FindingKind(only(texts, "rule"), only(texts, "fingerprint"), severity(texts));
    String file = texts.containsKey("file") ? only(texts, "file") : NO_FILE;
    findings.computeIfAbsent(file, _ -> new LinkedHashMap<>()).merge(kind, 1L, Long::sum);
  }

  private static Severity severity(Map<String, List<String>> texts) {
    String label = only(texts, "severity");
    for (Severity severity : Severity.values()) {
      if (severity.label().equals(label)) {
        return severity;
      }
    }
    throw new IllegalArgumentException(FOREIGN + ": severity " + label);
  }

  private static String only(Map<String, List<String>> texts, String name) {
    List<String> values = texts.getOrDefault(name, List.of());
    require(values.size() == 1, FOREIGN + ": a finding has no " + name);
    return values.getFirst();
  }

  private void settleDocument() {
    if (recordings.size() == 1) {
      settleLines();
      return;
    }
    for (List<String> files : recordings) {
      Map<FindingKind, Long> kinds =
          findings.remove(files.size() == 1 ? files.getFirst() : NO_FILE);
      settle(files, kinds == null ? Map.of() : kinds);
    }
    require(findings.isEmpty(), FOREIGN + ": a finding names no recording of its list");
    recordings.clear();
  }

  /** The findings so far are of the recording that has just been read, whatever file they name. */
  private void settleLines() {
    List<String> files = recordings.removeLast();
    settle(files, Map.of());
    findings.values().forEach(kinds -> settle(files, kinds));
    findings.clear();
  }

  private void settle(List<String> files, Map<FindingKind, Long> kinds) {
    require(!files.isEmpty(), FOREIGN + ": a recording has no files");
    KnownRecording recording = baseline.recording(RecordingName.of(files));
    kinds.forEach(recording::add);
  }
}

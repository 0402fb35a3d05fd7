package io.tcescope.cli.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tcescope.traces.bytes.SideFile;
import io.tcescope.traces.custom.LineFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line format from JSON:
 *
 * <pre>{@code
 * {"lines": [
 *    {"pattern": "[{time_ns:s}] tce put {liobn:x} {ioba:x} = {tce:x}: {ret}",
 *     "set": {"call": "H_PUT_TCE"},
 *     "words": {"ret": {"ok": "0"}},
 *     "samples": [{"line": "[12.5] tce put 80000100 1000 = 1234003: ok",
 *                  "gives": {"ioba": "0x1000", "ret": "0"}}]}],
 *  "ignore": ["# {*}"]}
 * }</pre>
 */
final class LineFormatFile {
  private static final JsonFactory JSON = new JsonFactory();

  private LineFormatFile() {}

  /** Reads and tries out a format; a mistake in it is one of usage. */
  static LineFormat read(Path file) {
    try (JsonParser parser = JSON.createParser(SideFile.bytes(file))) {
      parser.nextToken();
      Map<?, ?> root = map(value(parser), "the file");
      List<LineFormat.Kind> kinds = new ArrayList<>();
      for (Object line : list(root.get("lines"), "lines")) {
        kinds.add(kind(map(line, "a line")));
      }
      List<String> ignored = new ArrayList<>();
      for (Object pattern :
          root.containsKey("ignore") ? list(root.get("ignore"), "ignore") : List.of()) {
        ignored.add(String.valueOf(pattern));
      }
      return new LineFormat(kinds, ignored);
    } catch (JsonProcessingException e) {
      int line = e.getLocation().getLineNr();
      throw new UsageException(
          file + ": line " + line + ": " + e.getOriginalMessage() + " (--line-format)");
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(file + ": " + e.getMessage() + " (--line-format)");
    }
  }

  private static LineFormat.Kind kind(Map<?, ?> line) {
    Map<String, Map<String, String>> words = new LinkedHashMap<>();
    if (line.containsKey("words")) {
      map(line.get("words"), "words")
          .forEach((column, means) -> words.put(String.valueOf(column), texts(means, "words")));
    }
    List<LineFormat.Sample> samples = new ArrayList<>();
    for (Object sample : list(line.get("samples"), "samples")) {
      Map<?, ?> parts = map(sample, "a sample");
      samples.add(new LineFormat.Sample(text(parts, "line"), texts(parts.get("gives"), "gives")));
    }
    Map<String, String> set = line.containsKey("set") ? texts(line.get("set"), "set") : Map.of();
    return new LineFormat.Kind(text(line, "pattern"), set, words, samples);
  }

  private static String text(Map<?, ?> object, String name) {
    Object text = object.get(name);
    if (text == null) {
      throw new IllegalArgumentException("`" + name + "` is missing");
    }
    return text.toString();
  }

  private static Map<String, String> texts(@Nullable Object value, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(value, name).forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
    return texts;
  }

  private static Map<?, ?> map(@Nullable Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException(name + ": an object is expected");
  }

  private static List<?> list(@Nullable Object value, String name) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(name + ": an array is expected");
  }

  /** The value at the parser: maps, lists, and the text of anything else. */
  private static Object value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        object.put(name, value(parser));
      }
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser));
      }
      return array;
    }
    return parser.currentToken() == null ? "" : parser.getText();
  }
}

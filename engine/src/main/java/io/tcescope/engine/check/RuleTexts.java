package io.tcescope.engine.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What the built-in rules say of themselves, read from {@code rules.txt} when first asked for. */
final class RuleTexts {
  /** What a rule finds, what follows from it, what to do about it, and a case. */
  record Text(String finds, String why, String fix, String example) {}

  private static final String FILE = "rules.txt";

  private static final class Loaded {
    static final Map<String, Text> TEXTS = read();
  }

  private RuleTexts() {}

  static Text of(String id) {
    Text text = Loaded.TEXTS.get(id);
    if (text == null) {
      throw new IllegalStateException(FILE + " says nothing of " + id);
    }
    return text;
  }

  private static Map<String, Text> read() {
    try (InputStream in = RuleTexts.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Text> parse(String file) {
    Map<String, Text> texts = new HashMap<>();
    for (String entry : file.replaceAll("(?m)^#.*\\R", "").split("(?m)^\\[", -1)) {
      int end = entry.indexOf(']');
      if (end > 0) {
        texts.put(entry.substring(0, end), text(entry.substring(end + 1)));
      }
    }
    return texts;
  }

  private static Text text(String lines) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines.replaceAll("\\R +", " ").strip().split("\\R", -1)) {
      int blank = line.indexOf(' ');
      values.put(line.substring(0, blank), line.substring(blank).strip());
    }
    return new Text(
        values.getOrDefault("finds", ""),
        values.getOrDefault("why", ""),
        values.getOrDefault("fix", ""),
        values.getOrDefault("example", ""));
  }
}

package io.tcescope.queries.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Queries with names, one a line: {@code name = query}. Blank lines and lines that begin with
 * {@code #} say nothing; a later line replaces an earlier one of the same name.
 */
public final class SavedQueries {
  /** Nothing is saved. */
  public static final SavedQueries NONE = new SavedQueries(Map.of());

  private final Map<String, String> texts;

  private SavedQueries(Map<String, String> texts) {
    this.texts = texts;
  }

  /**
   * Reads a file of saved queries. They are understood when they are used.
   *
   * @throws IOException if the file cannot be read, or a line has no name
   */
  public static SavedQueries read(Path file) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      int equals = line.indexOf('=');
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (equals < 1) {
        throw new IOException(file + ":" + number + ": expected name = query");
      }
      texts.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return new SavedQueries(texts);
  }

  /** The names, in the order of the file. */
  public Collection<String> names() {
    return texts.keySet();
  }

  @Nullable String text(String name) {
    return texts.get(name);
  }
}

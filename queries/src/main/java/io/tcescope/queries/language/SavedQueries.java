package io.tcescope.queries.language;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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
   * The saved queries of a file's lines. They are understood when they are used.
   *
   * @throws IllegalArgumentException if a line has no name
   */
  public static SavedQueries of(String file, List<String> lines) {
    Map<String, String> texts = new LinkedHashMap<>();
    int number = 0;
    for (String line : lines) {
      number++;
      int equals = line.indexOf('=');
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (equals < 1) {
        throw new IllegalArgumentException(file + ":" + number + ": expected name = query");
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

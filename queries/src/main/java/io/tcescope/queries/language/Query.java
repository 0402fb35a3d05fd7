package io.tcescope.queries.language;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/**
 * What is asked of a timeline: a tree of conditions on one event. Numbers are unsigned 64-bit but
 * for statuses, which are signed.
 */
public sealed interface Query {
  /** Every event. */
  record Everything() implements Query {}

  /** Every part holds; at least two parts, none of them itself an {@code All}. */
  record All(List<Query> parts) implements Query {
    public All {
      parts = merged(parts, All.class);
    }
  }

  /** At least one part holds; at least two parts, none of them itself an {@code Any}. */
  record Any(List<Query> parts) implements Query {
    public Any {
      parts = merged(parts, Any.class);
    }
  }

  record Not(Query inner) implements Query {}

  /** The event has a value for the field. */
  record Exists(QueryField field) implements Query {}

  /** A name that matches a pattern, in which {@code *} stands for anything; case is ignored. */
  record Name(QueryField field, String pattern) implements Query {}

  /** A number from {@code from} to {@code to}, both included, in the field's order. */
  record Range(QueryField field, long from, long to) implements Query {
    public Range {
      if (!field.inOrder(from, to)) {
        throw new IllegalArgumentException(field + " from " + from + " to " + to);
      }
    }
  }

  /** The window of a LIOBN with that generation, or any generation for {@link #ANY_GENERATION}. */
  record Window(long liobn, long generation) implements Query {
    public static final long ANY_GENERATION = 0;
  }

  /** Not before {@code from} and not behind {@code to}. */
  record Time(TimePoint from, TimePoint to) implements Query {}

  /** Words that stand next to each other in the text of a record; the last letters may be open. */
  record Text(List<String> words) implements Query {
    public Text {
      words = List.copyOf(words);
    }
  }

  /** A question in Lucene's own language, to the documents of a case; an index answers it. */
  record Lucene(String text) implements Query {}

  /** These events and no others. */
  record Events(NavigableSet<Long> ordinals) implements Query {}

  private static List<Query> merged(List<Query> parts, Class<? extends Query> type) {
    List<Query> merged = new ArrayList<>();
    for (Query part : parts) {
      if (type.isInstance(part)) {
        merged.addAll(part instanceof All all ? all.parts() : ((Any) part).parts());
      } else {
        merged.add(part);
      }
    }
    if (merged.size() < 2) {
      throw new IllegalArgumentException("needs at least two parts: " + parts);
    }
    return List.copyOf(merged);
  }
}

package io.tcescope.queries.language;

import io.tcescope.engine.event.Event;

/** A query made ready to be asked of many events; asking allocates nothing. */
@FunctionalInterface
public interface Matcher {
  boolean matches(Event event, EventFacts facts);

  /** The query as a test of single events. */
  static Matcher of(Query query) {
    return switch (query) {
      case Query.Everything _ -> (event, facts) -> true;
      case Query.All(var parts) -> Matchers.all(parts);
      case Query.Any(var parts) -> Matchers.any(parts);
      case Query.Not(var inner) -> Matchers.not(of(inner));
      case Query.Exists(var field) -> Matchers.exists(field);
      case Query.Name(var field, var pattern) -> Matchers.name(field, pattern);
      case Query.Range(var field, long from, long to) -> Matchers.number(field, from, to);
      case Query.Window(long liobn, long generation) -> Matchers.window(liobn, generation);
      case Query.Time(var from, var to) -> Matchers.time(from, to);
      case Query.Text(var words) -> Matchers.text(words);
      case Query.Events(var ordinals) -> (event, facts) -> ordinals.contains(event.ordinal());
      case Query.Lucene _ ->
          throw new IllegalArgumentException("only an index can answer " + query);
    };
  }
}

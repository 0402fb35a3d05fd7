package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run that can be asked questions, with or without an index; the answers are the same. */
public interface SearchableRun extends AutoCloseable {
  /** Key of events that have no value for the field by which they are grouped. */
  String NO_VALUE = "-";

  /** Takes the events that match, in the order of the run. */
  @FunctionalInterface
  interface Hits {
    /** An event, valid during the call only; false if that is enough. */
    boolean on(Event event, EventFacts facts);
  }

  /** The files of the run, as {@link Event#file()} counts them. */
  List<String> files();

  /** Hands over every event that matches; false if the hits did not want them all. */
  boolean search(Query query, Hits hits) throws IOException;

  /** Number of events that match. */
  default long count(Query query) throws IOException {
    long[] count = {0};
    search(
        query,
        (event, facts) -> {
          count[0]++;
          return true;
        });
    return count[0];
  }

  /** Adds the number of matching events for each value of the field. */
  default void group(Query query, QueryField field, Map<String, Long> counts) throws IOException {
    search(
        query,
        (event, facts) -> {
          counts.merge(key(field, event, facts), 1L, Long::sum);
          return true;
        });
  }

  /** Where the matching events lie. */
  default Spread spread(Query query) throws IOException {
    CollectedSpread spread = new CollectedSpread();
    search(query, spread);
    return spread;
  }

  /** What to know about the answer that was given last: events it could not see, and why. */
  default List<String> remarks() throws IOException {
    return List.of();
  }

  /** What could not be read of the recording; empty if no question yet led to its end. */
  default Optional<TraceHealth> health() throws IOException {
    return Optional.empty();
  }

  @Override
  void close();

  private static String key(QueryField field, Event event, EventFacts facts) {
    String key = FieldValues.key(field, event, facts);
    return key == null ? NO_VALUE : key;
  }
}

package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.Matcher;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.lucene.search.IndexSearcher;

/**
 * Replaces the parts of a query that documents of their own answer, findings and Lucene's language,
 * by the events that are the answer.
 */
record Resolver(IndexSearcher searcher, int trace, Map<Long, List<String>> findings) {
  Query resolved(Query query) throws IOException {
    return switch (query) {
      case Query.Lucene(var text) -> new Query.Events(LuceneEscape.answer(text, searcher, trace));
      case Query.All(var parts) -> new Query.All(resolved(parts));
      case Query.Any(var parts) -> new Query.Any(resolved(parts));
      case Query.Not(var inner) -> new Query.Not(resolved(inner));
      case Query.Exists(var field) -> field == QueryField.FINDING ? withFinding(query) : query;
      case Query.Name(var field, var _) -> field == QueryField.FINDING ? withFinding(query) : query;
      default -> query;
    };
  }

  private List<Query> resolved(List<Query> parts) throws IOException {
    Query[] resolved = parts.toArray(Query[]::new);
    for (int i = 0; i < resolved.length; i++) {
      resolved[i] = resolved(resolved[i]);
    }
    return List.of(resolved);
  }

  private Query withFinding(Query query) {
    Matcher matcher = Matcher.of(query);
    Event any = new Event();
    EventFacts facts = new EventFacts();
    NavigableSet<Long> events = new TreeSet<>();
    findings.forEach(
        (event, rules) -> {
          if (matcher.matches(any, facts.findings(rules))) {
            events.add(event);
          }
        });
    return new Query.Events(events);
  }
}

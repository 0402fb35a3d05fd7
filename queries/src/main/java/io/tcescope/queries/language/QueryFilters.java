package io.tcescope.queries.language;

import io.tcescope.engine.replay.EventFilter;

/** Understands filters of events in the language of searches. */
public final class QueryFilters implements EventFilter.Compiler {
  @Override
  public EventFilter compile(String text) {
    try {
      Matcher matcher = Matcher.of(QueryParser.parse(text));
      EventFacts facts = new EventFacts();
      return (event, change) -> matcher.matches(event, facts.of(event, change));
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e.pointing(), e);
    }
  }
}

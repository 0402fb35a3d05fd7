package io.tcescope.queries.language;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.replay.EventFilter;
import io.tcescope.engine.state.Change;

/**
 * Understands filters of events in the language of searches. A filter is asked of every event of
 * its kind, so it works out no more of an event than it looks at.
 */
public final class QueryFilters implements EventFilter.Compiler {
  @Override
  public EventFilter compile(String text, Trace trace) {
    try {
      Query query = QueryParser.parse(text);
      EventFacts facts = new EventFacts().ofRun(trace.files(), firstTime(query, trace)).clear();
      return new Filter(Gate.of(query), Depth.of(query), Matcher.of(query), facts);
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e.pointing(), e);
    }
  }

  /** Where elapsed times count from, if the query has any. */
  private static long firstTime(Query query, Trace trace) {
    if (!hasTimes(query)) {
      return Event.NO_TIME;
    }
    Event event = new Event();
    TraceReader reader = trace.read(1);
    while (reader.next(event)) {
      if (event.time() != Event.NO_TIME) {
        return event.time();
      }
    }
    return Event.NO_TIME;
  }

  private static boolean hasTimes(Query query) {
    return switch (query) {
      case Query.Time _ -> true;
      case Query.All(var parts) -> parts.stream().anyMatch(QueryFilters::hasTimes);
      case Query.Any(var parts) -> parts.stream().anyMatch(QueryFilters::hasTimes);
      case Query.Not(var inner) -> hasTimes(inner);
      default -> false;
    };
  }

  private record Filter(Gate gate, Depth depth, Matcher matcher, EventFacts facts)
      implements EventFilter {
    @Override
    public boolean matches(Event event, Change change) {
      return gate.lets(event, change) && matcher.matches(event, factsOf(event, change));
    }

    private EventFacts factsOf(Event event, Change change) {
      return switch (depth) {
        case RECORD -> facts;
        case EFFECT -> facts.signals(change.signals());
        case START -> facts.startOf(event, change);
        case MEANING -> facts.of(event, change);
      };
    }
  }
}

package io.tcescope.queries.language;

import io.tcescope.engine.replay.EventFilter;

/**
 * Understands filters of events in the language of searches. A filter is asked of every event of
 * its kind, so it works out no more of an event than it looks at.
 */
public final class QueryFilters implements EventFilter.Compiler {
  @Override
  public EventFilter compile(String text) {
    try {
      Query query = QueryParser.parse(text);
      Matcher matcher = Matcher.of(query);
      EventFacts facts = new EventFacts().clear();
      return switch (Depth.of(query)) {
        case RECORD -> (event, change) -> matcher.matches(event, facts);
        case EFFECT -> (event, change) -> matcher.matches(event, facts.signals(change.signals()));
        case MEANING -> (event, change) -> matcher.matches(event, facts.of(event, change));
      };
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e.pointing(), e);
    }
  }

  /** How much of an event has to be known, from little to all. */
  private enum Depth {
    /** What stands in the record. */
    RECORD,
    /** What it did, too. */
    EFFECT,
    /** Which addresses and which window it meant, too. */
    MEANING;

    static Depth of(Query query) {
      return switch (query) {
        case Query.Everything _, Query.Text _, Query.Events _, Query.Lucene _ -> RECORD;
        case Query.Time _, Query.Window _ -> MEANING;
        case Query.All(var parts) -> most(parts);
        case Query.Any(var parts) -> most(parts);
        case Query.Not(var inner) -> of(inner);
        case Query.Exists(var field) -> of(field);
        case Query.Name(var field, var _) -> of(field);
        case Query.Range(var field, var _, var _) -> of(field);
      };
    }

    private static Depth most(Iterable<Query> parts) {
      Depth most = RECORD;
      for (Query part : parts) {
        Depth depth = of(part);
        most = depth.compareTo(most) > 0 ? depth : most;
      }
      return most;
    }

    private static Depth of(QueryField field) {
      return switch (field) {
        case CALL, KIND, NAME, DEVICE, TASK, TEXT -> RECORD;
        case LIOBN, IOBA_RECORDED, TCE, RET, CONFIG_ADDRESS, CPU, THREAD, EVENT, LINE -> RECORD;
        case START, SIZE, PAGE_SHIFT, PERM, ID -> RECORD;
        case EFFECT -> EFFECT;
        case IOBA, COVERS, PAGES, WINDOW, FINDING, BUID, PE, TIME, FILE, SAVED, LUCENE -> MEANING;
      };
    }
  }
}

package io.tcescope.queries.language;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;

/**
 * A condition that an event must meet for a query to match, whatever else the query wants. It turns
 * away nearly all events of a long recording, so it is one class that asks nothing by way of an
 * interface: a {@link Matcher} costs several times as much.
 */
final class Gate {
  private static final Gate OPEN = new Gate(Condition.NONE, 0, 0);

  private enum Condition {
    NONE,
    LIOBN,
    RET,
    TCE,
    SIGNALS
  }

  private final Condition condition;
  private final long from;
  private final long to;

  private Gate(Condition condition, long from, long to) {
    this.condition = condition;
    this.from = from;
    this.to = to;
  }

  static Gate of(Query query) {
    return switch (query) {
      case Query.All(var parts) -> first(parts);
      case Query.Range(var field, long from, long to) -> range(field, from, to);
      case Query.Name(var field, var pattern) when field == QueryField.EFFECT ->
          new Gate(Condition.SIGNALS, Effects.matching(new NamePattern(pattern)), 0);
      default -> OPEN;
    };
  }

  /** One condition is enough, and the first is as good as any. */
  private static Gate first(Iterable<Query> parts) {
    for (Query part : parts) {
      Gate gate = of(part);
      if (gate != OPEN) {
        return gate;
      }
    }
    return OPEN;
  }

  private static Gate range(QueryField field, long from, long to) {
    return switch (field) {
      case LIOBN -> new Gate(Condition.LIOBN, from, to);
      case RET -> new Gate(Condition.RET, from, to);
      case TCE -> new Gate(Condition.TCE, from, to);
      default -> OPEN;
    };
  }

  boolean lets(Event event, Change change) {
    return switch (condition) {
      case NONE -> true;
      case LIOBN -> event.has(Event.LIOBN) && FieldValues.between(event.liobn(), from, to);
      case RET -> event.has(Event.STATUS) && from <= event.status() && event.status() <= to;
      case TCE -> FieldValues.hasTce(event, from, to);
      case SIGNALS -> (change.signals() & (int) from) != 0;
    };
  }
}

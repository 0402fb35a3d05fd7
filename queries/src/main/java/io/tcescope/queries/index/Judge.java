package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.Matcher;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.language.TimePoint;
import java.util.List;
import java.util.NavigableSet;

/** Decides from the shapes of a block which of its events match, without reading them. */
@FunctionalInterface
interface Judge {
  /** About the events of a block whose shape the row and the facts show. */
  Verdict of(Event shape, EventFacts facts, Block block);

  /** The judge of a query, for a run whose first time stamp is {@code firstTime}. */
  static Judge of(Query query, long firstTime) {
    return switch (query) {
      case Query.Everything _ -> (shape, facts, block) -> Verdict.ALL;
      case Query.All(var parts) -> all(parts, firstTime);
      case Query.Any(var parts) -> any(parts, firstTime);
      case Query.Not(var inner) -> not(of(inner, firstTime));
      case Query.Exists(var field) -> field(field, query);
      case Query.Name(var field, var pattern) -> name(field, pattern, query);
      case Query.Range range -> range(range);
      case Query.Window _ -> decided(query);
      case Query.Time(var from, var to) ->
          (shape, facts, block) -> behind(from, firstTime, block).and(before(to, firstTime, block));
      case Query.Text _ ->
          (shape, facts, block) ->
              FieldValues.hasOwnText(shape.kind()) ? Verdict.SOME : Verdict.NONE;
      case Query.Events(var ordinals) -> (shape, facts, block) -> holds(block, ordinals);
      case Query.Lucene _ -> throw new IllegalArgumentException("not resolved: " + query);
    };
  }

  private static Verdict holds(Block block, NavigableSet<Long> ordinals) {
    Long next = ordinals.ceiling(block.first);
    return next != null && next <= block.last() ? Verdict.SOME : Verdict.NONE;
  }

  private static Judge all(List<Query> parts, long firstTime) {
    Judge[] judges = parts.stream().map(part -> of(part, firstTime)).toArray(Judge[]::new);
    return (shape, facts, block) -> {
      Verdict verdict = Verdict.ALL;
      for (int i = 0; i < judges.length && verdict != Verdict.NONE; i++) {
        verdict = verdict.and(judges[i].of(shape, facts, block));
      }
      return verdict;
    };
  }

  private static Judge any(List<Query> parts, long firstTime) {
    Judge[] judges = parts.stream().map(part -> of(part, firstTime)).toArray(Judge[]::new);
    return (shape, facts, block) -> {
      Verdict verdict = Verdict.NONE;
      for (int i = 0; i < judges.length && verdict != Verdict.ALL; i++) {
        verdict = verdict.or(judges[i].of(shape, facts, block));
      }
      return verdict;
    };
  }

  private static Judge not(Judge inner) {
    return (shape, facts, block) -> inner.of(shape, facts, block).negated();
  }

  private static Judge decided(Query query) {
    Matcher matcher = Matcher.of(query);
    return (shape, facts, block) -> Verdict.of(matcher.matches(shape, facts));
  }

  private static Judge field(QueryField field, Query query) {
    if (Candidates.isOfShape(field)) {
      return decided(query);
    }
    return field == QueryField.EVENT || field == QueryField.LINE
        ? (shape, facts, block) -> Verdict.ALL
        : (shape, facts, block) -> Verdict.SOME;
  }

  private static Judge name(QueryField field, String pattern, Query query) {
    boolean opcode = field == QueryField.CALL && Character.isDigit(pattern.charAt(0));
    if (!opcode) {
      return field(field, query);
    }
    Judge named = decided(query);
    return (shape, facts, block) ->
        shape.kind() == EventKind.HCALL ? Verdict.SOME : named.of(shape, facts, block);
  }

  private static Judge range(Query.Range range) {
    long from = range.from();
    long to = range.to();
    return switch (range.field()) {
      case EVENT -> (shape, facts, block) -> inside(block.first, block.last(), from, to);
      case LINE -> (shape, facts, block) -> inside(block.minLine, block.maxLine, from, to);
      default -> field(range.field(), range);
    };
  }

  private static Verdict inside(long first, long last, long from, long to) {
    if (Long.compareUnsigned(last, from) < 0 || Long.compareUnsigned(first, to) > 0) {
      return Verdict.NONE;
    }
    boolean whole = Long.compareUnsigned(first, from) >= 0 && Long.compareUnsigned(last, to) <= 0;
    return whole ? Verdict.ALL : Verdict.SOME;
  }

  private static Verdict behind(TimePoint from, long firstTime, Block block) {
    return switch (from) {
      case TimePoint.Open _ -> Verdict.ALL;
      case TimePoint.AtEvent(long ordinal) ->
          inside(block.first, block.last(), ordinal, Long.MAX_VALUE);
      case TimePoint.Absolute(long time) ->
          stamped(block, block.maxTime < time, block.minTime >= time);
      case TimePoint.Elapsed(long time) ->
          stamped(block, block.maxTime - firstTime < time, block.minTime - firstTime >= time);
    };
  }

  private static Verdict before(TimePoint to, long firstTime, Block block) {
    return switch (to) {
      case TimePoint.Open _ -> Verdict.ALL;
      case TimePoint.AtEvent(long ordinal) -> inside(block.first, block.last(), 0, ordinal);
      case TimePoint.Absolute(long time) ->
          stamped(block, block.minTime > time, block.maxTime <= time);
      case TimePoint.Elapsed(long time) ->
          stamped(block, block.minTime - firstTime > time, block.maxTime - firstTime <= time);
    };
  }

  /** Events without a time stamp match no time, so a block that holds any is never all. */
  private static Verdict stamped(Block block, boolean none, boolean all) {
    boolean anyStamp = block.minTime <= block.maxTime;
    if (!anyStamp || none) {
      return Verdict.NONE;
    }
    return all && !block.timeless ? Verdict.ALL : Verdict.SOME;
  }
}

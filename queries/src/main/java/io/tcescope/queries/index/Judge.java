package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.Matcher;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.util.List;

/** Decides from a shape which events of it match in some place, without reading them. */
@FunctionalInterface
interface Judge {
  /** About the events there whose shape the row and the facts show. */
  ShapeMatch of(Event shape, EventFacts facts, EventSpan there);

  /** The judge of a query, for a run whose first time stamp is {@code firstTime}. */
  static Judge of(Query query, long firstTime) {
    return switch (query) {
      case Query.Everything _ -> (shape, facts, there) -> ShapeMatch.ALL;
      case Query.All(var parts) -> all(parts, firstTime);
      case Query.Any(var parts) -> any(parts, firstTime);
      case Query.Not(var inner) -> not(of(inner, firstTime));
      case Query.Exists(var field) -> field(field, query);
      case Query.Name(var field, var pattern) -> name(field, pattern, query);
      case Query.Range range -> range(range);
      case Query.Window _ -> decided(query);
      case Query.Time time -> (shape, facts, there) -> there.within(time, firstTime);
      case Query.Text _ ->
          (shape, facts, there) ->
              FieldValues.hasOwnText(shape.kind()) ? ShapeMatch.SOME : ShapeMatch.NONE;
      case Query.Events(var ordinals) -> (shape, facts, there) -> there.among(ordinals);
      case Query.Lucene _ -> throw new IllegalArgumentException("not resolved: " + query);
    };
  }

  private static Judge all(List<Query> parts, long firstTime) {
    Judge[] judges = parts.stream().map(part -> of(part, firstTime)).toArray(Judge[]::new);
    return (shape, facts, there) -> {
      ShapeMatch verdict = ShapeMatch.ALL;
      for (int i = 0; i < judges.length && verdict != ShapeMatch.NONE; i++) {
        verdict = verdict.and(judges[i].of(shape, facts, there));
      }
      return verdict;
    };
  }

  private static Judge any(List<Query> parts, long firstTime) {
    Judge[] judges = parts.stream().map(part -> of(part, firstTime)).toArray(Judge[]::new);
    return (shape, facts, there) -> {
      ShapeMatch verdict = ShapeMatch.NONE;
      for (int i = 0; i < judges.length && verdict != ShapeMatch.ALL; i++) {
        verdict = verdict.or(judges[i].of(shape, facts, there));
      }
      return verdict;
    };
  }

  private static Judge not(Judge inner) {
    return (shape, facts, there) -> inner.of(shape, facts, there).negated();
  }

  private static Judge decided(Query query) {
    Matcher matcher = Matcher.of(query);
    return (shape, facts, there) -> ShapeMatch.of(matcher.matches(shape, facts));
  }

  private static Judge field(QueryField field, Query query) {
    if (isOfShape(field)) {
      return decided(query);
    }
    return field == QueryField.EVENT || field == QueryField.LINE
        ? (shape, facts, there) -> ShapeMatch.ALL
        : (shape, facts, there) -> ShapeMatch.SOME;
  }

  private static Judge name(QueryField field, String pattern, Query query) {
    boolean opcode = field == QueryField.CALL && Character.isDigit(pattern.charAt(0));
    if (!opcode) {
      return field(field, query);
    }
    Judge named = decided(query);
    return (shape, facts, there) ->
        shape.kind() == EventKind.HCALL ? ShapeMatch.SOME : named.of(shape, facts, there);
  }

  private static Judge range(Query.Range range) {
    long from = range.from();
    long to = range.to();
    return switch (range.field()) {
      case EVENT -> (shape, facts, there) -> there.withinEvents(from, to);
      case LINE -> (shape, facts, there) -> there.withinLines(from, to);
      default -> field(range.field(), range);
    };
  }

  /** Fields whose values the shape of an event decides. */
  static boolean isOfShape(QueryField field) {
    return switch (field) {
      case CALL, KIND, NAME, LIOBN, RET, WINDOW, EFFECT, DEVICE, TASK, CPU, THREAD -> true;
      case IOBA, IOBA_RECORDED, COVERS, PAGES, TCE, FINDING, BUID, CONFIG_ADDRESS, PE -> false;
      case TIME, EVENT, LINE, FILE, START, SIZE, PAGE_SHIFT, PERM, ID, TEXT -> false;
      case SAVED, LUCENE -> false;
    };
  }
}

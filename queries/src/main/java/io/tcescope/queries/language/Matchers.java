package io.tcescope.queries.language;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Opcodes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One test for each kind of condition. */
final class Matchers {
  private Matchers() {}

  static Matcher all(List<Query> parts) {
    Matcher[] tests = parts.stream().map(Matcher::of).toArray(Matcher[]::new);
    return (event, facts) -> {
      for (Matcher test : tests) {
        if (!test.matches(event, facts)) {
          return false;
        }
      }
      return true;
    };
  }

  static Matcher any(List<Query> parts) {
    Matcher[] tests = parts.stream().map(Matcher::of).toArray(Matcher[]::new);
    return (event, facts) -> {
      for (Matcher test : tests) {
        if (test.matches(event, facts)) {
          return true;
        }
      }
      return false;
    };
  }

  static Matcher not(Matcher inner) {
    return (event, facts) -> !inner.matches(event, facts);
  }

  static Matcher exists(QueryField field) {
    return switch (field.type()) {
      case CALL -> (event, facts) -> true;
      case HEX, COUNT, STATUS -> (event, facts) -> FieldValues.has(field, event, facts);
      case NAME -> nameExists(field);
      case WINDOW, PE -> (event, facts) -> facts.generation() > 0;
      case TIME -> (event, facts) -> event.time() != Event.NO_TIME;
      case TEXT -> (event, facts) -> FieldValues.hasText(event);
      case SAVED, LUCENE -> throw new IllegalArgumentException(field + " is no property of events");
    };
  }

  private static Matcher nameExists(QueryField field) {
    return switch (field) {
      case FINDING -> (event, facts) -> !facts.findings().isEmpty();
      case EFFECT -> (event, facts) -> facts.signals() != 0;
      default -> (event, facts) -> FieldValues.name(field, event, facts) != null;
    };
  }

  static Matcher name(QueryField field, String text) {
    NamePattern pattern = new NamePattern(text);
    return switch (field) {
      case CALL -> call(text, pattern);
      case KIND -> kinds(kind -> pattern.matches(kind.group().name()));
      case RET ->
          (event, facts) ->
              event.has(Event.STATUS) && pattern.matches(FieldValues.status(event.status()));
      case EFFECT -> effect(Effects.matching(pattern));
      case FINDING -> (event, facts) -> anyMatches(pattern, facts.findings());
      case FILE -> file(pattern);
      default ->
          (event, facts) -> {
            String name = FieldValues.name(field, event, facts);
            return name != null && pattern.matches(name);
          };
    };
  }

  private static Matcher effect(int signals) {
    return (event, facts) -> (facts.signals() & signals) != 0;
  }

  private static boolean anyMatches(NamePattern pattern, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (pattern.matches(names.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** A file is known by its path as given, or by the last part of it. */
  private static Matcher file(NamePattern pattern) {
    return (event, facts) -> {
      if (event.file() >= facts.files().size()) {
        return false;
      }
      String path = facts.files().get(event.file());
      int slash = path.lastIndexOf('/');
      return pattern.matches(path) || pattern.matches(path, slash + 1, path.length());
    };
  }

  private static Matcher call(String text, NamePattern pattern) {
    var number = Quantity.number(text);
    if (number.isPresent()) {
      long opcode = number.getAsLong();
      EventKind named = Opcodes.kind(opcode);
      return (event, facts) ->
          event.kind() == named
              || (event.kind() == EventKind.HCALL && event.has(Event.ID) && event.id() == opcode);
    }
    return kinds(kind -> CallNames.matches(pattern, kind));
  }

  private static Matcher kinds(java.util.function.Predicate<EventKind> wanted) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      if (wanted.test(kind)) {
        kinds.add(kind);
      }
    }
    return (event, facts) -> kinds.contains(event.kind());
  }

  static Matcher number(QueryField field, long from, long to) {
    return switch (field) {
      case COVERS -> (event, facts) -> facts.covers(from, to);
      case TCE -> (event, facts) -> FieldValues.hasTce(event, from, to);
      case LIOBN -> // of these every call of a long recording is asked
          (event, facts) -> event.has(Event.LIOBN) && FieldValues.between(event.liobn(), from, to);
      case IOBA ->
          (event, facts) -> facts.startKnown() && FieldValues.between(facts.start(), from, to);
      default ->
          (event, facts) ->
              FieldValues.has(field, event, facts)
                  && within(field, FieldValues.number(field, event, facts), from, to);
    };
  }

  private static boolean within(QueryField field, long value, long from, long to) {
    return field.inOrder(from, value) && field.inOrder(value, to);
  }

  static Matcher window(long liobn, long generation) {
    return (event, facts) ->
        facts.generation() > 0
            && facts.windowLiobn() == liobn
            && (generation == Query.Window.ANY_GENERATION || generation == facts.generation());
  }

  static Matcher time(TimePoint from, TimePoint to) {
    return (event, facts) -> notBefore(event, facts, from) && notBehind(event, facts, to);
  }

  private static boolean notBefore(Event event, EventFacts facts, TimePoint point) {
    return switch (point) {
      case TimePoint.Open _ -> true;
      case TimePoint.AtEvent(long ordinal) -> event.ordinal() >= ordinal;
      case TimePoint.Absolute(long time) -> event.time() != Event.NO_TIME && event.time() >= time;
      case TimePoint.Elapsed(long time) ->
          event.time() != Event.NO_TIME && event.time() - facts.firstTime() >= time;
    };
  }

  private static boolean notBehind(Event event, EventFacts facts, TimePoint point) {
    return switch (point) {
      case TimePoint.Open _ -> true;
      case TimePoint.AtEvent(long ordinal) -> event.ordinal() <= ordinal;
      case TimePoint.Absolute(long time) -> event.time() != Event.NO_TIME && event.time() <= time;
      case TimePoint.Elapsed(long time) ->
          event.time() != Event.NO_TIME && event.time() - facts.firstTime() <= time;
    };
  }

  static Matcher text(List<String> words) {
    List<NamePattern> phrase = words.stream().map(NamePattern::new).toList();
    return (event, facts) -> FieldValues.hasText(event) && TextWords.contain(event.text(), phrase);
  }
}

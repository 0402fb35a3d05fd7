package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Answers questions about earlier moments by reading the recording again. It is asked only when
 * there is something to explain.
 */
final class Past {
  private final Trace trace;
  private final IommuState.Rules rules;
  private final Map<Long, OptionalLong> times = new HashMap<>();

  /** What an entry held just before an event. */
  record Question(long ordinal, DmaWindow window, long index) {}

  Past(Trace trace, IommuState.Rules rules) {
    this.trace = trace;
    this.rules = rules;
  }

  /** Nanoseconds of an event, empty if it has no time stamp or does not exist. */
  OptionalLong time(long ordinal) {
    return times.computeIfAbsent(ordinal, this::readTime);
  }

  private OptionalLong readTime(long ordinal) {
    Event event = new Event();
    boolean timed = ordinal > 0 && trace.read(ordinal).next(event) && event.time() != Event.NO_TIME;
    return timed ? OptionalLong.of(event.time()) : OptionalLong.empty();
  }

  /** Nanoseconds from one event to another, empty if either has no time stamp. */
  OptionalLong between(long earlier, long later) {
    OptionalLong from = time(earlier);
    OptionalLong to = time(later);
    return from.isPresent() && to.isPresent()
        ? OptionalLong.of(to.getAsLong() - from.getAsLong())
        : OptionalLong.empty();
  }

  /**
   * The values that entries had, of those questions whose answer is known. All are asked at once,
   * for they cost one more replay together.
   */
  Map<Question, Long> tces(Collection<Question> questions) {
    Map<Question, Long> answers = new HashMap<>();
    IommuState state = new IommuState(rules);
    TraceReader reader = trace.read(1);
    Event event = new Event();
    for (Question question : inOrder(questions)) {
      while (state.events() < question.ordinal() - 1 && reader.next(event)) {
        state.apply(event);
      }
      DmaWindow asked = question.window();
      DmaWindow then = state.window(asked.liobn());
      long index = question.index();
      boolean same = then.generation() == asked.generation() && then.contains(index);
      if (same && (then.isLive(index) || then.isKnownClear(index))) {
        answers.put(question, then.tce(index));
      }
    }
    return answers;
  }

  private static List<Question> inOrder(Collection<Question> questions) {
    return questions.stream().sorted(Comparator.comparingLong(Question::ordinal)).toList();
  }

  /** True if one of the few events before this one reads the same bus address. */
  boolean readJustBefore(long ordinal, long liobn, long ioba) {
    TraceReader reader = trace.read(Math.max(1, ordinal - 8));
    Event event = new Event();
    while (reader.next(event) && event.ordinal() < ordinal) {
      if (event.kind() == EventKind.H_GET_TCE && event.liobn() == liobn && event.ioba() == ioba) {
        return true;
      }
    }
    return false;
  }
}

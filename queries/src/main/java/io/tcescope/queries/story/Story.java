package io.tcescope.queries.story;

import io.tcescope.engine.event.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A run, told chapter by chapter, in the order in which each begins.
 *
 * @param origin time of its first event in nanoseconds as recorded, {@link Event#NO_TIME} if no
 *     event bears one
 */
public record Story(long origin, List<Chapter> chapters) {
  public Story {
    chapters = List.copyOf(chapters);
  }

  /** Nanoseconds from the run's begin to a step, empty if the recording does not tell. */
  public OptionalLong since(Step step) {
    boolean timed = origin != Event.NO_TIME && step.first().time() != Event.NO_TIME;
    return timed ? OptionalLong.of(step.first().time() - origin) : OptionalLong.empty();
  }

  /** The steps of each chapter by its subject, in the order of the chapters. */
  Map<String, List<Step>> bySubject() {
    Map<String, List<Step>> steps = new LinkedHashMap<>();
    chapters.forEach(chapter -> steps.put(chapter.subject(), chapter.steps()));
    return steps;
  }
}

package io.tcescope.queries.story;

import io.tcescope.queries.timeline.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A chapter while it is written. */
final class ChapterDraft {
  private final String subject;
  private final List<Step> steps = new ArrayList<>();

  /** What may be repeated without news, and which step told it first. */
  private final Map<String, Integer> since = new HashMap<>();

  ChapterDraft(String subject) {
    this.subject = subject;
  }

  /** Something after which all else has another meaning: what comes is told anew. */
  void turn(Moment moment, String what, String detail) {
    since.clear();
    steps.add(new Step(moment, what, detail, 1));
  }

  /** Something that may go on for long: it is told once until the next turn, and counted. */
  void tell(Moment moment, String what, String detail) {
    Integer told = since.putIfAbsent(what, steps.size());
    if (told == null) {
      steps.add(new Step(moment, what, detail, 1));
    } else {
      steps.set(told, steps.get(told).again());
    }
  }

  Chapter chapter() {
    return new Chapter(subject, steps);
  }
}

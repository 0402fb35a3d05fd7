package io.tcescope.engine.check;

import io.tcescope.engine.state.IommuState;
import java.util.ArrayList;
import java.util.List;

/** What the checks have found so far. */
final class Findings {
  private final List<Draft> drafts = new ArrayList<>();
  private boolean explained;
  private boolean lossy;

  /**
   * A new finding at an event; the caller says the rest, now or later. Behind lost records it is of
   * low confidence, whatever the caller thinks.
   */
  Draft report(Rule rule, long ordinal) {
    boolean doubtful = lossy && rule != Rule.TRACE_LOST_EVENTS;
    Draft draft = new Draft(rule, ordinal, doubtful ? Confidence.LOW : Confidence.CERTAIN);
    drafts.add(draft);
    return draft;
  }

  /** Takes a finding back that a later event disproved. */
  void withdraw(Draft draft) {
    drafts.remove(draft);
  }

  /**
   * Says that the current event follows from a cause that is reported already, so that the checks
   * behind the caller do not report it as a fault of its own.
   */
  void explain() {
    explained = true;
  }

  /** True if a check before the caller knows the cause of the current event. */
  boolean explained() {
    return explained;
  }

  /** The next event: nobody has explained it yet. */
  void at(IommuState state) {
    explained = false;
    lossy = state.isLossy();
  }

  /** True if that rule found something at that event. */
  boolean has(Rule rule, long ordinal) {
    return drafts.stream().anyMatch(draft -> draft.is(rule, ordinal));
  }

  /** All findings, in the order of their events. */
  List<Finding> sorted() {
    return drafts.stream().map(Draft::finish).sorted(Finding.ORDER).toList();
  }
}

package io.tcescope.queries.story;

import io.tcescope.queries.timeline.Moment;

/**
 * One thing that happened.
 *
 * @param first where it was seen, of what is repeated for the first time
 * @param what it was, in words that are the same whenever the same happens: without times, counts
 *     and addresses that allocators choose
 * @param detail what may differ from run to run, such as how many entries were live; may be empty
 * @param count how often it happened before something else of note did
 */
public record Step(Moment first, String what, String detail, long count) {
  Step again() {
    return new Step(first, what, detail, count + 1);
  }
}

package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;

/** How a call that one recording tells stands to what the main recording tells. */
enum Testimony {
  /** The main recording does not hold the call, and need not. */
  ALONE(""),
  /** Both hold it. */
  AGREES(""),
  /** The main recording may hold it: without times nobody can tell which call it is. */
  PERHAPS(""),
  /** Both hold it, with different results. */
  DIFFERS("contradiction: the main recording has another result of this call: "),
  /** The main recording was running and writes calls of that kind, and does not hold it. */
  MISSING("contradiction: the main recording has no such call: ");

  /** Enough to tell a call by; the row of a table may hold a list of hundreds. */
  private static final int MOST_QUOTED = 200;

  private final String words;

  Testimony(String words) {
    this.words = words;
  }

  /** What two records of one call make of each other. */
  static Testimony ofTwins(Calls mine, int call, Calls theirs, int twin) {
    long here = mine.status[call];
    long there = theirs.status[twin];
    // A kernel that hands the call on is not the one that ends it.
    boolean bothEnd = here != HcallStatus.H_TOO_HARD && there != HcallStatus.H_TOO_HARD;
    return bothEnd && here != there ? DIFFERS : AGREES;
  }

  /**
   * What a record makes of its absence from a recording that writes such calls and was running.
   * QEMU leaves out some refused calls; these change nothing anyway. A record that does not tell
   * its operation in full cannot be looked for.
   */
  static Testimony ofMissing(Calls mine, int call) {
    boolean isFull = mine.kind[call] != EventKind.HCALL;
    return isFull && mine.status[call] == HcallStatus.H_SUCCESS ? MISSING : ALONE;
  }

  boolean isContradiction() {
    return !words.isEmpty();
  }

  /** Says so in the record. */
  void annotate(Event event) {
    if (this == ALONE) {
      return;
    }
    event.holding(Event.WITNESS);
    if (isContradiction() && event.kind() != EventKind.QUERY_PE_DMA_WINDOW) {
      event.holding(Event.CONTRADICTION).withText(words + quoted(event));
    }
  }

  private static String quoted(Event event) {
    String text = event.text();
    return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "...";
  }
}

package io.tcescope.traces.csv;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line between the rows that the recorder wrote for people: bpftrace prints what it attaches, its
 * warnings, what it lost, and its maps when it ends, all into the same stream as the rows.
 *
 * @param lost how many records it lost, negative if it lost none
 */
record RecorderNote(boolean isNote, long lost) {
  private static final RecorderNote NONE = new RecorderNote(false, -1);

  private static final Pattern LOST =
      Pattern.compile("^(?:WARNING: )?Lost (\\d{1,18}) events\\s*$");

  private static final Pattern NOTE =
      Pattern.compile(
          "^(?:Attach(?:ing|ed) \\d+ probes?.*|(?:\\S+:\\d+(?::\\d+-\\d+)?: )?(?:WARNING|ERROR): .*"
              + "|@\\w*(?:\\[.*\\])?: .*|\\s*)$");

  /** What a line says that is no row. */
  static RecorderNote of(String line) {
    Matcher lost = LOST.matcher(line);
    if (lost.find()) {
      return new RecorderNote(true, Long.parseLong(lost.group(1)));
    }
    return NOTE.matcher(line).find() ? new RecorderNote(true, -1) : NONE;
  }

  boolean saysLost() {
    return lost >= 0;
  }
}

package io.tcescope.traces.ftrace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a tracer's text that is no record.
 *
 * @param cpu the processor that lost records, -1 if the line does not tell
 * @param count how many records were lost, negative if the line does not tell
 */
record TracerRemark(Kind kind, int cpu, long count) {
  static final String NAME = "tracer";
  static final int LONGEST = 512;

  /** What such a line says. */
  enum Kind {
    /** Records are missing here. */
    LOST,
    /** Header, column titles, where a processor's buffer begins, the calls that led to a record. */
    NOTE,
    /** Nothing that a tracer writes. */
    FOREIGN
  }

  /** tracefs and trace-cmd: {@code CPU:3 [LOST 120 EVENTS]}, {@code CPU:3 [120 EVENTS DROPPED]}. */
  private static final Pattern LOST =
      Pattern.compile("^\\s*CPU:(\\d{1,6}) \\[(?:LOST )?(?:(\\d{1,18}) )?EVENTS(?: DROPPED)?\\]");

  private static final Pattern PERF_LOST =
      Pattern.compile("PERF_RECORD_LOST(?:_SAMPLES)? lost (\\d{1,18})");

  /** What perf says at the end; a chunk is any number of records. */
  private static final Pattern PERF_CHUNKS =
      Pattern.compile("Processed \\d+ events and lost \\d+ chunks!");

  /** The ring was written over: what is in it is not all that was written. */
  private static final Pattern ENTRIES =
      Pattern.compile("^# entries-in-buffer/entries-written: (\\d{1,18})/(\\d{1,18})");

  private static final Pattern NOTE =
      Pattern.compile(
          "^(?:#.*|cpus=\\d+|version = \\d+|CPU \\d+ is empty|\\s*| => .*|\\s+[0-9a-f]{8,16} \\S.*)$");

  static TracerRemark of(String line) {
    Matcher lost = LOST.matcher(line);
    if (lost.find()) {
      long count = lost.group(2) == null ? -1 : Long.parseLong(lost.group(2));
      return new TracerRemark(Kind.LOST, Integer.parseInt(lost.group(1)), count);
    }
    Matcher perf = PERF_LOST.matcher(line);
    if (perf.find()) {
      return new TracerRemark(Kind.LOST, -1, Long.parseLong(perf.group(1)));
    }
    if (PERF_CHUNKS.matcher(line).find()) {
      return new TracerRemark(Kind.LOST, -1, -1);
    }
    Matcher entries = ENTRIES.matcher(line);
    if (entries.find()) {
      long overwritten = Long.parseLong(entries.group(2)) - Long.parseLong(entries.group(1));
      return new TracerRemark(overwritten > 0 ? Kind.LOST : Kind.NOTE, -1, overwritten);
    }
    return new TracerRemark(NOTE.matcher(line).matches() ? Kind.NOTE : Kind.FOREIGN, -1, 0);
  }
}

package io.tcescope.traces.ftrace;

import java.nio.charset.StandardCharsets;

/**
 * What stands before the event's name where the tracer writes its latency format: task, process,
 * processor and flags in one, and the microseconds since the recording began.
 *
 * <pre>
 *   CPU 0/KV-4713   10d..2. 100us+: kvm_hcall_enter: VCPU 0: hcall=H_CEDE ...
 * </pre>
 */
final class LatencyHeader {
  private static final byte[] MICROSECONDS = "us".getBytes(StandardCharsets.US_ASCII);
  private static final int FEWEST_FLAGS = 4;
  private static final int MOST_FLAGS = 6;
  private static final long NANOS = 1000;
  private static final int DIGITS = 6;

  private final LineText text;

  LatencyHeader(LineText text) {
    this.text = text;
  }

  /** Fills the line's header, with the text at the event's name then; false if it is not this. */
  boolean read(LineHeader line) {
    for (long dash = text.find('-', line.taskFrom);
        dash < text.end;
        dash = text.find('-', dash + 1)) {
      text.at = dash + 1;
      if (process(line) && processor(line) && time(line)) {
        line.taskTo = dash;
        return true;
      }
    }
    return false;
  }

  private boolean process(LineHeader line) {
    boolean digit = LineText.isDigit(text.here());
    line.thread = text.decimal();
    return digit && text.here() == ' ';
  }

  private boolean processor(LineHeader line) {
    text.skipBlanks();
    boolean digit = LineText.isDigit(text.here());
    line.cpu = (int) text.decimal();
    long flags = text.at;
    text.skipTo(' ');
    long length = text.at - flags;
    return digit && length >= FEWEST_FLAGS && length <= MOST_FLAGS;
  }

  /** The character behind the unit marks a long time since the record before. */
  private boolean time(LineHeader line) {
    text.skipBlanks();
    boolean digit = LineText.isDigit(text.here());
    line.time = text.decimal() * NANOS;
    line.digits = DIGITS;
    if (!digit || !text.pass(MICROSECONDS)) {
      return false;
    }
    text.pass();
    boolean ends = text.here() == ':';
    text.pass();
    return ends;
  }
}

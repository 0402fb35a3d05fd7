package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.text.TerminalControls;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a kernel log: its message, and what stands before it. That is, in this order and each
 * of it possibly missing: levels, dates and tags of loggers, the kernel's own stamp, the caller.
 * The kernel's time wins over a logger's.
 *
 * @param text the line without colours and returns
 * @param start where in it the message begins
 * @param time in nanoseconds, {@link Event#NO_TIME} where the line tells none
 * @param digits of the time's fraction as written
 * @param fromKernel false if a program's line may stand there as well
 * @param isEntry true if it was read from a {@link JournalEntry}
 */
record DmesgLine(
    String text,
    int start,
    long time,
    int digits,
    String caller,
    boolean fromKernel,
    boolean isEntry) {
  /** {@code <6>}, with the version of RFC 5424, and the words of {@code dmesg --decode}. */
  private static final Pattern LEVEL =
      Pattern.compile("<\\d{1,3}>(?:1 )?|(?:kern|user|daemon|auth|syslog|local\\d) *:[a-z]+ *: ?");

  /** A time of day alone is no place in time: another day may begin between two lines. */
  private static final Pattern CLOCK =
      Pattern.compile("\\[?\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?\\]? +");

  /** Host and tag, as journald and syslog write them, or RFC 5424. */
  private static final Pattern TAG =
      Pattern.compile("(?:\\S+ ){0,2}?kernel(?:\\[\\d+\\])?(?:: ?| - - - \\ufeff?)");

  /** {@code /dev/kmsg}: level, sequence number, microseconds, flags, perhaps the caller. */
  private static final Pattern KMSG =
      Pattern.compile("\\d{1,4},\\d+,(\\d{1,15}),[^;,]*(?:,caller=([TC]\\d+))?[^;]*;");

  /**
   * The kernel's own stamp, {@code [ 2.157549]}, in seconds since boot; {@code dmesg --show-delta}
   * and {@code journalctl -o short-delta} have the time since the line before behind it.
   */
  private static final Pattern SECONDS =
      Pattern.compile("\\[ *([0-8]?\\d{1,9})\\.(\\d{1,9})(?: *<[ .\\d]*>| +)?\\] ?");

  /** Only the time since the line before, or a minute: {@code dmesg --reltime}, {@code -d -t}. */
  private static final Pattern RELATIVE =
      Pattern.compile(
          "\\[(?:<[ .\\d]*>| *\\+\\d+\\.\\d+|[A-Z][a-z]{2} ?\\d{1,2} \\d\\d:\\d\\d)\\] ?");

  /** Whatever else a logger, a terminal or a firmware wrote before the kernel's own stamp. */
  private static final Pattern OTHER_WORDS =
      Pattern.compile(".{1,100}?(?=\\[ *\\d{1,9}\\.\\d{6}\\])");

  /** Thread or processor that printed the line (CONFIG_PRINTK_CALLER). */
  private static final Pattern CALLER = Pattern.compile("\\[ *([TC]\\d+)\\] ?");

  private static final Pattern BLANKS = Pattern.compile(" *");

  private static final String MARGIN = "\r\ufeff\u001e";
  private static final long NANOS_OF_MICRO = 1000;

  static DmesgLine of(String raw) {
    String text = withoutMargins(TerminalControls.removed(raw));
    return JournalEntry.of(text).map(JournalEntry::line).orElseGet(() -> ofText(text));
  }

  private static DmesgLine ofText(String text) {
    Parser parser = new Parser(text);
    parser.parse();
    return parser.result();
  }

  /**
   * Without a mark that the text is UTF-8 or that another JSON text begins (RFC 7464), and the
   * returns of consoles and pagers.
   */
  private static String withoutMargins(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && MARGIN.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && text.charAt(to - 1) == '\r') {
      to--;
    }
    return text.substring(from, to);
  }

  String message() {
    return text.substring(start);
  }

  boolean isStamped() {
    return time != Event.NO_TIME;
  }

  /** Takes one part of the prefix after the other. */
  private static final class Parser {
    private final String text;
    private final Matcher matcher;
    private int at;
    private long time = Event.NO_TIME;
    private int digits;
    private String caller = "";
    private boolean fromKernel;

    Parser(String text) {
      this.text = text;
      this.matcher = LEVEL.matcher(text);
    }

    void parse() {
      boolean stamped = takeStamp();
      while (!stamped && takeOfLogger()) {
        stamped = takeStamp();
      }
      if (!stamped && !fromKernel && take(OTHER_WORDS)) {
        takeStamp();
      }
      if (take(CALLER)) {
        caller = matcher.group(1);
      }
      // journald's monotonic stamp looks like the kernel's, but its tag follows.
      fromKernel |= take(TAG);
      take(BLANKS);
    }

    private boolean takeOfLogger() {
      if (take(CLOCK) || takeDate()) {
        return true;
      }
      boolean taken = take(LEVEL) || take(TAG);
      fromKernel |= taken;
      return taken;
    }

    private boolean takeDate() {
      Optional<LoggerStamp> date = LoggerStamp.at(text, at);
      date.ifPresent(
          stamp -> {
            at = stamp.end();
            time = stamp.time();
            digits = stamp.digits();
            fromKernel |= stamp.fromDmesg();
          });
      return date.isPresent();
    }

    private boolean takeStamp() {
      if (take(KMSG)) {
        stamp(Long.parseLong(matcher.group(1)) * NANOS_OF_MICRO, 6);
        caller = matcher.group(2) == null ? "" : matcher.group(2);
      } else if (take(SECONDS)) {
        String fraction = matcher.group(2);
        stamp(LoggerStamp.nanos(Long.parseLong(matcher.group(1)), fraction), fraction.length());
      } else if (take(RELATIVE)) {
        fromKernel = true;
      } else {
        return false;
      }
      return true;
    }

    private void stamp(long nanoseconds, int decimals) {
      time = nanoseconds;
      digits = decimals;
      fromKernel = true;
    }

    private boolean take(Pattern part) {
      if (!matcher.usePattern(part).region(at, text.length()).lookingAt()) {
        return false;
      }
      at = matcher.end();
      return true;
    }

    DmesgLine result() {
      return new DmesgLine(text, at, time, digits, caller, fromKernel, false);
    }
  }
}

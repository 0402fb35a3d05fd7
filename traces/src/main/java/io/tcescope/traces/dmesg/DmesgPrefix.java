package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.Event;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the message in a line of a kernel log: level, time stamp, caller, and where
 * the message begins. Any of them may be missing; several loggers may have added theirs in turn.
 */
record DmesgPrefix(long time, int digits, String caller, int message, boolean fromKernel) {
  /** {@code <6>}, and {@code dmesg --decode}'s facility and level. */
  private static final Pattern LEVEL =
      Pattern.compile("\\G(?:<\\d+>|(?:kern|user|daemon) *:[a-z]+ *: ?)");

  /** The kernel's own stamp, {@code [ 2.157549]}, in seconds since boot. */
  private static final Pattern SECONDS = Pattern.compile("\\G\\[ *(\\d{1,10})\\.(\\d{1,9})\\] ?");

  /** Thread or processor that printed the line (CONFIG_PRINTK_CALLER). */
  private static final Pattern CALLER = Pattern.compile("\\G\\[ *([TC]\\d+)\\] ?");

  /** {@code dmesg --ctime}: local wall time in full seconds. */
  private static final Pattern CTIME =
      Pattern.compile("\\G\\[([A-Z][a-z]{2} [A-Z][a-z]{2} +\\d+ \\d\\d:\\d\\d:\\d\\d \\d{4})\\] ?");

  /** {@code dmesg --time-format iso} and journald's {@code short-iso-precise}. */
  private static final Pattern ISO =
      Pattern.compile(
          "\\G(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?(Z|[+-]\\d\\d:?\\d\\d) ");

  /** Classic syslog and journald: no year, full seconds. */
  private static final Pattern SYSLOG =
      Pattern.compile("\\G([A-Z][a-z]{2} +\\d+ \\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,9}))? ");

  /** Host and tag after a syslog stamp. */
  private static final Pattern TAG = Pattern.compile("\\G\\S+ kernel(?:\\[\\d+\\])?: ?");

  /** {@code /dev/kmsg}: level, sequence number, microseconds, flags. */
  private static final Pattern KMSG = Pattern.compile("\\G\\d+,\\d+,(\\d+),[^;]*;");

  private static final DateTimeFormatter CTIME_FORMAT =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

  /** A syslog stamp has no year: any leap year keeps every date valid and the order right. */
  private static final DateTimeFormatter SYSLOG_FORMAT =
      DateTimeFormatter.ofPattern("yyyy MMM d HH:mm:ss", Locale.ROOT);

  private static final long NANOS = 1_000_000_000;

  static DmesgPrefix of(String line) {
    Parser parser = new Parser(line);
    parser.parse();
    return parser.result();
  }

  /** True if anything but bare text was found. */
  boolean isStamped() {
    return time != Event.NO_TIME;
  }

  /** Takes one part of the prefix after the other; the kernel's own time wins over a logger's. */
  private static final class Parser {
    private final String line;
    private long time = Event.NO_TIME;
    private int digits;
    private String caller = "";
    private int at;
    private boolean fromKernel;

    Parser(String line) {
      this.line = line;
    }

    void parse() {
      Matcher matcher = LEVEL.matcher(line);
      skip(matcher);
      loggerStamp(matcher);
      skip(matcher.usePattern(LEVEL));
      if (take(matcher.usePattern(KMSG))) {
        stamp(Long.parseLong(clip(matcher.group(1))) * 1000, 6);
      }
      if (take(matcher.usePattern(SECONDS))) {
        String fraction = matcher.group(2);
        stamp(Long.parseLong(matcher.group(1)) * NANOS + nanos(fraction), fraction.length());
      }
      if (take(matcher.usePattern(CALLER))) {
        caller = matcher.group(1);
      }
    }

    private void loggerStamp(Matcher matcher) {
      if (take(matcher.usePattern(ISO))) {
        wall(
            text -> OffsetDateTime.parse(text).toEpochSecond(),
            matcher.group(1) + zone(matcher.group(3)),
            matcher.group(2));
      } else if (take(matcher.usePattern(SYSLOG))) {
        wall(text -> local("2000 " + text, SYSLOG_FORMAT), matcher.group(1), matcher.group(2));
      } else if (take(matcher.usePattern(CTIME))) {
        wall(text -> local(text, CTIME_FORMAT), matcher.group(1), null);
        fromKernel = true;
        return;
      }
      fromKernel |= take(matcher.usePattern(TAG));
    }

    private void skip(Matcher matcher) {
      fromKernel |= take(matcher);
    }

    private boolean take(Matcher matcher) {
      if (!matcher.find(at)) {
        return false;
      }
      at = matcher.end();
      return true;
    }

    private void stamp(long nanoseconds, int decimals) {
      time = nanoseconds;
      digits = decimals;
      fromKernel = true;
    }

    /** Takes a wall clock stamp; what looks like a date and is none is message text. */
    private void wall(ToLongFunction<String> seconds, String stamp, @Nullable String fraction) {
      try {
        time = seconds.applyAsLong(stamp) * NANOS + (fraction == null ? 0 : nanos(fraction));
        digits = fraction == null ? 0 : fraction.length();
      } catch (DateTimeException notDate) {
        at = 0;
      }
    }

    private static long local(String stamp, DateTimeFormatter format) {
      return LocalDateTime.parse(stamp.replaceAll(" +", " "), format).toEpochSecond(ZoneOffset.UTC);
    }

    private static String zone(String zone) {
      return zone.length() == 5 ? zone.substring(0, 3) + ":" + zone.substring(3) : zone;
    }

    private static String clip(String number) {
      return number.length() > 15 ? number.substring(number.length() - 15) : number;
    }

    private static long nanos(String fraction) {
      return Long.parseLong((fraction + "000000000").substring(0, 9));
    }

    DmesgPrefix result() {
      return new DmesgPrefix(time, digits, caller, at, fromKernel);
    }
  }
}

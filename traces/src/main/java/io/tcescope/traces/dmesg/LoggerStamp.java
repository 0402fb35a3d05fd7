package io.tcescope.traces.dmesg;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date with its time of day before a line, in one of the forms in which loggers write them. A
 * local time without its zone is read as if it were UTC.
 *
 * @param time in nanoseconds since 1970
 * @param digits of its fraction as written
 * @param end where the line goes on
 * @param fromDmesg true if none but dmesg writes it like this
 */
record LoggerStamp(long time, int digits, int end, boolean fromDmesg) {
  private record Form(Pattern pattern, boolean fromDmesg, ToLongFunction<Matcher> seconds) {}

  private static final String DAY = "[A-Z][a-z]{2} ";
  private static final String MONTH_AND_DAY = "[A-Z][a-z]{2} +\\d{1,2}";
  private static final String CLOCK = "\\d\\d:\\d\\d:\\d\\d";
  private static final String FRACTION = "(?:[.,](?<fraction>\\d{1,9}))?";
  private static final String BEHIND = "(?: +|$)";

  private static final DateTimeFormatter WITH_YEAR =
      DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ROOT);

  /** A syslog stamp has no year: any leap year keeps every date valid and the order right. */
  private static final String SOME_YEAR = " 2000";

  private static final long NANOS_OF_SECOND = 1_000_000_000;

  private static final List<Form> FORMS =
      List.of(
          // dmesg --time-format iso, journalctl -o short-iso, short-full, with-unit; ts, terminals
          form(
              "\\[?(?:"
                  + DAY
                  + ")?(?<date>\\d{4}-\\d\\d-\\d\\d)[T ](?<clock>"
                  + CLOCK
                  + ")"
                  + FRACTION
                  + "(?: ?(?<zone>Z|[+-]\\d\\d(?::?\\d\\d)?)| [A-Z]{2,5})?\\]?"
                  + BEHIND,
              false,
              LoggerStamp::iso),
          // classic syslog, journalctl -o short and short-precise
          form(
              "(?<date>" + MONTH_AND_DAY + " " + CLOCK + ")" + FRACTION + BEHIND,
              false,
              matched -> local(matched.group("date") + SOME_YEAR)),
          form(
              "\\["
                  + DAY
                  + "(?<date>"
                  + MONTH_AND_DAY
                  + " "
                  + CLOCK
                  + " \\d{4})"
                  + FRACTION
                  + "\\] ?",
              true,
              matched -> local(matched.group("date"))),
          // journalctl -o short-unix
          form(
              "(?<date>\\d{9,10})\\.(?<fraction>\\d{3,9})" + BEHIND,
              false,
              matched -> Long.parseLong(matched.group("date"))));

  private static Form form(String pattern, boolean fromDmesg, ToLongFunction<Matcher> seconds) {
    return new Form(Pattern.compile(pattern), fromDmesg, seconds);
  }

  /** The stamp that begins at a place of a line; what looks like a date and is none is text. */
  static Optional<LoggerStamp> at(String line, int from) {
    for (Form form : FORMS) {
      Matcher matcher = form.pattern.matcher(line).region(from, line.length());
      if (matcher.lookingAt()) {
        return read(form, matcher);
      }
    }
    return Optional.empty();
  }

  private static Optional<LoggerStamp> read(Form form, Matcher matched) {
    String fraction = matched.group("fraction");
    try {
      long time = nanos(form.seconds.applyAsLong(matched), fraction);
      int digits = fraction == null ? 0 : fraction.length();
      return Optional.of(new LoggerStamp(time, digits, matched.end(), form.fromDmesg));
    } catch (DateTimeException notDate) {
      return Optional.empty();
    }
  }

  /** Nanoseconds of a time in seconds and decimals of a second. */
  static long nanos(long seconds, @Nullable String fraction) {
    long decimals = fraction == null ? 0 : Long.parseLong((fraction + "00000000").substring(0, 9));
    return seconds * NANOS_OF_SECOND + decimals;
  }

  private static long iso(Matcher matched) {
    String zone = matched.group("zone");
    return LocalDateTime.parse(matched.group("date") + "T" + matched.group("clock"))
        .toEpochSecond(zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone));
  }

  private static long local(String date) {
    return LocalDateTime.parse(date.replaceAll(" +", " "), WITH_YEAR).toEpochSecond(ZoneOffset.UTC);
  }
}

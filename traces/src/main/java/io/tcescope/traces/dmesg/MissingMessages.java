package io.tcescope.traces.dmesg;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of the kernel or a logger on messages that a log does not hold.
 *
 * @param count of them, -1 if nobody says how many
 * @param alike true if all of them are of one function, whose messages came too fast: nothing else
 *     is missing
 */
record MissingMessages(long count, boolean alike) {
  /** printk, whose console was too slow; journald, which the kernel's buffer overran. */
  private static final Pattern ANY =
      Pattern.compile(
          "\\*\\* (?<count>\\d{1,18}) printk messages dropped"
              + "|journald.*: Missed (?<missed>\\d{1,18}) kernel messages"
              + "|/dev/kmsg buffer overrun, some messages lost");

  /**
   * printk_ratelimited and its kin, in the words of all kernels; not the "output lines" that
   * programs were kept from writing into the log.
   */
  private static final Pattern ALIKE =
      Pattern.compile(": (\\d{1,18}) (?:callbacks|messages) suppressed");

  /** What a line says of missing messages, empty if nothing. */
  static Optional<MissingMessages> in(String line) {
    if (!line.contains(" suppressed") && !line.contains(" messages")) {
      return Optional.empty();
    }
    Matcher alike = ALIKE.matcher(line);
    if (alike.find()) {
      return Optional.of(new MissingMessages(Long.parseLong(alike.group(1)), true));
    }
    Matcher any = ANY.matcher(line);
    if (!any.find()) {
      return Optional.empty();
    }
    String count = any.group("count") == null ? any.group("missed") : any.group("count");
    return Optional.of(new MissingMessages(count == null ? -1 : Long.parseLong(count), false));
  }
}

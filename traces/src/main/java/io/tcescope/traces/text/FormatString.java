package io.tcescope.traces.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as the format string has it by which a program wrote it: literals, and the numbers between
 * them. One loop reads all such texts, so that the little code there is gets compiled at once.
 */
public final class FormatString {
  /**
   * A literal and the number behind it, if there is one.
   *
   * @param prefixed the literal with 0x before the number
   * @param plain the literal without, and with all there is of a pointer that is null
   */
  private record Step(Literal prefixed, Literal plain, char number, boolean isOptional) {
    static Step of(String text, char number, boolean isOptional) {
      boolean hasPrefix = number == HEX || number == POINTER;
      Literal prefixed = Literal.of(hasPrefix ? text + PREFIX : text);
      Literal plain = Literal.of(number == POINTER ? text + NULL : text);
      return new Step(prefixed, plain, number, isOptional);
    }

    boolean isHex() {
      return number == HEX || number == POINTER;
    }
  }

  private static final String PREFIX = "0x";
  private static final String NULL = "(nil)";
  private static final int PIECE = Literal.LONGEST - NULL.length();

  private static final char NO_NUMBER = ' ';
  private static final char HEX = 'x';
  private static final char DECIMAL = 'd';
  private static final char POINTER = 'p';
  private static final int MOST_DIGITS = 2 * Octet.LENGTH;

  /** No step looks further ahead: at a literal, the digits of a number, and one word behind. */
  private static final int STEP_LENGTH = Literal.LONGEST + MOST_DIGITS + Octet.LENGTH;

  /** What stands between two numbers, the kind of the second, and whether both may be missing. */
  private static final Pattern STEP = Pattern.compile("(\\[)?([^%\\[\\]*]+)(?:%([xdp]))?]?");

  private final Step[] steps;
  private final int numbers;
  private final boolean hasRest;

  private FormatString(List<Step> steps, boolean hasRest) {
    this.steps = steps.toArray(Step[]::new);
    this.hasRest = hasRest;
    this.numbers = (int) steps.stream().filter(s -> s.number != NO_NUMBER && !s.isOptional).count();
  }

  /**
   * In the format {@code %x} is hexadecimal, {@code %d} decimal, {@code %p} a pointer, which may be
   * {@code (nil)}; what stands in brackets may be missing, and {@code *} at the end is the rest of
   * the line. A hexadecimal number may have 0x before it or not: none can be misread for that.
   */
  public static FormatString of(String format) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(format);
    while (matcher.find()) {
      boolean isOptional = matcher.group(1) != null;
      String text = matcher.group(2);
      String number = matcher.group(3);
      for (; text.length() > PIECE; text = text.substring(PIECE)) {
        steps.add(Step.of(text.substring(0, PIECE), NO_NUMBER, isOptional));
      }
      steps.add(Step.of(text, number == null ? NO_NUMBER : number.charAt(0), isOptional));
    }
    return new FormatString(steps, format.endsWith("*"));
  }

  /** How many numbers the text has at least. */
  public int numbers() {
    return numbers;
  }

  /**
   * Reads the text at the cursor and says how many numbers it had; the cursor has failed if the
   * text is another.
   */
  public int read(TextCursor in, long[] values) {
    byte[] text = in.window;
    int at = in.at; // not in the cursor meanwhile: where a number begins is what the next waits for
    int count = 0;
    for (Step step : steps) {
      at = in.near(at, STEP_LENGTH);
      if (step.prefixed.isAt(text, at)) {
        at += step.prefixed.length;
      } else if (step.plain.isAt(text, at)) {
        at += step.plain.length;
        if (step.number == POINTER) {
          values[count++] = 0;
          continue;
        }
      } else if (step.isOptional) {
        continue;
      } else {
        in.fail();
        break;
      }
      if (step.isHex()) {
        int digits = hexDigits(text, at);
        values[count++] = hex(text, at, digits);
        in.failed |= digits == 0 || digits > MOST_DIGITS;
        at += digits;
      } else if (step.number == DECIMAL && isOneDigit(text, at)) {
        values[count++] = (long) text[at++] - '0';
      } else if (step.number == DECIMAL) {
        in.at = at;
        values[count++] = in.decimal();
        at = in.at;
      }
    }
    in.at = at;
    if (hasRest && !in.failed) {
      in.skipLine();
    }
    return count;
  }

  /** How many digits stand there, also if they are too many for a number. */
  private static int hexDigits(byte[] text, int at) {
    int digits = Octet.hexDigits(TextCursor.word(text, at));
    if (digits < Octet.LENGTH) {
      return digits;
    }
    int more = Octet.hexDigits(TextCursor.word(text, at + Octet.LENGTH));
    if (more < Octet.LENGTH) {
      return Octet.LENGTH + more;
    }
    return MOST_DIGITS + Octet.hexDigits(TextCursor.word(text, at + MOST_DIGITS));
  }

  private static long hex(byte[] text, int at, int digits) {
    long word = TextCursor.word(text, at);
    if (digits < Octet.LENGTH) {
      return Octet.hex(word, digits);
    }
    int more = Math.min(digits, MOST_DIGITS) - Octet.LENGTH;
    long low = Octet.hex(TextCursor.word(text, at + Octet.LENGTH), more);
    return Octet.hex(word, Octet.LENGTH) << (4 * more) | low;
  }

  private static boolean isOneDigit(byte[] text, int at) {
    return isDigit(text[at]) && !isDigit(text[at + 1]);
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}

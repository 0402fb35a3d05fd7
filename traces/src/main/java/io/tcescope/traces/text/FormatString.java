package io.tcescope.traces.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as the format string has it by which a program wrote it: literals, and the numbers between
 * them. One loop reads all such texts, so that the little code there is gets compiled at once;
 * another writes them.
 */
public final class FormatString {
  /**
   * A literal and the number behind it, if there is one.
   *
   * @param prefixed the literal with 0x before the number
   * @param plain the literal without, and with all there is of a pointer that is null
   */
  private record Step(
      String text, Literal prefixed, Literal plain, char number, boolean isOptional) {
    static Step of(String text, char number, boolean isOptional) {
      Literal prefixed = Literal.of(isHex(number) ? text + PREFIX : text);
      Literal plain = Literal.of(number == POINTER ? text + NULL : text);
      return new Step(text, prefixed, plain, number, isOptional);
    }

    boolean isHex() {
      return isHex(number);
    }

    private static boolean isHex(char number) {
      return number == HEX || number == BARE_HEX || number == POINTER;
    }

    boolean isNumber() {
      return number != NO_NUMBER && number != TEXT;
    }

    void write(Values values, StringBuilder out) {
      out.append(text);
      switch (number) {
        case HEX -> out.append(PREFIX).append(Long.toHexString(values.number()));
        case BARE_HEX -> out.append(Long.toHexString(values.number()));
        case POINTER -> out.append(pointer(values.number()));
        case DECIMAL -> out.append(values.number());
        case TEXT -> out.append(values.text());
        default -> {
          // Only the literal.
        }
      }
    }

    private static String pointer(long value) {
      return value == 0 ? NULL : PREFIX + Long.toHexString(value);
    }
  }

  /** The values of a text to be written, in order. */
  public interface Values {
    /** How many more numbers there can be. */
    int left();

    long number();

    String text();
  }

  private static final String PREFIX = "0x";
  private static final String NULL = "(nil)";
  private static final int PIECE = Literal.LONGEST - NULL.length();

  private static final char NO_NUMBER = ' ';
  private static final char HEX = 'x';
  private static final char DECIMAL = 'd';
  private static final char POINTER = 'p';
  private static final char BARE_HEX = 'h';
  private static final char TEXT = 's';
  private static final int MOST_DIGITS = 2 * Octet.LENGTH;

  /** No step looks further ahead: at a literal, the digits of a number, and one word behind. */
  private static final int STEP_LENGTH = Literal.LONGEST + MOST_DIGITS + Octet.LENGTH;

  /** What stands between two numbers, the kind of the second, and whether both may be missing. */
  private static final Pattern STEP = Pattern.compile("(\\[)?([^%\\[\\]*]+)(?:%([xhdps]))?]?");

  private final Step[] steps;
  private final Step[] unread;
  private final int numbers;
  private final boolean hasRest;

  private FormatString(List<Step> steps, List<Step> unread, boolean hasRest) {
    this.steps = steps.toArray(Step[]::new);
    this.unread = unread.toArray(Step[]::new);
    this.hasRest = hasRest;
    this.numbers = required(this.steps, 0);
  }

  private static int required(Step[] steps, int from) {
    int required = 0;
    for (int i = from; i < steps.length; i++) {
      required += steps[i].isNumber() && !steps[i].isOptional ? 1 : 0;
    }
    return required;
  }

  /**
   * In the format {@code %x} is hexadecimal, {@code %h} the same, written without 0x, {@code %d}
   * decimal, {@code %p} a pointer, which may be {@code (nil)}; what stands in brackets may be
   * missing, and {@code *} begins what is not read of the line: only there a text, {@code %s}, may
   * stand. A hexadecimal number that is read may have 0x before it or not: none can be misread for
   * that.
   */
  public static FormatString of(String format) {
    int rest = format.indexOf('*');
    return rest < 0
        ? new FormatString(steps(format), List.of(), false)
        : new FormatString(steps(format.substring(0, rest)), steps(format.substring(rest)), true);
  }

  private static List<Step> steps(String format) {
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
    return steps;
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

  /**
   * Writes the text with 0x before all hexadecimal numbers but bare ones, and with what may be
   * missing only if there are numbers for it.
   */
  public void write(Values values, StringBuilder out) {
    write(steps, required(unread, 0), values, out);
    write(unread, 0, values, out);
  }

  private static void write(Step[] steps, int after, Values values, StringBuilder out) {
    for (int i = 0; i < steps.length; i++) {
      if (!steps[i].isOptional || values.left() > required(steps, i) + after) {
        steps[i].write(values, out);
      }
    }
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

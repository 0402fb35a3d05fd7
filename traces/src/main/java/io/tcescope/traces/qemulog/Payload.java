package io.tcescope.traces.qemulog;

import io.tcescope.traces.text.Literal;
import io.tcescope.traces.text.TextCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an event behind its name, as QEMU's format string has it (trace-formats.md, section
 * 1): literals, and the numbers between them. One loop reads all events, so that the little code
 * there is gets compiled at once.
 */
final class Payload {
  /** The most numbers that an event has. */
  static final int MOST_NUMBERS = 8;

  /** A literal with a number behind it, or with none; the same with the prefix of the number. */
  private record Step(Literal literal, Literal prefixed, char number, boolean isOptional) {
    static Step of(String text, char number, boolean isOptional) {
      return new Step(Literal.of(text), Literal.of(text + PREFIX), number, isOptional);
    }
  }

  private static final String PREFIX = "0x";
  private static final int PIECE = Literal.LONGEST - PREFIX.length();

  private static final char NO_NUMBER = ' ';
  private static final char HEX = 'x';
  private static final char DECIMAL = 'd';
  private static final char POINTER = 'p';

  private static final Literal HEX_PREFIX = Literal.of(PREFIX);
  private static final Literal NIL = Literal.of("(nil)");

  /** What stands between two numbers, the kind of the second, and whether both may be missing. */
  private static final Pattern STEP = Pattern.compile("(\\[)?([^%\\[\\]*]+)(?:%([xdp]))?]?");

  /** A payload of which only the event's name is of interest. */
  static final Payload ANYTHING = of("*");

  static final Payload PUT = of(" liobn=%x ioba=%x tce=%x ret=%d");
  static final Payload GET = of(" liobn=%x ioba=%x ret=%d tce=%x");
  static final Payload STUFF = of(" liobn=%x ioba=%x tcevalue=%x npages=%d ret=%d");
  static final Payload INDIRECT = of(" liobn=%x ioba=%x tcelist=%x iobaN=%x tceN=%x ret=%d");
  static final Payload CONNECTOR = of(" drc: %x*");

  private final Step[] steps;
  private final int numbers;
  private final boolean hasRest;

  private Payload(List<Step> steps, boolean hasRest) {
    this.steps = steps.toArray(Step[]::new);
    this.hasRest = hasRest;
    this.numbers = (int) steps.stream().filter(s -> s.number != NO_NUMBER && !s.isOptional).count();
  }

  /**
   * A payload by its format string: {@code %x} is hexadecimal, {@code %d} decimal, {@code %p} a
   * pointer, which may be {@code (nil)}; what stands in brackets may be missing, and {@code *} at
   * the end is the rest of the line. Before 2.11 some numbers were hexadecimal without 0x; the
   * prefix is optional everywhere, because no number can be misread for it.
   */
  static Payload of(String format) {
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
    return new Payload(steps, format.endsWith("*"));
  }

  /** How many numbers the event has at least. */
  int numbers() {
    return numbers;
  }

  /** Reads the numbers and says how many there were; the cursor has failed if the text differs. */
  int read(TextCursor in, long[] values) {
    int count = 0;
    for (Step step : steps) {
      if (step.number == HEX && in.skip(step.prefixed)) {
        values[count++] = in.hex();
      } else if (in.skip(step.literal)) {
        if (step.number != NO_NUMBER) {
          values[count++] = number(step.number, in);
        }
      } else if (!step.isOptional) {
        in.fail();
        return count;
      }
    }
    if (hasRest) {
      in.skipLine();
    }
    return count;
  }

  private static long number(char kind, TextCursor in) {
    return switch (kind) {
      case DECIMAL -> in.decimal();
      case POINTER -> pointer(in);
      default -> in.hex();
    };
  }

  private static long pointer(TextCursor in) {
    if (in.skip(NIL)) {
      return 0;
    }
    in.skip(HEX_PREFIX);
    return in.hex();
  }
}

package io.tcescope.cli.output;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The scale above a drawing: round numbers of seconds or events, as many as fit. */
public final class Ruler {
  /** A mark on the scale: where it stands, from 0 to 1, and what it says. */
  public record Tick(double at, String label) {}

  /** Columns that a label and the gap behind it need. */
  private static final int ROOM = 11;

  private static final long[] ROUND = {1, 2, 5};

  private final char[] labels;
  private final char[] line;
  private final Glyphs glyphs;

  private Ruler(int width, Glyphs glyphs) {
    this.glyphs = glyphs;
    labels = new char[width];
    line = new char[width];
    Arrays.fill(labels, ' ');
    Arrays.fill(line, glyphs.line());
  }

  /** A ruler of that many columns over a length in nanoseconds, or in events. */
  static Ruler over(long length, boolean timed, int width, Glyphs glyphs) {
    Ruler ruler = new Ruler(width, glyphs);
    for (Tick tick : ticks(length, timed, width / ROOM)) {
      ruler.tick((int) (tick.at * (width - 1)), tick.label);
    }
    ruler.line[0] = glyphs.begin();
    ruler.line[width - 1] = glyphs.end();
    return ruler;
  }

  /** At most so many marks over a length in nanoseconds, or in events. */
  public static List<Tick> ticks(long length, boolean timed, int most) {
    List<Tick> ticks = new ArrayList<>();
    long whole = Math.max(1, length);
    long step = step(whole, Math.max(1, most));
    for (long at = 0; at >= 0 && at < whole; at += step) {
      ticks.add(new Tick((double) at / whole, label(at, timed)));
    }
    return ticks;
  }

  /** The smallest round number of which no more than {@code most} fit into the length. */
  private static long step(long length, int most) {
    for (long power = 1; ; power *= 10) {
      for (long digit : ROUND) {
        if (length / (digit * power) < most) {
          return digit * power;
        }
      }
    }
  }

  private static String label(long at, boolean timed) {
    return timed ? seconds(at) : count(at);
  }

  private static String seconds(long nanoseconds) {
    if (nanoseconds == 0) {
      return "0 s";
    }
    String[] units = {"ns", "us", "ms", "s"};
    int unit = 3;
    long size = 1_000_000_000L;
    while (unit > 0 && nanoseconds % size != 0 && nanoseconds < size) {
      unit--;
      size /= 1000;
    }
    BigDecimal value = BigDecimal.valueOf(nanoseconds).divide(BigDecimal.valueOf(size));
    return value.stripTrailingZeros().toPlainString() + " " + units[unit];
  }

  private static String count(long events) {
    return events == 0 ? "event 1" : String.format(Locale.ROOT, "%,d", events);
  }

  private void tick(int column, String label) {
    line[column] = glyphs.tick();
    if (column + label.length() <= labels.length) {
      label.getChars(0, label.length(), labels, column);
    }
  }

  String labels() {
    return new String(labels).stripTrailing();
  }

  String line() {
    return new String(line);
  }
}

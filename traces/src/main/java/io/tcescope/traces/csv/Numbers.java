package io.tcescope.traces.csv;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import java.util.OptionalLong;
import java.util.StringTokenizer;

/** What the cells hold: numbers, statuses, lists. A wrong one is a NumberFormatException. */
final class Numbers {
  /** The longest list there is: an RTAS-sized page of entries would be 512. */
  private static final int LONGEST_LIST = 1 << 18;

  private Numbers() {}

  /** Decimal, signed or not, or hexadecimal with 0x: any 64-bit pattern. */
  static long number(String cell) {
    if (cell.startsWith("0x") || cell.startsWith("0X")) {
      return Long.parseUnsignedLong(cell, 2, cell.length(), 16);
    }
    return cell.startsWith("-") ? Long.parseLong(cell) : Long.parseUnsignedLong(cell);
  }

  /** A status by number or by name. */
  static long status(String cell) {
    OptionalLong named = HcallStatus.value(cell);
    return named.isPresent() ? named.getAsLong() : number(cell);
  }

  /** A step may be a negative hexadecimal number. */
  private static long step(String cell) {
    return cell.startsWith("-") ? -number(cell.substring(1)) : number(cell);
  }

  /** Adds a list: values, {@code first..last/step}, {@code value*count}, separated by blanks. */
  static void addList(String cell, Event event) {
    event.beginList();
    StringTokenizer items = new StringTokenizer(cell, " ");
    while (items.hasMoreTokens()) {
      addItem(items.nextToken(), event);
    }
  }

  private static void addItem(String item, Event event) {
    int dots = item.indexOf("..");
    int star = item.indexOf('*');
    if (dots > 0) {
      addRun(item, dots, event);
    } else if (star > 0) {
      long value = number(item.substring(0, star));
      addRun(value, 0, number(item.substring(star + 1)), event);
    } else {
      addRun(number(item), 0, 1, event);
    }
  }

  private static void addRun(String item, int dots, Event event) {
    int slash = item.indexOf('/', dots);
    if (slash < 0) {
      throw new NumberFormatException("a run without a step: " + item);
    }
    long first = number(item.substring(0, dots));
    long last = number(item.substring(dots + 2, slash));
    long step = step(item.substring(slash + 1));
    boolean arrives = step == 0 ? first == last : (last - first) % step == 0;
    long steps = step == 0 ? 0 : (last - first) / step;
    if (!arrives || steps < 0) {
      throw new NumberFormatException("a run that never arrives: " + item);
    }
    addRun(first, step, steps + 1, event);
  }

  private static void addRun(long first, long step, long count, Event event) {
    if (count < 0 || count > LONGEST_LIST - event.listLength()) {
      throw new NumberFormatException("a list of more than " + LONGEST_LIST + " values");
    }
    for (long i = 0; i < count; i++) {
      event.addToList(first + i * step);
    }
  }
}

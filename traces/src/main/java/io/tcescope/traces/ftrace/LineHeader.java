package io.tcescope.traces.ftrace;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What stands before the payload in a line of a kernel tracer: task, process, processor, flags,
 * time and event. The task's name may hold anything, so the processor in brackets is found first.
 *
 * <pre>
 *    kworker/u9:0-27    (   27) [000] d..1.    11.279764: hcall_entry: opcode=316     tracefs
 *    kworker/u9:0-27      [000]    11.279764: hcall_entry:          opcode=316        trace-cmd
 *    kworker/u9:0    27 [000]    11.279764:    1 powerpc:hcall_entry: opcode=316      perf script
 * </pre>
 */
final class LineHeader {
  private static final long NANOS = 1_000_000_000;

  /** The tracer right-aligns the task in 16 columns. */
  private static final int TASK_WIDTH = 16;

  private final MemorySegment bytes;
  private long at;
  private long end;

  long taskFrom;
  long taskTo;
  long thread;
  int cpu;
  long time;
  int digits;
  long nameFrom;
  long nameTo;
  long payload;

  LineHeader(MemorySegment bytes) {
    this.bytes = bytes;
  }

  /** Reads the line; false if it is no record of a tracer. */
  boolean read(long from, long to) {
    end = to;
    at = from;
    skipBlanks();
    taskFrom = at;
    return (shortcut(from) || search()) && rest();
  }

  private byte here() {
    return byteAt(at);
  }

  /** The byte at that place, a blank behind the end. */
  private byte byteAt(long place) {
    return place < end ? bytes.get(ValueLayout.JAVA_BYTE, place) : (byte) ' ';
  }

  private void skipBlanks() {
    while (at < end && here() == ' ') {
      at++;
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** The usual layout: a dash in its column, the process, and the processor behind blanks. */
  private boolean shortcut(long from) {
    at = from + TASK_WIDTH;
    if (here() != '-' || !isDigit(byteAt(at + 1)) || at < taskFrom) {
      return false;
    }
    taskTo = at++;
    thread = number();
    skipBlanks();
    return here() == '[' && processor();
  }

  /** Any other layout: the first number in brackets that has a process before and a time behind. */
  private boolean search() {
    for (long bracket = taskFrom; bracket < end; bracket++) {
      if (byteAt(bracket) == '[' && isDigit(byteAt(bracket + 1)) && process(bracket)) {
        at = bracket;
        if (processor() && timeFollows()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Finds {@code task-123} or {@code task 123} before a bracket, with a thread group perhaps. */
  private boolean process(long bracket) {
    long to = withoutGroup(backOverBlanks(bracket));
    long digit = to;
    while (digit > taskFrom && isDigit(byteAt(digit - 1))) {
      digit--;
    }
    if (digit > taskFrom && byteAt(digit - 1) == '/' && digit < to) {
      // perf's process/thread: the thread is what runs.
      return processBefore(digit - 1, digit, to);
    }
    return processBefore(digit, digit, to);
  }

  private boolean processBefore(long numberFrom, long threadFrom, long to) {
    long first = numberFrom;
    while (first > taskFrom && isDigit(byteAt(first - 1))) {
      first--;
    }
    if (threadFrom == to || first == taskFrom) {
      return false;
    }
    byte separator = byteAt(first - 1);
    if (separator != '-' && separator != ' ') {
      return false;
    }
    at = threadFrom;
    thread = number();
    taskTo = separator == '-' ? first - 1 : backOverBlanks(first);
    return true;
  }

  private long backOverBlanks(long from) {
    long place = from;
    while (place > taskFrom && byteAt(place - 1) == ' ') {
      place--;
    }
    return place;
  }

  /** Skips {@code ( tgid)} or {@code (-----)} backwards. */
  private long withoutGroup(long to) {
    if (to <= taskFrom || byteAt(to - 1) != ')') {
      return to;
    }
    long place = to - 1;
    while (place > taskFrom && byteAt(place) != '(') {
      place--;
    }
    return backOverBlanks(place);
  }

  private boolean processor() {
    at++;
    cpu = (int) number();
    if (here() != ']') {
      return false;
    }
    at++;
    return true;
  }

  private boolean timeFollows() {
    long mark = at;
    boolean follows = time();
    at = mark;
    return follows;
  }

  private boolean rest() {
    return time() && name();
  }

  /** Reads the flags, if there are any, and the time: seconds, or ticks of some counter. */
  private boolean time() {
    skipBlanks();
    if (timeStamp()) {
      return true;
    }
    while (at < end && here() != ' ') {
      at++;
    }
    skipBlanks();
    return timeStamp();
  }

  private boolean timeStamp() {
    long mark = at;
    if (!isDigit(here())) {
      return false;
    }
    long seconds = number();
    long fraction = 0;
    int decimals = 0;
    if (here() == '.') {
      long from = ++at;
      fraction = number();
      decimals = (int) (at - from);
    }
    if (here() != ':' || decimals > 9) {
      at = mark;
      return false;
    }
    at++;
    digits = decimals == 0 ? 9 : decimals;
    time = decimals == 0 ? seconds : seconds * NANOS + fraction * scale(decimals);
    return true;
  }

  private static long scale(int decimals) {
    return switch (decimals) {
      case 9 -> 1;
      case 6 -> 1000;
      default -> (long) Math.pow(10, 9 - decimals);
    };
  }

  /** Reads the event's name up to its colon; perf puts a count before it and a system into it. */
  private boolean name() {
    skipBlanks();
    if (isDigit(here())) {
      while (isDigit(here())) {
        at++;
      }
      skipBlanks();
    }
    nameFrom = at;
    while (at < end) {
      byte b = here();
      if (b == ' ') {
        return false;
      }
      if (b == ':') {
        if (byteAt(at + 1) == ' ' || byteAt(at + 1) == '\r') {
          break;
        }
        nameFrom = at + 1;
      }
      at++;
    }
    nameTo = at;
    at = Math.min(at + 1, end);
    skipBlanks();
    payload = at;
    return nameTo > nameFrom && nameTo < end;
  }

  private long number() {
    long value = 0;
    while (isDigit(here())) {
      value = 10 * value + (here() - '0');
      at++;
    }
    return value;
  }
}

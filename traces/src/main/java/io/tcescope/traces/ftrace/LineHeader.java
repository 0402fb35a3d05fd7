package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.UnplacedProbes;
import io.tcescope.traces.text.Octet;

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
  private static final int NANO_DIGITS = 9;

  /** The tracer right-aligns the task in 16 columns. */
  private static final int TASK_WIDTH = 16;

  private final LineText text;
  private final TextTypes types;
  private final LatencyHeader latency;
  private final Before before = new Before();

  long taskFrom;
  long taskTo;
  long thread;
  int cpu;
  long time;
  int digits;
  long payload;

  /** What kind of record the line is. */
  TextType type;

  /** True if task, process and processor are those of the line before. */
  boolean isSameTask;

  LineHeader(LineText text, UnplacedProbes unplaced) {
    this.text = text;
    types = new TextTypes(text, unplaced);
    latency = new LatencyHeader(text);
    type = types.none();
  }

  /** Reads the line; false if it is no record of a tracer. */
  boolean read(long from, long to) {
    text.moveTo(from, to);
    isSameTask = before.isAt(from) && timeStamp();
    if (isSameTask) {
      return name();
    }
    text.at = from;
    text.skipBlanks();
    taskFrom = text.at;
    boolean found = (shortcut(from) || search()) && time();
    before.remember(from, found);
    return (found || latency.read(this)) && name();
  }

  /**
   * What stands before the time stamp: in the line after, it is mostly the same to the byte, and
   * then need not be read again.
   */
  private final class Before {
    private final long[] words = new long[8];
    private int whole;
    private long lastMask;
    private int length;
    private long stamp;
    private long taskAt;
    private long taskLength;

    /** If it stands there, goes behind it. */
    boolean isAt(long from) {
      if (length == 0 || from + length > text.end || !isThere(from)) {
        return false;
      }
      taskFrom = from + taskAt;
      taskTo = taskFrom + taskLength;
      text.at = from + length;
      return true;
    }

    private boolean isThere(long from) {
      for (int i = 0; i < whole; i++) {
        if (text.word(from + (long) i * Octet.LENGTH) != words[i]) {
          return false;
        }
      }
      long left = text.word(from + (long) whole * Octet.LENGTH) ^ words[whole];
      return (left & lastMask) == 0;
    }

    /** The stamp of a line that was found to be a record begins here. */
    void stampIsAt(long place) {
      stamp = place;
    }

    void remember(long from, boolean isRecord) {
      long bytes = stamp - from;
      length = isRecord && bytes < (long) words.length * Octet.LENGTH ? (int) bytes : 0;
      taskAt = taskFrom - from;
      taskLength = taskTo - taskFrom;
      whole = length / Octet.LENGTH;
      lastMask = Octet.mask(length % Octet.LENGTH);
      for (int i = 0; i <= whole; i++) {
        words[i] = text.word(from + (long) i * Octet.LENGTH);
      }
    }
  }

  /** The usual layout: a dash in its column, the process, and the processor behind blanks. */
  private boolean shortcut(long from) {
    text.at = Math.min(from + TASK_WIDTH, text.end);
    long dash = text.at;
    if (text.here() != '-' || !LineText.isDigit(text.byteAt(dash + 1)) || dash < taskFrom) {
      return false;
    }
    taskTo = dash;
    text.pass();
    thread = text.decimal();
    text.skipBlanks();
    return text.here() == '[' && processor();
  }

  /** Any other layout: the first number in brackets that has a process before and a time behind. */
  private boolean search() {
    long bracket = text.find('[', taskFrom);
    while (bracket < text.end) {
      if (LineText.isDigit(text.byteAt(bracket + 1)) && process(bracket)) {
        text.at = bracket;
        if (processor() && timeFollows()) {
          return true;
        }
      }
      bracket = text.find('[', bracket + 1);
    }
    return false;
  }

  /** Finds {@code task-123} or {@code task 123} before a bracket, with a thread group perhaps. */
  private boolean process(long bracket) {
    long to = withoutGroup(backOverBlanks(bracket));
    long digit = to;
    while (digit > taskFrom && LineText.isDigit(text.byteAt(digit - 1))) {
      digit--;
    }
    if (digit > taskFrom && text.byteAt(digit - 1) == '/' && digit < to) {
      // perf's process/thread: the thread is what runs.
      return processBefore(digit - 1, digit, to);
    }
    return processBefore(digit, digit, to);
  }

  private boolean processBefore(long numberFrom, long threadFrom, long to) {
    long first = numberFrom;
    while (first > taskFrom && LineText.isDigit(text.byteAt(first - 1))) {
      first--;
    }
    if (threadFrom == to || first == taskFrom) {
      return false;
    }
    byte separator = text.byteAt(first - 1);
    if (separator != '-' && separator != ' ') {
      return false;
    }
    text.at = threadFrom;
    thread = text.decimal();
    taskTo = separator == '-' ? first - 1 : backOverBlanks(first);
    return true;
  }

  private long backOverBlanks(long from) {
    long place = from;
    while (place > taskFrom && text.byteAt(place - 1) == ' ') {
      place--;
    }
    return place;
  }

  /** Skips {@code ( tgid)} or {@code (-----)} backwards. */
  private long withoutGroup(long to) {
    if (to <= taskFrom || text.byteAt(to - 1) != ')') {
      return to;
    }
    long place = to - 1;
    while (place > taskFrom && text.byteAt(place) != '(') {
      place--;
    }
    return backOverBlanks(place);
  }

  private boolean processor() {
    text.pass();
    cpu = (int) text.decimal();
    if (text.here() != ']') {
      return false;
    }
    text.pass();
    return true;
  }

  private boolean timeFollows() {
    long mark = text.at;
    boolean follows = time();
    text.at = mark;
    return follows;
  }

  /** Reads the flags, if there are any, and the time: seconds, or ticks of some counter. */
  private boolean time() {
    text.skipBlanks();
    if (timeStamp()) {
      return true;
    }
    text.skipTo(' ');
    text.skipBlanks();
    return timeStamp();
  }

  private boolean timeStamp() {
    long mark = text.at;
    if (!LineText.isDigit(text.here())) {
      return false;
    }
    long seconds = text.decimal();
    long fraction = 0;
    int decimals = 0;
    if (text.here() == '.') {
      text.pass();
      long from = text.at;
      fraction = text.decimal();
      decimals = (int) (text.at - from);
    }
    if (text.here() != ':' || decimals > NANO_DIGITS) {
      text.at = mark;
      return false;
    }
    text.pass();
    before.stampIsAt(mark);
    digits = decimals == 0 ? NANO_DIGITS : decimals;
    time = decimals == 0 ? seconds : seconds * NANOS + fraction * scale(decimals);
    return true;
  }

  private static long scale(int decimals) {
    return switch (decimals) {
      case 9 -> 1;
      case 6 -> 1000;
      default -> (long) Math.pow(10, NANO_DIGITS - decimals);
    };
  }

  /** Reads the event's name up to its colon; perf puts a count before it and a system into it. */
  private boolean name() {
    text.skipBlanks();
    if (LineText.isDigit(text.here())) {
      text.decimal();
      text.skipBlanks();
    }
    TextType expected = types.expected();
    return expected != null ? payload(expected) : anyName();
  }

  private boolean anyName() {
    long labelFrom = text.at;
    long nameFrom;
    long nameTo;
    do {
      nameFrom = text.at;
      text.skipTo(':', ' ');
      nameTo = text.at;
      if (text.here() != ':' || nameTo == nameFrom) {
        return false;
      }
      text.pass();
    } while (text.here() != ' ' && text.here() != '\r');
    text.skipBlanks();
    return payload(types.come(labelFrom, nameFrom, nameTo, text.at));
  }

  private boolean payload(TextType recordType) {
    text.skipBlanks();
    type = recordType;
    payload = text.at;
    return true;
  }
}

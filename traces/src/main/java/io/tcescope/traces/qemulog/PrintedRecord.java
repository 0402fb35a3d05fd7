package io.tcescope.traces.qemulog;

import io.tcescope.traces.text.FormatString;
import io.tcescope.traces.text.Literal;
import io.tcescope.traces.text.TextCursor;

/**
 * What QEMU's simpletrace.py prints of a record: its name, the microseconds since the record
 * before, its thread, and all arguments by the names they have in the prototype (QEMU's {@code
 * scripts/simpletrace.py}).
 *
 * <pre>
 *   spapr_iommu_pci_put 12.345 pid=4711 liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0x0
 * </pre>
 */
final class PrintedRecord {
  private static final long NONE = -1;
  private static final int LONGEST_NAME = 64;

  private static final Literal DROPPED = Literal.of("dropped");
  private static final Literal PROCESS = Literal.of(" pid=");
  private static final Literal BLANK = Literal.of(" ");
  private static final Literal HEX = Literal.of("=0x");
  private static final FormatString VALUE = FormatString.of("=%x");

  private final long[] value = new long[1];
  private long thread = NONE;

  /**
   * Reads what stands behind an event's name, in this form or as QEMU's log has it, and says how
   * many numbers it had; the cursor has failed if it is neither.
   */
  int read(QemuEvent name, TextCursor in, long[] numbers) {
    if (!begins(in)) {
      return name.payload().read(in, numbers);
    }
    int count = arguments(in, numbers);
    if (count < name.numbers()) {
      in.fail();
    }
    return count;
  }

  /** Passes time and thread; if they are not there, the cursor stays, and has not failed. */
  boolean begins(TextCursor in) {
    thread = NONE;
    long start = in.position();
    if (in.peek() != ' ' || !isDigit(in.byteAt(start + 1))) {
      return false;
    }
    in.advance(1);
    in.unsigned();
    in.advance(1);
    in.unsigned();
    if (!in.failed() && in.skip(PROCESS)) {
      thread = in.unsigned();
    }
    if (in.failed() || thread == NONE) {
      thread = NONE;
      in.moveTo(start);
      return false;
    }
    return true;
  }

  /** The numbers up to the end of the line, or to an argument that is a text. */
  int arguments(TextCursor in, long[] numbers) {
    int count = 0;
    while (count < numbers.length && in.skip(BLANK)) {
      for (int i = 0; i < LONGEST_NAME && isNameByte(in.peek()); i++) {
        in.advance(1);
      }
      if (!in.isAt(HEX)) {
        in.skipLine();
        return count;
      }
      VALUE.read(in, value);
      numbers[count++] = value[0];
    }
    return count;
  }

  /** How many records were lost, if the line says so, and no more; else a negative number. */
  long dropped(TextCursor in, long[] numbers) {
    boolean told = in.skip(DROPPED) && begins(in) && arguments(in, numbers) == 1;
    return told && !in.failed() && in.endOfLine() ? numbers[0] : NONE;
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isNameByte(int b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || isDigit(b);
  }

  /** True if what was read last was in this form. */
  boolean wasRead() {
    return thread != NONE;
  }

  /** Who wrote the record that was read last. */
  long thread() {
    return thread;
  }
}

package io.tcescope.traces.qemulog;

import io.tcescope.traces.text.TextCursor;
import org.jspecify.annotations.Nullable;

/** Finds the event whose name stands in a line, without making a string of it. */
final class EventNames {
  private static final int SLOTS = 256;
  private static final int LONGEST = 64;

  private static final long SPAPR_IO = TextCursor.wordOf("spapr_io");
  private static final long MMU_PCI = TextCursor.wordOf("mmu_pci_");
  private static final long SPAPR_PC = TextCursor.wordOf("spapr_pc");
  private static final long I_MSI_WR = TextCursor.wordOf("i_msi_wr");
  private static final long MMU_GET = TextCursor.wordOf("mmu_get ");
  private static final long GET_LIOB = TextCursor.wordOf("get liob");
  private static final long MMU_PUT = TextCursor.wordOf("mmu_put ");
  private static final long MMU_STUF = TextCursor.wordOf("mmu_stuf");
  private static final long MMU_XLAT = TextCursor.wordOf("mmu_xlat");
  private static final long PUT_LIOB = TextCursor.wordOf("put liob");
  private static final long STUFF_LI = TextCursor.wordOf("stuff li");
  private static final long INDIRECT = TextCursor.wordOf("indirect");
  private static final long TWO_BYTES = 0xffff;
  private static final long FOUR_BYTES = 0xffff_ffffL;
  private static final long ITE_BLANK = TextCursor.wordOf("ite ");
  private static final long F_BLANK = TextCursor.wordOf("f ");
  private static final long E_BLANK = TextCursor.wordOf("e ");

  /** One table serves all readers. */
  static final EventNames ALL = new EventNames();

  private final @Nullable QemuEvent[] table = new @Nullable QemuEvent[SLOTS];

  private EventNames() {
    for (QemuEvent event : QemuEvent.values()) {
      int hash = 0;
      String name = event.recordedName();
      for (int i = 0; i < name.length(); i++) {
        hash = hash(hash, name.charAt(i));
      }
      int slot = hash & (SLOTS - 1);
      while (table[slot] != null) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      table[slot] = event;
    }
  }

  private static int hash(int hash, int next) {
    int mixed = (hash ^ next) * 0x01000193;
    return mixed ^ mixed >>> 15;
  }

  /** The event named at the cursor, which is then behind its name; null if there is none. */
  @Nullable QemuEvent read(TextCursor cursor) {
    QemuEvent frequent = readFrequent(cursor);
    return frequent != null ? frequent : readAny(cursor);
  }

  /** The calls that make up nearly all of a log, told apart by three words. */
  private static @Nullable QemuEvent readFrequent(TextCursor cursor) {
    long first = cursor.peekWord(0);
    long second = cursor.peekWord(8);
    long third = cursor.peekWord(16);
    if (first == SPAPR_PC && second == I_MSI_WR && (third & FOUR_BYTES) == ITE_BLANK) {
      return behind(cursor, QemuEvent.MSI_WRITE);
    }
    if (first != SPAPR_IO) {
      return null;
    }
    if (second == MMU_PCI) {
      return readPci(cursor, third);
    }
    if (second == MMU_PUT) {
      return behind(cursor, QemuEvent.PUT);
    }
    if (second == MMU_GET) {
      return behind(cursor, QemuEvent.GET);
    }
    if (second == MMU_STUF && (third & TWO_BYTES) == F_BLANK) {
      return behind(cursor, QemuEvent.STUFF);
    }
    if (second == MMU_XLAT && (third & TWO_BYTES) == E_BLANK) {
      return behind(cursor, QemuEvent.XLATE);
    }
    return null;
  }

  private static @Nullable QemuEvent readPci(TextCursor cursor, long third) {
    if (third == PUT_LIOB) {
      return behind(cursor, QemuEvent.PCI_PUT);
    }
    if (third == STUFF_LI) {
      return behind(cursor, QemuEvent.PCI_STUFF);
    }
    if (third == GET_LIOB) {
      return behind(cursor, QemuEvent.PCI_GET);
    }
    return third == INDIRECT ? behind(cursor, QemuEvent.PCI_INDIRECT) : null;
  }

  private static QemuEvent behind(TextCursor cursor, QemuEvent event) {
    cursor.advance(event.recordedName().length());
    return event;
  }

  private @Nullable QemuEvent readAny(TextCursor cursor) {
    long start = cursor.position();
    int hash = 0;
    int length = 0;
    int next = cursor.byteAt(start);
    while (isNameByte(next) && length < LONGEST) {
      hash = hash(hash, next);
      length++;
      next = cursor.byteAt(start + length);
    }
    int slot = hash & (SLOTS - 1);
    for (QemuEvent event = table[slot]; event != null; event = table[slot]) {
      if (matches(event, cursor, start, length)) {
        cursor.advance(length);
        return event;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return null;
  }

  private static boolean isNameByte(int b) {
    return (b >= 'a' && b <= 'z') || b == '_' || (b >= '0' && b <= '9');
  }

  private static boolean matches(QemuEvent event, TextCursor cursor, long start, int length) {
    String name = event.recordedName();
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (cursor.byteAt(start + i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}

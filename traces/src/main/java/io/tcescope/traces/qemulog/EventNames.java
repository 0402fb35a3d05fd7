package io.tcescope.traces.qemulog;

import io.tcescope.traces.text.TextCursor;
import org.jspecify.annotations.Nullable;

/** Finds the event whose name stands in a line, without making a string of it. */
final class EventNames {
  private static final int SLOTS = 256;
  private static final int LONGEST = 64;

  private final @Nullable QemuEvent[] table = new @Nullable QemuEvent[SLOTS];

  EventNames() {
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

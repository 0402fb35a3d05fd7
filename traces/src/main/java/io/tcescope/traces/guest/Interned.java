package io.tcescope.traces.guest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values by name, where the names stand as bytes in a recording: a name that came before costs no
 * object.
 *
 * @param <T> what stands for a name
 */
public final class Interned<T> {
  /** A recording has few names; one with more is no recording, or begins anew. */
  private static final int MOST = 1 << 14;

  private final Function<String, T> make;
  private byte[][] names = new byte[64][];
  private @Nullable Object[] values = new Object[64];
  private int used;

  /**
   * @param make what to keep for a name that comes for the first time
   */
  public Interned(Function<String, T> make) {
    this.make = make;
  }

  /** The value for the name at that place. */
  public T get(MemorySegment bytes, long from, long to) {
    T known = find(bytes, from, to);
    return known != null
        ? known
        : add(bytes.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE));
  }

  /** The value for the name at that place, null if it has not come before. */
  public @Nullable T find(MemorySegment bytes, long from, long to) {
    int length = (int) (to - from);
    int slot = hash(bytes, from, length) & (names.length - 1);
    while (values[slot] != null) {
      if (isThere(names[slot], bytes, from, length)) {
        return value(slot);
      }
      slot = (slot + 1) & (names.length - 1);
    }
    return null;
  }

  private T add(byte[] name) {
    T value = make.apply(new String(name, StandardCharsets.UTF_8));
    if (used == MOST) {
      names = new byte[64][];
      values = new Object[64];
      used = 0;
    } else if (2 * (used + 1) > names.length) {
      grow();
    }
    put(name, value);
    return value;
  }

  private void put(byte[] name, @Nullable Object value) {
    MemorySegment bytes = MemorySegment.ofArray(name);
    int slot = hash(bytes, 0, name.length) & (names.length - 1);
    while (values[slot] != null) {
      slot = (slot + 1) & (names.length - 1);
    }
    names[slot] = name;
    values[slot] = value;
    used++;
  }

  private void grow() {
    byte[][] oldNames = names;
    @Nullable Object[] oldValues = values;
    names = new byte[2 * oldNames.length][];
    values = new Object[names.length];
    used = 0;
    for (int i = 0; i < oldNames.length; i++) {
      if (oldValues[i] != null) {
        put(oldNames[i], oldValues[i]);
      }
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // A slot that is asked for holds what make returned.
  private T value(int slot) {
    return (T) values[slot];
  }

  private static boolean isThere(byte[] name, MemorySegment bytes, long from, int length) {
    if (name.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, from + i) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(MemorySegment bytes, long from, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + bytes.get(ValueLayout.JAVA_BYTE, from + i);
    }
    return hash ^ hash >>> 15;
  }
}

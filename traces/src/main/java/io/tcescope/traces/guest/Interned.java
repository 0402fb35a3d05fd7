package io.tcescope.traces.guest;

import io.tcescope.traces.text.Characters;
import io.tcescope.traces.text.Octet;
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
  private long[][] names = new long[64][];
  private int[] lengths = new int[64];
  private @Nullable Object[] values = new Object[64];
  private int used;

  /**
   * @param make what to keep for a name that comes for the first time
   */
  public Interned(Function<String, T> make) {
    this.make = make;
  }

  /** The value for the name at that place. */
  public T get(Characters text, long from, long to) {
    T known = find(text, from, to);
    return known != null ? known : add(text, from, to);
  }

  /** The value for the name at that place, null if it has not come before. */
  public @Nullable T find(Characters text, long from, long to) {
    int length = (int) (to - from);
    int slot = hash(text, from, length) & (names.length - 1);
    while (values[slot] != null) {
      if (lengths[slot] == length && isThere(names[slot], text, from, length)) {
        return value(slot);
      }
      slot = (slot + 1) & (names.length - 1);
    }
    return null;
  }

  private T add(Characters text, long from, long to) {
    int length = (int) (to - from);
    T value = make.apply(text.text(from, to));
    if (used == MOST) {
      allocate(64);
    } else if (2 * (used + 1) > names.length) {
      grow();
    }
    put(words(text, from, length), length, value);
    return value;
  }

  private void allocate(int slots) {
    names = new long[slots][];
    lengths = new int[slots];
    values = new Object[slots];
    used = 0;
  }

  private void put(long[] name, int length, @Nullable Object value) {
    int slot = hash(name, length) & (names.length - 1);
    while (values[slot] != null) {
      slot = (slot + 1) & (names.length - 1);
    }
    names[slot] = name;
    lengths[slot] = length;
    values[slot] = value;
    used++;
  }

  private void grow() {
    long[][] oldNames = names;
    int[] oldLengths = lengths;
    @Nullable Object[] oldValues = values;
    allocate(2 * oldNames.length);
    for (int i = 0; i < oldNames.length; i++) {
      if (oldValues[i] != null) {
        put(oldNames[i], oldLengths[i], oldValues[i]);
      }
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // A slot that is asked for holds what make returned.
  private T value(int slot) {
    return (T) values[slot];
  }

  private static long[] words(Characters text, long from, int length) {
    long[] words = new long[(length + Octet.LENGTH - 1) / Octet.LENGTH];
    for (int i = 0; i < words.length; i++) {
      int place = i * Octet.LENGTH;
      words[i] = text.word(from + place) & Octet.mask(length - place);
    }
    return words;
  }

  private static boolean isThere(long[] name, Characters text, long from, int length) {
    int left = length;
    for (int i = 0; i < name.length; i++, left -= Octet.LENGTH) {
      long word = text.word(from + (long) i * Octet.LENGTH) & Octet.mask(left);
      if (word != name[i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(Characters text, long from, int length) {
    long hash = length;
    for (int i = 0; i < length; i += Octet.LENGTH) {
      hash = mixed(hash, text.word(from + i) & Octet.mask(length - i));
    }
    return (int) (hash ^ hash >>> 32);
  }

  private static int hash(long[] name, int length) {
    long hash = length;
    for (long word : name) {
      hash = mixed(hash, word);
    }
    return (int) (hash ^ hash >>> 32);
  }

  private static long mixed(long hash, long word) {
    return (hash ^ word) * 0x9E3779B97F4A7C15L;
  }
}

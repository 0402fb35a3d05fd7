package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The calls of one recording, in its order, as columns: what is needed to find the same call in
 * another recording.
 */
final class Calls {
  /** Value of a field that a record does not hold. */
  static final long ABSENT = Long.MIN_VALUE + 7;

  int size;
  private int[] byKey = {};
  long[] key = new long[256];
  long[] ordinal = new long[256];
  long[] time = new long[256];
  long[] status = new long[256];
  long[] liobn = new long[256];
  long[] table = new long[256];
  long[] value = new long[256];
  long[] real = new long[256];
  long[] pages = new long[256];
  EventKind[] kind = new EventKind[256];
  byte[] permission = new byte[256];
  byte[] shift = new byte[256];
  byte[] flags = new byte[256];

  /** The record holds one value of its list, the last. */
  static final byte LAST_ONLY = 1;

  /** The record is of a function that maps a range of memory. */
  static final byte RANGE = 2;

  /** The list maps memory one to one: bus address less the window's start is real address. */
  static final byte DIRECT = 4;

  /** The call makes, removes, resets or queries a window. */
  static final byte WINDOW = 8;

  /** The record holds every value of its list. */
  static final byte WHOLE_LIST = 16;

  /**
   * Appends a call.
   *
   * @param at its time on the clock that the recording is compared by
   * @param pageShift of the table, 0 if the recording does not tell
   */
  void add(Event event, long callKey, long at, int pageShift, int callFlags) {
    if (size == key.length) {
      grow();
    }
    key[size] = callKey;
    ordinal[size] = event.ordinal();
    time[size] = at;
    status[size] = event.status();
    liobn[size] = held(event, Event.LIOBN, event.liobn());
    table[size] = held(event, Event.GUEST_TABLE, event.guestTable());
    value[size] = value(event, callFlags);
    real[size] = held(event, Event.REAL_ADDRESS, event.realAddress());
    pages[size] = pages(event);
    kind[size] = event.kind();
    permission[size] = (byte) (event.has(Event.PERMISSION) ? event.permission() : -1);
    shift[size] = (byte) pageShift;
    flags[size] = (byte) callFlags;
    size++;
  }

  /** The value of a call, of a list the last: the one that every recorder of it shows. */
  private static long value(Event event, int callFlags) {
    return (callFlags & WHOLE_LIST) != 0
        ? event.list(event.listLength() - 1)
        : held(event, Event.TCE, event.tce());
  }

  /** Entries that a call is about; of a window that is asked for its size in bytes. */
  private static long pages(Event event) {
    return event.kind() == EventKind.CREATE_PE_DMA_WINDOW
        ? held(event, Event.SIZE, event.size())
        : held(event, Event.PAGES, event.pages());
  }

  private static long held(Event event, int field, long value) {
    return event.has(field) ? value : ABSENT;
  }

  boolean is(int index, byte flag) {
    return (flags[index] & flag) != 0;
  }

  /** What all times are multiples of from the first one on: the tick of the clock they are of. */
  long tick() {
    long tick = 0;
    for (int i = 1; i < size && tick != 1; i++) {
      tick = greatestDivisor(tick, Math.abs(time[i] - time[0]));
    }
    return tick;
  }

  private static long greatestDivisor(long a, long b) {
    return b == 0 ? a : greatestDivisor(b, a % b);
  }

  private void grow() {
    int room = 2 * size;
    key = Arrays.copyOf(key, room);
    ordinal = Arrays.copyOf(ordinal, room);
    time = Arrays.copyOf(time, room);
    status = Arrays.copyOf(status, room);
    liobn = Arrays.copyOf(liobn, room);
    table = Arrays.copyOf(table, room);
    value = Arrays.copyOf(value, room);
    real = Arrays.copyOf(real, room);
    pages = Arrays.copyOf(pages, room);
    kind = Arrays.copyOf(kind, room);
    permission = Arrays.copyOf(permission, room);
    shift = Arrays.copyOf(shift, room);
    flags = Arrays.copyOf(flags, room);
  }

  /** Indexes of all calls, by key and then in order; no call is added any more. */
  int[] byKey() {
    if (byKey.length != size) {
      byKey = byKey(IntStream.range(0, size).toArray());
    }
    return byKey;
  }

  /** Those calls, by key and then in order. */
  int[] byKey(int[] those) {
    return Arrays.stream(those)
        .boxed()
        .sorted((a, b) -> key[a] != key[b] ? Long.compare(key[a], key[b]) : a - b)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The first place in the order by key that has that key and not an earlier time. */
  int firstOf(long wanted, long from) {
    int[] order = byKey();
    int low = 0;
    int high = order.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int call = order[middle];
      if (key[call] != wanted ? key[call] < wanted : time[call] < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The keys, each once, ascending. */
  long[] keys() {
    return Arrays.stream(key, 0, size).sorted().distinct().toArray();
  }

  /** The call in that record, negative if the record is none. */
  int at(long recordOrdinal) {
    return Arrays.binarySearch(ordinal, 0, size, recordOrdinal);
  }
}

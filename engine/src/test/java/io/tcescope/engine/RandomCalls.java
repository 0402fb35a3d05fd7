package io.tcescope.engine;

import io.tcescope.engine.event.EventKind;
import java.util.random.RandomGenerator;

/** Pseudo-random calls, dense enough that they meet each other's entries and windows. */
final class RandomCalls {
  private static final long[] LIOBNS = {
    0x80000000L, 0x80000001L, 0x80000100L, 0x80000101L, 0x71000002L
  };
  private static final long BUID = 0x800000020000000L;
  private static final long DDW_START = 0x800000000000000L;
  private static final int PAGE_SHIFT = 12;

  private final RandomGenerator random;
  private final Calls calls = new Calls();

  private RandomCalls(RandomGenerator random) {
    this.random = random;
  }

  static Calls make(RandomGenerator random, int n) {
    RandomCalls made = new RandomCalls(random);
    while (made.calls.size() < n) {
      made.next();
    }
    return made.calls;
  }

  private void next() {
    long liobn = LIOBNS[random.nextInt(LIOBNS.length)];
    long status = random.nextInt(10) == 0 ? -4 : 0;
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4, 5, 6 -> calls.put(liobn, ioba(liobn), tce(), status);
      case 7, 8 -> calls.get(liobn, ioba(liobn), tce(), status);
      case 9, 10, 11 -> calls.stuff(liobn, ioba(liobn), stuffed(), random.nextInt(20), status);
      case 12 -> calls.stuffedTo(liobn, ioba(liobn), stuffed(), random.nextInt(20), status);
      case 13, 14 -> calls.indirect(liobn, ioba(liobn), status, list());
      case 15 -> calls.indirectLast(liobn, ioba(liobn), random.nextInt(20), tce(), status);
      case 16 -> calls.query(BUID + random.nextInt(2), 0, random.nextInt(3), 0x80000000L, 0x107);
      case 17 -> create();
      case 18 -> calls.remove(liobn, random.nextInt(4) == 0 ? -3 : 0);
      case 19 -> calls.reset(BUID + random.nextInt(2), 0x800, 0);
      case 20 -> calls.access(liobn, ioba(liobn), random.nextInt(4));
      case 21 -> calls.newTable(liobn);
      case 22 -> calls.log("random remark " + random.nextInt(100));
      case 23 -> rare();
    }
  }

  private void create() {
    int bridge = random.nextInt(2);
    int window = random.nextInt(2);
    int pageShift = random.nextBoolean() ? 12 : 16;
    calls.create(
        BUID + bridge,
        0,
        pageShift,
        pageShift + 4 + random.nextInt(10),
        0x80000000L + 0x100L * bridge + window,
        random.nextInt(3) == 0 ? 0 : DDW_START,
        random.nextInt(8) == 0 ? -1 : 0);
  }

  private void rare() {
    switch (random.nextInt(5)) {
      case 0 -> calls.lost(random.nextInt(20) - 1);
      case 1 -> calls.sign(EventKind.MACHINE_RESET, 0);
      case 2 -> calls.sign(EventKind.QUIESCE, 0);
      case 3 -> calls.sign(EventKind.VIO_FREE_CRQ, 0x71000002L);
      case 4 -> calls.sign(EventKind.DRC_UNREALIZE, 0x400100ffL);
    }
  }

  private long ioba(long liobn) {
    long page = random.nextInt(10) == 0 ? random.nextLong() : random.nextInt(64);
    return ((liobn & 1) != 0 ? DDW_START : 0) + (page << PAGE_SHIFT);
  }

  private long tce() {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> random.nextLong();
      default -> ((long) random.nextInt(256) << PAGE_SHIFT) | (1 + random.nextInt(3));
    };
  }

  private long stuffed() {
    return random.nextInt(6) == 0 ? tce() : 0;
  }

  private long[] list() {
    long[] list = new long[1 + random.nextInt(24)];
    long first = tce();
    boolean rising = random.nextBoolean();
    for (int i = 0; i < list.length; i++) {
      list[i] = rising ? first + ((long) i << PAGE_SHIFT) : tce();
    }
    return list;
  }
}

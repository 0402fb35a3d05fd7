package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the partition has memory: what it started with, and what was added or removed since.
 * Reports nothing.
 */
final class Memory implements Check {
  /** QEMU's DRC ids of memory blocks, each of 256 MiB, counted from address 0. */
  private static final long MEMORY_DRC = 0x80000000L;

  private static final long DRC_TYPE = 0xf0000000L;
  private static final int BLOCK_SHIFT = 28;

  private final TreeMap<Long, Long> added = new TreeMap<>(Long::compareUnsigned);

  @Override
  public int interests() {
    return Signal.RECORD;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind() == EventKind.MEMORY_ADDED) {
      added.put(event.start(), event.start() + blockSize(event));
    } else if (event.kind() == EventKind.MEMORY_REMOVED) {
      added.remove(event.start());
    } else if (event.kind() == EventKind.DRC_ATTACH && (event.id() & DRC_TYPE) == MEMORY_DRC) {
      long start = (event.id() & ~DRC_TYPE) << BLOCK_SHIFT;
      added.put(start, start + (1L << BLOCK_SHIFT));
    }
  }

  /** Bytes of a block of memory; some recorders name only where it begins. */
  static long blockSize(Event event) {
    return event.has(Event.SIZE) && event.size() != 0 ? event.size() : 1L << BLOCK_SHIFT;
  }

  /** True unless memory is known not to be there. */
  boolean has(long address, IommuState state) {
    long ram = state.rules().machine().ram().orElse(-1);
    if (Long.compareUnsigned(address, ram) < 0) {
      return true;
    }
    Map.Entry<Long, Long> block = added.floorEntry(address);
    return block != null && Long.compareUnsigned(address, block.getValue()) < 0;
  }
}

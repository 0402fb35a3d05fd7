package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;

/** The {@code dma:*} trace points: what a driver maps, by device and bus address. */
final class DmaRecords {
  /** {@code DMA_MAPPING_ERROR}. */
  private static final long FAILED = -1;

  private static final int[] PERMISSION_BY_DIRECTION = {3, 1, 2, 0};

  private DmaRecords() {}

  static void map(GuestRecord record, Event event) {
    event.is(EventKind.DMA_MAP, record.type().name(), 0);
    buffer(record, event);
    if (record.has(Argument.DMA_ADDRESS) && record.get(Argument.DMA_ADDRESS) == FAILED) {
      event.withStatus(FAILED);
    }
  }

  static void unmap(GuestRecord record, Event event) {
    event.is(EventKind.DMA_UNMAP, record.type().name(), 0);
    buffer(record, event);
  }

  private static void buffer(GuestRecord record, Event event) {
    event.withDevice(record.subject());
    long address = record.get(Argument.DMA_ADDRESS);
    if (record.has(Argument.DMA_ADDRESS) && address != FAILED) {
      event.withIoba(address);
    }
    if (record.has(Argument.SIZE)) {
      event.withSize(record.get(Argument.SIZE));
    }
    if (record.has(Argument.PHYSICAL_ADDRESS)) {
      event.withRealAddress(record.get(Argument.PHYSICAL_ADDRESS));
    }
    long direction = record.get(Argument.DIRECTION);
    if (record.has(Argument.DIRECTION) && direction >= 0 && direction < 4) {
      event.withPermission(PERMISSION_BY_DIRECTION[(int) direction]);
    }
  }
}

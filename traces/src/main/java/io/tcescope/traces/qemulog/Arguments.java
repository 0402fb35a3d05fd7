package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Hex;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of an event mean, in the order of its prototype (QEMU {@code
 * hw/ppc/trace-events}), in which text and binary have them alike.
 */
public final class Arguments {
  private static final long LOW_32_BITS = 0xffffffffL;

  private Arguments() {}

  /** The most numbers that an event is asked for. */
  public static long[] room() {
    return new long[EventTexts.MOST_NUMBERS];
  }

  /**
   * What no emulator can have written of a window's pages, in words; null if all is well.
   *
   * @param a at least {@link QemuEvent#numbers}
   */
  public static @Nullable String impossible(QemuEvent name, long[] a) {
    return switch (name.kind()) {
      case PRE_SAVE -> impossibleShift(a[3]);
      case POST_LOAD -> impossibleShift(a[4]);
      case CREATE_PE_DMA_WINDOW -> Long.bitCount(a[2]) == 1 ? null : "page size " + Hex.of(a[2]);
      default -> null;
    };
  }

  private static @Nullable String impossibleShift(long shift) {
    return shift >= 0 && shift < Long.SIZE ? null : "page shift " + shift;
  }

  /**
   * Fills the event from its first {@code count} numbers, at least {@link QemuEvent#numbers}, of
   * which none is {@link #impossible}.
   */
  public static void fill(Event event, QemuEvent name, long[] a, int count) {
    String recorded = name.recordedName();
    switch (name.kind()) {
      case H_PUT_TCE -> event.put(recorded, a[0], a[1], a[2], a[3]);
      case H_GET_TCE -> event.get(recorded, a[0], a[1], a[3], a[2]); // the status stands first
      case H_STUFF_TCE -> event.stuffedTo(recorded, a[0], a[1], a[2], a[3], a[4]);
      case H_PUT_TCE_INDIRECT -> event.indirectLast(recorded, a[0], a[1], a[2], a[3], a[4], a[5]);
      default -> fillRare(event.is(name.kind(), recorded, 0), name, a, count);
    }
  }

  private static void fillRare(Event event, QemuEvent name, long[] a, int count) {
    switch (name.kind()) {
      case DMA -> xlate(event, a);
      case NEW_TABLE -> newTable(event, a, count);
      case PRE_SAVE -> event.withLiobn(a[0]).withEntries(a[1]).withStart(a[2]).withPageShift(a[3]);
      case POST_LOAD -> postLoad(event, a);
      case QUERY_PE_DMA_WINDOW -> query(event, a);
      case CREATE_PE_DMA_WINDOW -> create(event, a);
      case REMOVE_PE_DMA_WINDOW -> event.withLiobn(a[0]).withStatus(HcallStatus.H_SUCCESS);
      case RESET_PE_DMA_WINDOW ->
          event.withBuid(a[0]).withConfigAddress(a[1]).withStatus(HcallStatus.H_SUCCESS);
      case VIO_REGISTER_CRQ -> event.withId(a[0]).withIoba(a[1]).withSize(a[2]);
      case DRC -> connector(event.withId(a[0]), name, a, count);
      case VIO_FREE_CRQ, DRC_ATTACH, DRC_RESET, DRC_UNPLUG_REQUEST, DRC_UNREALIZE ->
          event.withId(a[0]);
      default -> {
        // Interrupts and VFIO: that they happened is all that is asked of them.
      }
    }
  }

  private static void connector(Event event, QemuEvent name, long[] a, int count) {
    if (name == QemuEvent.DRC_ISOLATION && count > 1 && a[1] == 0) {
      event.is(EventKind.DRC_ISOLATED, name.recordedName(), event.fields());
    }
  }

  private static void xlate(Event event, long[] a) {
    event.withLiobn(a[0]).withIoba(a[1]).withTce(a[2]);
    event.withPermission(a[3]).withPageMask(a[4] & LOW_32_BITS);
    event.holding(Event.IOBA_IS_RELATIVE);
  }

  /** LIOBN, table, descriptor; QEMU 2.1 and 2.2 have the object's address before the table's. */
  private static void newTable(Event event, long[] a, int count) {
    long descriptor = a[count - 1];
    event.withLiobn(a[0]).withId(descriptor);
    if (a[count - 2] == 0) {
      event.holding(Event.NO_TABLE);
    }
    if (descriptor >= 0) {
      event.holding(Event.IN_KERNEL);
    }
  }

  private static void postLoad(Event event, long[] a) {
    event.withLiobn(a[0]).withPages(a[1]).withEntries(a[2]);
    event.withStart(a[3]).withPageShift(a[4]);
  }

  private static void query(Event event, long[] a) {
    event.withBuid(a[0]).withConfigAddress(a[1]).withAvailable(a[2]);
    event.withLargestBlock(a[3]).withPageMask(a[4]).withStatus(HcallStatus.H_SUCCESS);
  }

  private static void create(Event event, long[] a) {
    int shift = Long.numberOfTrailingZeros(a[2]);
    event.withBuid(a[0]).withConfigAddress(a[1]);
    event.withPageShift(shift).withSize(a[3]).withEntries(a[3] >>> shift);
    event.withStart(a[4]).withLiobn(a[5]).withStatus(HcallStatus.H_SUCCESS);
  }
}

package io.tcescope.traces.simpletrace;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.traces.qemulog.QemuEvent;

/**
 * The arguments of each event in the order of its prototype (QEMU {@code hw/ppc/trace-events}):
 * every integer is one word. The text log's notes on what they mean hold here too.
 */
final class Arguments {
  private static final long LOW_32_BITS = 0xffffffffL;

  private Arguments() {}

  /** Words that an event's record must hold before any text; it may hold more. */
  static int words(QemuEvent event) {
    return switch (event) {
      case PUT, PCI_PUT, GET, PCI_GET, PRE_SAVE -> 4;
      case STUFF, PCI_STUFF, XLATE, POST_LOAD, DDW_QUERY -> 5;
      case INDIRECT, PCI_INDIRECT, DDW_CREATE -> 6;
      case NEW_TABLE, VIO_REG_CRQ -> 3;
      case DDW_RESET -> 2;
      case DDW_REMOVE, VIO_FREE_CRQ -> 1;
      case DRC_ATTACH,
          DRC_UNPLUG_REQUEST,
          DRC_UNREALIZE,
          DRC_RESET,
          DRC_DETACH,
          DRC_REALIZE,
          DRC_REALIZE_CHILD,
          DRC_REALIZE_COMPLETE,
          DRC_ISOLATION,
          DRC_ISOLATING,
          DRC_ISOLATION_DEFERRED,
          DRC_ALLOCATION,
          DRC_ALLOCATING,
          DRC_INDICATOR,
          DRC_INDICATOR_OLD,
          DRC_AWAITING ->
          1;
      case MSI,
          MSI_SETUP,
          MSI_WRITE,
          MSI_RETRY,
          CHANGE_MSI,
          QUERY_INTERRUPT,
          LSI_SET,
          VFIO_CREATE,
          VFIO_REMOVE,
          VFIO_ATTACH,
          VFIO_REGISTER,
          VFIO_UNREGISTER,
          VFIO_NOTIFY ->
          0;
    };
  }

  /** Fills the event from {@code count} words that begin at {@code at}. */
  static void read(QemuEvent name, Records in, long at, int count, Event event) {
    switch (name) {
      case PUT, PCI_PUT -> put(name, in, at, event);
      case GET, PCI_GET -> get(name, in, at, event);
      case STUFF, PCI_STUFF -> stuff(name, in, at, event);
      case INDIRECT, PCI_INDIRECT -> indirect(name, in, at, event);
      default -> readRare(name, in, at, count, event.is(name.kind(), name.recordedName(), 0));
    }
  }

  private static void put(QemuEvent name, Records in, long at, Event event) {
    event.put(
        name.recordedName(), in.word(at), in.word(at + 8), in.word(at + 16), in.word(at + 24));
  }

  /** The status stands before the value. */
  private static void get(QemuEvent name, Records in, long at, Event event) {
    event.get(
        name.recordedName(), in.word(at), in.word(at + 8), in.word(at + 24), in.word(at + 16));
  }

  private static void stuff(QemuEvent name, Records in, long at, Event event) {
    event.stuffedTo(
        name.recordedName(),
        in.word(at),
        in.word(at + 8),
        in.word(at + 16),
        in.word(at + 24),
        in.word(at + 32));
  }

  private static void indirect(QemuEvent name, Records in, long at, Event event) {
    event.indirectLast(
        name.recordedName(),
        in.word(at),
        in.word(at + 8),
        in.word(at + 16),
        in.word(at + 24),
        in.word(at + 32),
        in.word(at + 40));
  }

  private static void readRare(QemuEvent name, Records in, long at, int count, Event event) {
    switch (name.kind()) {
      case DMA -> xlate(in, at, event);
      case NEW_TABLE -> newTable(in, at, count, event);
      case PRE_SAVE -> preSave(in, at, event);
      case POST_LOAD -> postLoad(in, at, event);
      case QUERY_PE_DMA_WINDOW -> query(in, at, event);
      case CREATE_PE_DMA_WINDOW -> create(in, at, event);
      case REMOVE_PE_DMA_WINDOW -> event.withLiobn(in.word(at)).withStatus(HcallStatus.H_SUCCESS);
      case RESET_PE_DMA_WINDOW ->
          event
              .withBuid(in.word(at))
              .withConfigAddress(in.word(at + 8))
              .withStatus(HcallStatus.H_SUCCESS);
      case VIO_REGISTER_CRQ ->
          event.withId(in.word(at)).withIoba(in.word(at + 8)).withSize(in.word(at + 16));
      case DRC -> connector(name, in, at, count, event.withId(in.word(at)));
      case VIO_FREE_CRQ, DRC_ATTACH, DRC_RESET, DRC_UNPLUG_REQUEST, DRC_UNREALIZE ->
          event.withId(in.word(at));
      default -> {
        // Interrupts and VFIO: that they happened is all that is asked of them.
      }
    }
  }

  private static void connector(QemuEvent name, Records in, long at, int count, Event event) {
    if (name == QemuEvent.DRC_ISOLATION && count > 1 && in.word(at + 8) == 0) {
      event.is(EventKind.DRC_ISOLATED, name.recordedName(), event.fields());
    }
  }

  private static void xlate(Records in, long at, Event event) {
    event.withLiobn(in.word(at)).withIoba(in.word(at + 8)).withTce(in.word(at + 16));
    event.withPermission(in.word(at + 24)).withPageMask(in.word(at + 32) & LOW_32_BITS);
    event.holding(Event.IOBA_IS_RELATIVE);
  }

  /** LIOBN, table, descriptor; QEMU 2.1 and 2.2 have the object's address before the table's. */
  private static void newTable(Records in, long at, int count, Event event) {
    long table = at + 8L * (count - 2);
    event.withLiobn(in.word(at)).withId(in.word(table + 8));
    if (in.word(table) == 0) {
      event.holding(Event.NO_TABLE);
    }
    if (event.id() >= 0) {
      event.holding(Event.IN_KERNEL);
    }
  }

  private static void preSave(Records in, long at, Event event) {
    event.withLiobn(in.word(at)).withEntries(in.word(at + 8));
    event.withStart(in.word(at + 16)).withPageShift(in.word(at + 24));
  }

  private static void postLoad(Records in, long at, Event event) {
    event.withLiobn(in.word(at)).withPages(in.word(at + 8)).withEntries(in.word(at + 16));
    event.withStart(in.word(at + 24)).withPageShift(in.word(at + 32));
  }

  private static void query(Records in, long at, Event event) {
    event.withBuid(in.word(at)).withConfigAddress(in.word(at + 8));
    event.withAvailable(in.word(at + 16)).withLargestBlock(in.word(at + 24));
    event.withPageMask(in.word(at + 32)).withStatus(HcallStatus.H_SUCCESS);
  }

  private static void create(Records in, long at, Event event) {
    event.withBuid(in.word(at)).withConfigAddress(in.word(at + 8));
    int shift = Long.numberOfTrailingZeros(in.word(at + 16));
    long requested = in.word(at + 24);
    event.withPageShift(shift).withSize(requested).withEntries(requested >>> shift);
    event.withStart(in.word(at + 32)).withLiobn(in.word(at + 40));
    event.withStatus(HcallStatus.H_SUCCESS);
  }
}

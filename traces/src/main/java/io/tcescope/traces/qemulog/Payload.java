package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.traces.text.Literal;
import io.tcescope.traces.text.TextCursor;

/**
 * The arguments of each event as QEMU prints them (trace-formats.md, section 1). Before 2.11 some
 * numbers were hexadecimal without 0x; the prefix is optional everywhere, because no number can be
 * misread for it.
 */
final class Payload {
  private static final Literal LIOBN = Literal.of(" liobn=");
  private static final Literal IOBA = Literal.of(" ioba=");
  private static final Literal TCE = Literal.of(" tce=");
  private static final Literal RET = Literal.of(" ret=");
  private static final Literal TCE_VALUE = Literal.of(" tcevalue=");
  private static final Literal PAGES = Literal.of(" npages=");
  private static final Literal LIST = Literal.of(" tcelist=");
  private static final Literal LAST_INDEX = Literal.of(" iobaN=");
  private static final Literal LAST_TCE = Literal.of(" tceN=");
  private static final Literal HEX = Literal.of("0x");
  private static final Literal ARROW = Literal.of(" -> ");
  private static final Literal LOADS = Literal.of(" => ");
  private static final Literal PERMISSION = Literal.of(" perm=");
  private static final Literal MASK = Literal.of(" mask=");
  private static final Literal TCET = Literal.of(" tcet=");
  private static final Literal TABLE = Literal.of(" table=");
  private static final Literal NIL = Literal.of("(nil)");
  private static final Literal FD = Literal.of(" fd=");
  private static final Literal BUS_OFFSET = Literal.of(" bus_offset=");
  private static final Literal PAGE_SHIFT = Literal.of(" ps=");
  private static final Literal BUID = Literal.of(" buid=");
  private static final Literal ADDR = Literal.of(" addr=");
  private static final Literal COMMA = Literal.of(", ");
  private static final Literal AVAILABLE_1 = Literal.of(" windows availab");
  private static final Literal AVAILABLE_2 = Literal.of("le, max window ");
  private static final Literal AVAILABLE_3 = Literal.of("size=");
  private static final Literal QUERY_MASK = Literal.of(", mask=");
  private static final Literal PAGE_SIZE = Literal.of(", page size=");
  private static final Literal REQUESTED = Literal.of(", requested=");
  private static final Literal START_ADDR = Literal.of(", start addr=");
  private static final Literal CREATED = Literal.of(", liobn=");
  private static final Literal DRC = Literal.of(" drc: ");
  private static final Literal STATE = Literal.of(", state: ");
  private static final Literal CRQ = Literal.of(" CRQ for dev ");
  private static final Literal FREED = Literal.of(" freed");
  private static final Literal REGISTERED = Literal.of(" registered at ");
  private static final Literal SLASH = Literal.of("/");

  private Payload() {}

  private static long hex(TextCursor in, Literal before) {
    in.expect(before);
    in.skip(HEX);
    return in.hex();
  }

  private static long decimal(TextCursor in, Literal before) {
    in.expect(before);
    return in.decimal();
  }

  static void put(TextCursor in, Event event, String name) {
    long liobn = hex(in, LIOBN);
    long ioba = hex(in, IOBA);
    long tce = hex(in, TCE);
    event.put(name, liobn, ioba, tce, decimal(in, RET));
  }

  static void get(TextCursor in, Event event, String name) {
    long liobn = hex(in, LIOBN);
    long ioba = hex(in, IOBA);
    long status = decimal(in, RET);
    event.get(name, liobn, ioba, hex(in, TCE), status);
  }

  static void stuff(TextCursor in, Event event, String name) {
    long liobn = hex(in, LIOBN);
    long end = hex(in, IOBA);
    long value = hex(in, TCE_VALUE);
    long pages = decimal(in, PAGES);
    event.stuffedTo(name, liobn, end, value, pages, decimal(in, RET));
  }

  static void indirect(TextCursor in, Event event, String name) {
    long liobn = hex(in, LIOBN);
    long ioba = hex(in, IOBA);
    long list = hex(in, LIST);
    long lastIndex = hex(in, LAST_INDEX);
    long last = hex(in, LAST_TCE);
    event.indirectLast(name, liobn, ioba, list, lastIndex, last, decimal(in, RET));
  }

  private static final Literal BLANK = Literal.of(" ");

  static void xlate(TextCursor in, Event event) {
    event.withLiobn(hex(in, LIOBN)).withIoba(hex(in, BLANK));
    event.withTce(hex(in, ARROW)).withPermission(decimal(in, PERMISSION));
    event.withPageMask(hex(in, MASK)).holding(Event.IOBA_IS_RELATIVE);
  }

  /** {@code table=%p}: a pointer, {@code (nil)} where the table has no entries. */
  static void newTable(TextCursor in, Event event) {
    event.withLiobn(hex(in, LIOBN));
    if (in.isAt(TCET)) {
      hex(in, TCET); // 2.1 and 2.2 print the object's address too
    }
    in.expect(TABLE);
    if (in.skip(NIL)) {
      event.holding(Event.NO_TABLE);
    } else {
      in.skip(HEX);
      if (in.hex() == 0) {
        event.holding(Event.NO_TABLE);
      }
    }
    long fd = decimal(in, FD);
    event.withId(fd);
    if (fd >= 0) {
      event.holding(Event.IN_KERNEL);
    }
  }

  static void preSave(TextCursor in, Event event) {
    event.withLiobn(hex(in, LIOBN)).withEntries(hex(in, BLANK));
    event.withStart(hex(in, BUS_OFFSET)).withPageShift(decimal(in, PAGE_SHIFT));
  }

  static void postLoad(TextCursor in, Event event) {
    event.withLiobn(hex(in, LIOBN)).withPages(hex(in, BLANK)).withEntries(hex(in, LOADS));
    event.withStart(hex(in, BUS_OFFSET)).withPageShift(decimal(in, PAGE_SHIFT));
  }

  static void query(TextCursor in, Event event) {
    event.withBuid(hex(in, BUID)).withConfigAddress(hex(in, ADDR));
    event.withAvailable(decimal(in, COMMA));
    in.expect(AVAILABLE_1);
    in.expect(AVAILABLE_2);
    event.withLargestBlock(hex(in, AVAILABLE_3)).withPageMask(hex(in, QUERY_MASK));
    event.withStatus(HcallStatus.H_SUCCESS);
  }

  static void create(TextCursor in, Event event) {
    event.withBuid(hex(in, BUID)).withConfigAddress(hex(in, ADDR));
    long pageSize = hex(in, PAGE_SIZE);
    int shift = Long.numberOfTrailingZeros(pageSize);
    long requested = hex(in, REQUESTED);
    event.withPageShift(shift).withSize(requested).withEntries(requested >>> shift);
    event.withStart(hex(in, START_ADDR)).withLiobn(hex(in, CREATED));
    event.withStatus(HcallStatus.H_SUCCESS);
  }

  static void remove(TextCursor in, Event event) {
    event.withLiobn(hex(in, LIOBN)).withStatus(HcallStatus.H_SUCCESS);
  }

  static void reset(TextCursor in, Event event) {
    event.withBuid(hex(in, BUID)).withConfigAddress(hex(in, ADDR));
    event.withStatus(HcallStatus.H_SUCCESS);
  }

  static void drc(TextCursor in, Event event) {
    event.withId(hex(in, DRC));
    boolean isolation = event.name().equals(QemuEvent.DRC_ISOLATION.recordedName());
    if (isolation && in.isAt(STATE) && hex(in, STATE) == 0) {
      event.is(EventKind.DRC_ISOLATED, event.name(), event.fields());
    }
    in.skipLine();
  }

  static void freeCrq(TextCursor in, Event event) {
    event.withId(hex(in, CRQ));
    in.expect(FREED);
  }

  static void registerCrq(TextCursor in, Event event) {
    event.withId(hex(in, CRQ)).withIoba(hex(in, REGISTERED)).withSize(hex(in, SLASH));
  }
}

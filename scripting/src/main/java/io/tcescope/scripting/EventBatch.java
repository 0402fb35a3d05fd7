package io.tcescope.scripting;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Events as columns outside the heap, which scripts read as typed arrays. */
final class EventBatch {
  static final int ROWS = 4096;

  /** Rows behind the batch for events that a script walks through by itself. */
  static final int WALKED_ROWS = 1024;

  /** Shows a single event again, with what it did. */
  static final int AGAIN = ROWS + WALKED_ROWS;

  /** Shows a single record again, without what it did; the last row. */
  static final int RECORD = AGAIN + 1;

  // Which words of a row mean something; the names are those of the prelude.
  private static final int HAS_LIOBN = 1;
  private static final int HAS_IOBA = 2;
  private static final int HAS_TCE = 4;
  private static final int HAS_REAL = 8;
  private static final int HAS_TIME = 16;

  // A number that is not known says so by itself.
  private static final double NO_NUMBER = Double.NaN;
  private static final byte NO_PERMISSION = -1;

  private static final byte OBSERVED = 0;
  private static final byte INFERRED = 1;

  private final Object[] shown = new Object[15];
  private final DoubleBuffer ordinal = doubles(0);
  private final DoubleBuffer line = doubles(1);
  private final LongBuffer liobn = longs(2);
  private final LongBuffer ioba = longs(3);
  private final LongBuffer tce = longs(4);
  private final LongBuffer real = longs(5);
  private final LongBuffer time = longs(6);
  private final DoubleBuffer index = doubles(7);
  private final DoubleBuffer pages = doubles(8);
  private final DoubleBuffer status = doubles(9);
  private final IntBuffer has = column(10, Integer.BYTES).asIntBuffer();
  private final IntBuffer generation = column(11, Integer.BYTES).asIntBuffer();
  private final ByteBuffer kind = column(12, Byte.BYTES);
  private final ByteBuffer permission = column(13, Byte.BYTES);
  private final ByteBuffer certainty = column(14, Byte.BYTES);

  private ByteBuffer column(int at, int width) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect((RECORD + 1) * width).order(ByteOrder.nativeOrder());
    shown[at] = bytes.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    return bytes;
  }

  private LongBuffer longs(int at) {
    return column(at, Long.BYTES).asLongBuffer();
  }

  private DoubleBuffer doubles(int at) {
    return column(at, Double.BYTES).asDoubleBuffer();
  }

  /** The columns for reading, in the order the prelude knows. */
  Object[] columns() {
    return shown.clone();
  }

  /** Which event a row holds. */
  long event(int row) {
    return (long) ordinal.get(row);
  }

  /** Fills a row with an event and what it did. */
  void write(int row, ScriptKind as, Event event, Change change) {
    DmaWindow window = change.window();
    int holds = writeFields(row, as, event) | writePlace(row, event, change);
    generation.put(row, window.generation());
    if (event.has(Event.TCE)) {
      real.put(row, Tce.realAddress(event.tce(), window.pageShift()));
      holds |= HAS_REAL;
    }
    has.put(row, holds);
  }

  /** Fills a row with what the record says by itself. */
  void write(int row, ScriptKind as, Event event) {
    has.put(row, writeFields(row, as, event));
  }

  private int writeFields(int row, ScriptKind as, Event event) {
    ordinal.put(row, (double) event.ordinal());
    line.put(row, (double) event.line());
    kind.put(row, (byte) as.code());
    int holds = writeValue(row, event);
    if (event.has(Event.LIOBN)) {
      liobn.put(row, event.liobn());
      holds |= HAS_LIOBN;
    }
    status.put(row, event.has(Event.STATUS) ? (double) event.status() : NO_NUMBER);
    if (event.time() != Event.NO_TIME) {
      time.put(row, event.time());
      holds |= HAS_TIME;
    }
    pages.put(row, pages(event));
    return holds;
  }

  private static double pages(Event event) {
    if (!event.kind().isTceCall()) {
      return NO_NUMBER;
    }
    return event.has(Event.PAGES) ? (double) event.pages() : 1;
  }

  /** The window's own address and index where the replay knows them, else what is recorded. */
  private int writePlace(int row, Event event, Change change) {
    DmaWindow window = change.window();
    if (event.kind().isTceCall() && change.placeKnown() && window.hasGeometry()) {
      ioba.put(row, window.iobaOf(change.first()));
      index.put(row, (double) change.first());
      return HAS_IOBA;
    }
    index.put(row, NO_NUMBER);
    if (event.has(Event.IOBA) && isStart(event)) {
      boolean relative = event.has(Event.IOBA_IS_RELATIVE);
      ioba.put(row, relative ? event.ioba() + window.start() : event.ioba());
      return HAS_IOBA;
    }
    return 0;
  }

  /** True if the recorded address is where the call began; a call of no page ends there too. */
  private static boolean isStart(Event event) {
    return !event.has(Event.IOBA_IS_END) || (event.has(Event.PAGES) && event.pages() == 0);
  }

  private int writeValue(int row, Event event) {
    if (event.has(Event.TCE)) {
      tce.put(row, event.tce());
      permission.put(row, (byte) Tce.permission(event.tce()));
      certainty.put(row, event.has(Event.LIST_LAST_ONLY) ? INFERRED : OBSERVED);
      return HAS_TCE;
    }
    certainty.put(row, OBSERVED);
    permission.put(row, event.has(Event.PERMISSION) ? (byte) event.permission() : NO_PERMISSION);
    return 0;
  }
}

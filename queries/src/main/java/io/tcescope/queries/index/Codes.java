package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;

/**
 * Which shape each event of a chapter has, by number. With it an event that is read again gets back
 * what the replay knew about it.
 */
final class Codes {
  private static final int MOST_NARROW = 1 << Byte.SIZE;

  private final short[] codes;
  private int size;

  /** Events whose start is neither recorded nor counted back, and that start. */
  private int exceptions;

  private int[] exceptionAt = new int[64];
  private long[] exceptionStart = new long[64];

  /** Room for that many events. */
  Codes(int most) {
    codes = new short[most];
  }

  void clear() {
    size = 0;
    exceptions = 0;
  }

  void add(Event event, EventFacts facts, int code, boolean countedBack) {
    if (isEnd(event) && facts.startKnown() && !countedBack) {
      except(facts.start());
    }
    codes[size++] = (short) code;
  }

  private void except(long start) {
    if (exceptions == exceptionAt.length) {
      exceptionAt = Arrays.copyOf(exceptionAt, 2 * exceptions);
      exceptionStart = Arrays.copyOf(exceptionStart, 2 * exceptions);
    }
    exceptionAt[exceptions] = size;
    exceptionStart[exceptions++] = start;
  }

  private static boolean isEnd(Event event) {
    return event.has(Event.IOBA_IS_END) && event.pages() != 0;
  }

  /** True if the start of the call follows from its end, its pages and its window. */
  static boolean isCountedBack(Event event, EventFacts facts) {
    return isEnd(event)
        && facts.startKnown()
        && facts.placed()
        && facts.start() == facts.countedBack(event.ioba(), event.pages());
  }

  /** Number of the shape that an event has, the chapter's first one being 0. */
  int of(int index) {
    return codes[index] & 0xffff;
  }

  /** Restores what the replay knew about the event of that index, which was read again. */
  void restore(int index, List<Shape> shapes, Event event, EventFacts facts) {
    Shape shape = shapes.get(of(index));
    shape.restore(facts);
    facts.startByRecord(event);
    if (shape.countedBack()) {
      facts.start(facts.countedBack(event.ioba(), event.pages()));
    }
    int exception = Arrays.binarySearch(exceptionAt, 0, exceptions, index);
    if (exception >= 0) {
      facts.start(exceptionStart[exception]);
    }
    facts.resolved(event);
  }

  void write(DataOutput out, int shapes) throws IOException {
    for (int i = 0; i < size; i++) {
      out.writeByte((byte) codes[i]);
    }
    for (int i = 0; shapes > MOST_NARROW && i < size; i++) {
      out.writeByte((byte) (codes[i] >> Byte.SIZE));
    }
    out.writeVInt(exceptions);
    for (int i = 0; i < exceptions; i++) {
      out.writeVInt(exceptionAt[i]);
      out.writeLong(exceptionStart[i]);
    }
  }

  static Codes read(BytesRef from, int events, int shapes) {
    Codes read = new Codes(events);
    read.size = events;
    byte[] bytes = from.bytes;
    boolean wide = shapes > MOST_NARROW;
    for (int i = 0; i < events; i++) {
      int high = wide ? bytes[from.offset + events + i] << Byte.SIZE : 0;
      read.codes[i] = (short) (high | (bytes[from.offset + i] & 0xff));
    }
    int used = wide ? 2 * events : events;
    read.readExceptions(new ByteArrayDataInput(bytes, from.offset + used, from.length - used));
    return read;
  }

  private void readExceptions(ByteArrayDataInput in) {
    exceptions = in.readVInt();
    exceptionAt = new int[exceptions];
    exceptionStart = new long[exceptions];
    for (int i = 0; i < exceptions; i++) {
      exceptionAt[i] = in.readVInt();
      exceptionStart[i] = in.readLong();
    }
  }
}

package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive events: where they stand, which shapes they have, and what is needed to know about
 * each of them, when it is read again, what the replay knew.
 */
final class Block {
  /** Events of one block: fewer make a larger index, more are slower to read again. */
  static final int MOST_EVENTS = 512;

  private static final int SLOTS = 2048;
  private static final int TIMELESS = 1;
  private static final int KEEPS_RARE = 2;

  final List<Shape> shapes = new ArrayList<>();
  int[] counts;
  private short[] codes;
  private final int[] slots;

  /** Codes and exceptions of a block that was read, until somebody asks for them. */
  private @Nullable ByteArrayDataInput undecoded;

  int size;
  long first;
  long line;
  int file;
  long offset;
  long minTime;
  long maxTime;
  long minLine;
  long maxLine;
  boolean timeless;

  /** Every rare event of the block is kept whole, not only those that always are. */
  boolean keepsRare;

  /** Events whose start is neither recorded nor counted back, and that start. */
  private int exceptions;

  private short[] exceptionAt;
  private long[] exceptionStart;

  /** A block to be filled, again and again. */
  Block() {
    counts = new int[64];
    codes = new short[MOST_EVENTS];
    slots = new int[SLOTS];
    exceptionAt = new short[MOST_EVENTS];
    exceptionStart = new long[MOST_EVENTS];
    clear();
  }

  /** A block to be read, whose counts alone answer many questions. */
  private Block(ByteArrayDataInput in) throws IOException {
    codes = new short[0];
    slots = new int[0];
    exceptionAt = new short[0];
    exceptionStart = new long[0];
    size = in.readVInt();
    first = in.readVLong();
    line = in.readVLong();
    file = in.readVInt();
    offset = in.readVLong();
    int flags = in.readByte();
    timeless = (flags & TIMELESS) != 0;
    keepsRare = (flags & KEEPS_RARE) != 0;
    minTime = in.readLong();
    maxTime = in.readLong();
    minLine = in.readVLong();
    maxLine = in.readVLong();
    counts = readShapes(in);
    undecoded = in;
  }

  final void clear() {
    shapes.clear();
    Arrays.fill(counts, 0);
    Arrays.fill(slots, 0);
    size = 0;
    exceptions = 0;
    minTime = Long.MAX_VALUE;
    maxTime = Long.MIN_VALUE;
    minLine = Long.MAX_VALUE;
    maxLine = 0;
    timeless = false;
    keepsRare = false;
  }

  boolean isFull() {
    return size == MOST_EVENTS;
  }

  long last() {
    return first + size - 1;
  }

  /** True if all events of that shape are kept whole. */
  boolean isKept(int shape) {
    Shape one = shapes.get(shape);
    return keepsRare
        ? Keeping.isKeptIfRare(one.kind(), Keeping.failed(one.fields(), one.status()))
        : Keeping.isAlwaysKept(one.kind());
  }

  void add(Event event, EventFacts facts) {
    if (size == 0) {
      first = event.ordinal();
      line = event.line();
      file = event.file();
      offset = event.offset();
    }
    noteTime(event.time());
    minLine = Math.min(minLine, event.line());
    maxLine = Math.max(maxLine, event.line());
    boolean counted = isCountedBack(event, facts);
    if (isUnforeseen(event, facts, counted)) {
      exceptionAt[exceptions] = (short) size;
      exceptionStart[exceptions++] = facts.start();
    }
    int code = code(event, facts, counted);
    counts[code]++;
    codes[size++] = (short) code;
  }

  private void noteTime(long time) {
    if (time == Event.NO_TIME) {
      timeless = true;
      return;
    }
    minTime = Math.min(minTime, time);
    maxTime = Math.max(maxTime, time);
  }

  private static boolean isEnd(Event event) {
    return event.has(Event.IOBA_IS_END) && event.pages() != 0;
  }

  private static boolean isCountedBack(Event event, EventFacts facts) {
    return isEnd(event)
        && facts.startKnown()
        && facts.placed()
        && facts.start() == facts.countedBack(event.ioba(), event.pages());
  }

  private static boolean isUnforeseen(Event event, EventFacts facts, boolean counted) {
    return isEnd(event) && facts.startKnown() && !counted;
  }

  private int code(Event event, EventFacts facts, boolean counted) {
    int slot = Shape.hash(event, facts) & (SLOTS - 1);
    while (slots[slot] != 0) {
      if (shapes.get(slots[slot] - 1).fits(event, facts, counted)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    shapes.add(Shape.of(event, facts, counted));
    slots[slot] = shapes.size();
    if (shapes.size() > counts.length) {
      counts = Arrays.copyOf(counts, 2 * counts.length);
    }
    return shapes.size() - 1;
  }

  /** The shape of an event of this block. */
  int codeOf(Event event) {
    return codes[(int) (event.ordinal() - first)];
  }

  /** Restores what the replay knew about the event of this block that was read again. */
  void restore(Event event, EventFacts facts) {
    int index = (int) (event.ordinal() - first);
    Shape shape = shapes.get(codes[index]);
    shape.restore(facts);
    facts.startByRecord(event);
    if (shape.countedBack()) {
      facts.start(facts.countedBack(event.ioba(), event.pages()));
    }
    int exception = Arrays.binarySearch(exceptionAt, 0, exceptions, (short) index);
    if (exception >= 0) {
      facts.start(exceptionStart[exception]);
    }
    facts.resolved(event);
  }

  BytesRef bytes() {
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    try {
      write(out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("writing to memory", e);
    }
    return new BytesRef(out.toArrayCopy());
  }

  private void write(ByteBuffersDataOutput out) throws IOException {
    out.writeVInt(size);
    out.writeVLong(first);
    out.writeVLong(line);
    out.writeVInt(file);
    out.writeVLong(offset);
    out.writeByte((byte) ((timeless ? TIMELESS : 0) | (keepsRare ? KEEPS_RARE : 0)));
    out.writeLong(minTime);
    out.writeLong(maxTime);
    out.writeVLong(minLine);
    out.writeVLong(maxLine);
    writeShapes(out);
    for (int i = 0; i < size; i++) {
      out.writeByte((byte) codes[i]);
    }
    boolean wide = shapes.size() > 256;
    for (int i = 0; wide && i < size; i++) {
      out.writeByte((byte) (codes[i] >> 8));
    }
    out.writeVInt(exceptions);
    for (int i = 0; i < exceptions; i++) {
      out.writeVInt(exceptionAt[i]);
      out.writeLong(exceptionStart[i]);
    }
  }

  private void writeShapes(ByteBuffersDataOutput out) throws IOException {
    Strings strings = new Strings();
    ByteBuffersDataOutput rest = new ByteBuffersDataOutput();
    for (int i = 0; i < shapes.size(); i++) {
      shapes.get(i).write(rest, strings);
      rest.writeVInt(counts[i]);
    }
    strings.write(out);
    out.writeVInt(shapes.size());
    rest.copyTo(out);
  }

  static Block read(BytesRef bytes) throws IOException {
    return new Block(new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length));
  }

  private int[] readShapes(ByteArrayDataInput in) throws IOException {
    Strings strings = Strings.read(in);
    int[] read = new int[in.readVInt()];
    for (int i = 0; i < read.length; i++) {
      shapes.add(Shape.read(in, strings));
      read[i] = in.readVInt();
    }
    return read;
  }

  /**
   * Decodes what is known of single events; the bytes the block was read from must still be there.
   */
  void decode() throws IOException {
    ByteArrayDataInput in = undecoded;
    if (in == null) {
      return;
    }
    undecoded = null;
    codes = new short[size];
    for (int i = 0; i < size; i++) {
      codes[i] = (short) (in.readByte() & 0xff);
    }
    for (int i = 0; shapes.size() > 256 && i < size; i++) {
      codes[i] |= (short) (in.readByte() << 8);
    }
    exceptions = in.readVInt();
    exceptionAt = new short[exceptions];
    exceptionStart = new long[exceptions];
    for (int i = 0; i < exceptions; i++) {
      exceptionAt[i] = (short) in.readVInt();
      exceptionStart[i] = in.readLong();
    }
  }
}

package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import java.io.IOException;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/** Consecutive events that are read again together, and where they stand in the recording. */
final class Block {
  /** Events of a block: more are slower to read again. */
  static final int MOST_EVENTS = 512;

  private final EventSpan extent;
  private long line;
  private int file;
  private long offset;

  /** A block to be filled, again and again. */
  Block() {
    this(new EventSpan());
  }

  private Block(EventSpan extent) {
    this.extent = extent;
  }

  void clear() {
    extent.clear();
  }

  void add(Event event) {
    if (extent.size() == 0) {
      line = event.line();
      file = event.file();
      offset = event.offset();
    }
    extent.add(event);
  }

  boolean isFull() {
    return extent.size() == MOST_EVENTS;
  }

  EventSpan extent() {
    return extent;
  }

  /** Line of the first event. */
  long line() {
    return line;
  }

  /** File of the first event. */
  int file() {
    return file;
  }

  /** Where the first event stands in its file. */
  long offset() {
    return offset;
  }

  void write(DataOutput out) throws IOException {
    extent.write(out);
    out.writeVLong(line);
    out.writeVInt(file);
    out.writeVLong(offset);
  }

  static Block read(DataInput in) throws IOException {
    Block block = new Block(EventSpan.read(in));
    block.line = in.readVLong();
    block.file = in.readVInt();
    block.offset = in.readVLong();
    return block;
  }
}

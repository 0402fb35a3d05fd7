package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;

/** The events of one chapter that are kept whole, packed. */
final class KeptEvents {
  private ByteBuffersDataOutput out = new ByteBuffersDataOutput();
  private int count;

  void clear() {
    if (count > 0) {
      out = new ByteBuffersDataOutput();
      count = 0;
    }
  }

  int count() {
    return count;
  }

  void add(Event event) {
    try {
      EventCodec.write(event, out);
      count++;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** Hands over the events that were added, in order. */
  void visit(Visitor visitor) throws IOException {
    ByteArrayDataInput in = new ByteArrayDataInput(out.toArrayCopy());
    Event row = new Event();
    for (int i = 0; i < count; i++) {
      EventCodec.read(in, row);
      visitor.on(row);
    }
  }

  /** Number of events, unpacked length, and the packed bytes. */
  void write(DataOutput to) throws IOException {
    byte[] plain = out.toArrayCopy();
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(plain);
      deflater.finish();
      byte[] packed = new byte[plain.length + plain.length / 1000 + 64];
      int length = deflater.deflate(packed);
      to.writeVInt(count);
      to.writeVInt(plain.length);
      to.writeBytes(packed, 0, length);
    }
  }

  /** Takes an event, valid during the call only; false if that is enough. */
  @FunctionalInterface
  interface Visitor {
    boolean on(Event event) throws IOException;
  }

  /** Reads the events of a chapter from front to back. */
  static final class Reader {
    private final ByteArrayDataInput in;
    private final Event row = new Event();
    private int left;
    private boolean ahead;

    Reader(BytesRef bytes) throws IOException {
      ByteArrayDataInput head = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
      left = head.readVInt();
      byte[] plain = new byte[head.readVInt()];
      int end = bytes.offset + bytes.length;
      unpack(bytes.bytes, head.getPosition(), end - head.getPosition(), plain);
      in = new ByteArrayDataInput(plain);
    }

    /** Hands over those that lie there; false if the visitor did not want them all. */
    boolean visit(EventSpan there, Visitor visitor) throws IOException {
      while (ahead || left > 0) {
        if (!ahead) {
          EventCodec.read(in, row);
          left--;
        }
        ahead = row.ordinal() > there.last();
        if (ahead) {
          return true;
        }
        if (row.ordinal() >= there.first() && !visitor.on(row)) {
          return false;
        }
      }
      return true;
    }
  }

  private static void unpack(byte[] packed, int offset, int length, byte[] plain)
      throws IOException {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed, offset, length);
      int unpacked = inflater.inflate(plain);
      if (unpacked != plain.length) {
        throw new CaseException(
            "the case is damaged: an event ends too early; delete it and index again");
      }
    } catch (DataFormatException e) {
      throw new CaseException(
          "the case is damaged: events cannot be unpacked; delete it and index again", e);
    }
  }
}

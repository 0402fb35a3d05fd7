package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;

/** The events of one block that are kept whole, packed. */
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

  /** Number of events, unpacked length, and the packed bytes. */
  BytesRef bytes() throws IOException {
    byte[] plain = out.toArrayCopy();
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(plain);
      deflater.finish();
      byte[] packed = new byte[plain.length + 64];
      int length = deflater.deflate(packed);
      ByteBuffersDataOutput whole = new ByteBuffersDataOutput();
      whole.writeVInt(count);
      whole.writeVInt(plain.length);
      whole.writeBytes(packed, 0, length);
      return new BytesRef(whole.toArrayCopy());
    }
  }

  /** Takes an event, valid during the call only; false if that is enough. */
  @FunctionalInterface
  interface Visitor {
    boolean on(Event event) throws IOException;
  }

  /** Hands over the events in order; false if the visitor did not want them all. */
  static boolean visit(BytesRef bytes, Event row, Visitor visitor) throws IOException {
    ByteArrayDataInput head = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
    int events = head.readVInt();
    byte[] plain = new byte[head.readVInt()];
    unpack(Arrays.copyOfRange(bytes.bytes, head.getPosition(), bytes.offset + bytes.length), plain);
    ByteArrayDataInput in = new ByteArrayDataInput(plain);
    for (int i = 0; i < events; i++) {
      EventCodec.read(in, row);
      if (!visitor.on(row)) {
        return false;
      }
    }
    return true;
  }

  private static void unpack(byte[] packed, byte[] plain) throws IOException {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed);
      int length = inflater.inflate(plain);
      if (length != plain.length) {
        throw new CaseException("the case is damaged: an event ends too early; index it again");
      }
    } catch (DataFormatException e) {
      throw new CaseException("the case is damaged: events cannot be unpacked; index it again", e);
    }
  }
}

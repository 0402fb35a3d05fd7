package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Up to 64 blocks of consecutive events, one document of the index. Its parts are read when they
 * are asked for: most questions need few of them.
 */
final class EventChapter {
  static final int MOST_BLOCKS = Long.SIZE;
  static final int MOST_EVENTS = MOST_BLOCKS * Block.MOST_EVENTS;

  private final LeafReader reader;
  private final int document;
  private final ByteArrayDataInput undecodedShapes;
  private final boolean keepsRare;
  private final EventSpan extent = new EventSpan();
  private final List<Block> blocks = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private int[] counts = {};
  private @Nullable Codes codes;
  private @Nullable Areas areas;
  private KeptEvents.@Nullable Reader kept;

  /** The chapter of a document. */
  EventChapter(LeafReader reader, int document) throws IOException {
    this.reader = reader;
    this.document = document;
    BytesRef head = part(ChapterFields.HEAD);
    if (head == null) {
      throw damaged();
    }
    ByteArrayDataInput in = new ByteArrayDataInput(head.bytes, head.offset, head.length);
    keepsRare = in.readByte() != 0;
    for (int i = in.readVInt(); i > 0; i--) {
      Block block = Block.read(in);
      blocks.add(block);
      extent.add(block.extent());
    }
    undecodedShapes = in;
  }

  private @Nullable BytesRef part(String field) throws IOException {
    BinaryDocValues values = DocValues.getBinary(reader, field);
    return values.advanceExact(document) ? values.binaryValue() : null;
  }

  private static CaseException damaged() {
    return new CaseException(
        "the case is damaged: a part of it is missing; delete it and index again");
  }

  EventSpan extent() {
    return extent;
  }

  List<Block> blocks() {
    return blocks;
  }

  /** Shapes by their numbers. */
  List<Shape> shapes() throws IOException {
    if (shapes.isEmpty()) {
      ByteArrayDataInput in = undecodedShapes;
      Strings strings = Strings.read(in);
      counts = new int[in.readVInt()];
      for (int i = 0; i < counts.length; i++) {
        shapes.add(Shape.read(in, strings));
        counts[i] = in.readVInt();
      }
    }
    return shapes;
  }

  /** Number of events of a shape. */
  int count(int code) {
    return counts[code];
  }

  /** True if all events of that shape are kept whole. */
  boolean isKept(int code) {
    return Keeping.isKept(shapes.get(code), keepsRare);
  }

  Areas areas() throws IOException {
    Areas known = areas;
    if (known == null) {
      BytesRef bytes = part(ChapterFields.AREAS);
      if (bytes == null) {
        throw damaged();
      }
      known = Areas.read(bytes);
      areas = known;
    }
    return known;
  }

  Codes codes() throws IOException {
    Codes known = codes;
    if (known == null) {
      BytesRef bytes = part(ChapterFields.CODES);
      if (bytes == null) {
        throw damaged();
      }
      known = Codes.read(bytes, extent.size(), shapes().size());
      codes = known;
    }
    return known;
  }

  /** Number of the event among those of the chapter, from 0. */
  int indexOf(Event event) {
    return (int) (event.ordinal() - extent.first());
  }

  /** Restores what the replay knew about an event of this chapter that was read again. */
  void restore(Event event, EventFacts facts) throws IOException {
    codes().restore(indexOf(event), shapes(), event, facts);
  }

  /** Hands over those kept events that lie there, blocks being asked for in order. */
  boolean visitKept(EventSpan there, KeptEvents.Visitor visitor) throws IOException {
    KeptEvents.Reader events = kept;
    if (events == null) {
      BytesRef bytes = part(ChapterFields.KEPT);
      if (bytes == null) {
        return true;
      }
      events = new KeptEvents.Reader(bytes);
      kept = events;
    }
    return events.visit(there, visitor);
  }
}

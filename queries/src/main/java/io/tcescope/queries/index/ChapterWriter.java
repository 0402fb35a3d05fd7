package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.TextWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;

/** Takes the events of a chapter, one by one, and makes its documents. Used again and again. */
final class ChapterWriter {
  private final Block[] blocks = new Block[EventChapter.MOST_BLOCKS];
  private int blockCount;
  private final ShapeTable shapes = new ShapeTable();
  private final Codes codes = new Codes(EventChapter.MOST_EVENTS);
  private final AreaWriter areas = new AreaWriter();
  private final KeptEvents kept = new KeptEvents();
  private final Set<String> words = new HashSet<>();
  private boolean keepsRare;

  ChapterWriter() {
    java.util.Arrays.setAll(blocks, i -> new Block());
  }

  /** Begins a new chapter, which keeps rare events or only those that always are. */
  void begin(boolean keepsRareEvents) {
    keepsRare = keepsRareEvents;
    blockCount = 0;
    shapes.clear(keepsRare);
    codes.clear();
    areas.clear();
    kept.clear();
    words.clear();
  }

  void add(Event event, EventFacts facts) {
    openBlock().add(event);
    boolean countedBack = Codes.isCountedBack(event, facts);
    int code = shapes.codeOf(event, facts, countedBack, areas);
    codes.add(event, facts, code, countedBack);
    ShapeTable.Consequence consequence = shapes.consequence(code);
    if (facts.rangeKnown()) {
      areas.add(facts.first(), facts.last(), consequence.subject(), blockCount - 1);
    }
    if (consequence.kept()) {
      kept.add(event);
    }
    if (consequence.worded()) {
      TextWords.of(event.text(), words::add);
    }
  }

  private Block openBlock() {
    if (blockCount == 0 || blocks[blockCount - 1].isFull()) {
      blocks[blockCount++].clear();
    }
    return blocks[blockCount - 1];
  }

  boolean isEmpty() {
    return blockCount == 0;
  }

  boolean isFull() {
    return blockCount == EventChapter.MOST_BLOCKS && blocks[blockCount - 1].isFull();
  }

  int keptEvents() {
    return kept.count();
  }

  /** The documents of the events that are kept, and that of the chapter. */
  List<Document> documents(int trace) throws IOException {
    long first = blocks[0].extent().first();
    List<Document> documents = new ArrayList<>();
    Document chapter = EventDocuments.about(ChapterFields.TYPE_CHAPTER, trace, first);
    values(chapter, ChapterFields.HEAD, this::head);
    values(chapter, ChapterFields.CODES, out -> codes.write(out, shapes.shapes().size()));
    values(chapter, ChapterFields.AREAS, areas::write);
    words.forEach(word -> chapter.add(new StringField(ChapterFields.WORD, word, Field.Store.NO)));
    if (kept.count() > 0) {
      values(chapter, ChapterFields.KEPT, kept::write);
      addKept(documents, first, trace);
    }
    documents.add(chapter);
    return documents;
  }

  private void addKept(List<Document> documents, long first, int trace) throws IOException {
    EventFacts facts = new EventFacts();
    kept.visit(
        event -> {
          codes.restore((int) (event.ordinal() - first), shapes.shapes(), event, facts);
          return documents.add(EventDocuments.of(event, facts, trace));
        });
  }

  private static void values(Document document, String field, Packed.Content content)
      throws IOException {
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    content.write(out);
    document.add(new BinaryDocValuesField(field, new BytesRef(out.toArrayCopy())));
  }

  private void head(org.apache.lucene.store.DataOutput out) throws IOException {
    out.writeByte((byte) (keepsRare ? 1 : 0));
    out.writeVInt(blockCount);
    for (int i = 0; i < blockCount; i++) {
      blocks[i].write(out);
    }
    Strings strings = new Strings();
    ByteBuffersDataOutput rest = new ByteBuffersDataOutput();
    for (int code = 0; code < shapes.shapes().size(); code++) {
      shapes.shapes().get(code).write(rest, strings);
      rest.writeVInt(shapes.count(code));
    }
    strings.write(out);
    out.writeVInt(shapes.shapes().size());
    rest.copyTo(out);
  }
}

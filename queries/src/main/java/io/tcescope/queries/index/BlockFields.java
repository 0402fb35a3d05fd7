package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.LongRange;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

/** Collects the addresses and words of a block's events, and makes the block's document. */
final class BlockFields {
  static final String TYPE = "type";
  static final String TYPE_BLOCK = "block";
  static final String TRACE = "trace";
  static final String FIRST = "first";
  static final String LAST = "last";
  static final String MIN_TIME = "mintime";
  static final String MAX_TIME = "maxtime";
  static final String PAYLOAD = "payload";
  static final String CALL = "block.call";
  static final String LIOBN = "block.liobn";
  static final String STATUS = "block.ret";
  static final String GENERATION = "block.window";
  static final String WORD = "block.text";

  /** Events that are kept whole. */
  static final String KEPT = "kept";

  /** Addresses are indexed by areas of that many bits. */
  static final String AREA = "area";

  static final int AREA_SHIFT = 16;

  /** Ranges of more areas than that are indexed by their ends. */
  static final String SPAN = "span";

  private static final int MOST_AREAS = 32;
  private static final long FLIP = Long.MIN_VALUE;

  private final Block block = new Block();
  private long[] areas = new long[4096];
  private int areaCount;
  private long lastArea = -1;
  private final Set<String> words = new HashSet<>();
  private long[] spans = new long[64];
  private int spanCount;
  private final KeptEvents kept = new KeptEvents();

  Block block() {
    return block;
  }

  /** Begins a new block, which keeps rare events or only those that always are. */
  void begin(boolean keepsRare) {
    block.clear();
    block.keepsRare = keepsRare;
    kept.clear();
    areaCount = 0;
    lastArea = -1;
    spanCount = 0;
    words.clear();
  }

  void add(Event event, EventFacts facts) {
    block.add(event, facts);
    keep(event);
    if (facts.rangeKnown()) {
      addRange(facts.first(), facts.last());
    }
    if (FieldValues.hasText(event)) {
      Words.of(event.text(), words::add);
    }
  }

  private void keep(Event event) {
    EventKind kind = event.kind();
    boolean failed = event.has(Event.STATUS) && !event.succeeded();
    if (block.keepsRare ? Keeping.isKeptIfRare(kind, failed) : Keeping.isAlwaysKept(kind)) {
      kept.add(event);
    }
  }

  int keptEvents() {
    return kept.count();
  }

  private void addRange(long first, long last) {
    long from = first >>> AREA_SHIFT;
    long to = last >>> AREA_SHIFT;
    if (to - from >= MOST_AREAS) {
      addSpan(first, last);
      return;
    }
    for (long area = from; area <= to; area++) {
      if (area != lastArea) {
        addArea(area);
      }
    }
  }

  private void addArea(long area) {
    lastArea = area;
    if (areaCount == areas.length) {
      areas = Arrays.copyOf(areas, 2 * areaCount);
    }
    areas[areaCount++] = area;
  }

  private void addSpan(long first, long last) {
    boolean same =
        spanCount > 0 && spans[2 * spanCount - 2] == first && spans[2 * spanCount - 1] == last;
    if (same) {
      return;
    }
    if (2 * spanCount == spans.length) {
      spans = Arrays.copyOf(spans, 2 * spans.length);
    }
    spans[2 * spanCount] = first;
    spans[2 * spanCount++ + 1] = last;
  }

  /** Unsigned order as the signed order in which Lucene keeps numbers. */
  static long ordered(long unsigned) {
    return unsigned ^ FLIP;
  }

  /** The documents of the events that are kept, and that of the block. */
  List<Document> documents(int trace) throws IOException {
    List<Document> documents = new ArrayList<>();
    Document ofBlock = document(trace);
    if (kept.count() > 0) {
      BytesRef bytes = kept.bytes();
      ofBlock.add(new BinaryDocValuesField(KEPT, bytes));
      EventFacts facts = new EventFacts();
      KeptEvents.visit(
          bytes,
          new Event(),
          event -> {
            block.restore(event, facts);
            return documents.add(EventDocuments.of(event, facts, trace));
          });
    }
    documents.add(ofBlock);
    return documents;
  }

  private Document document(int trace) {
    Document document = EventDocuments.about(TYPE_BLOCK, trace, block.first);
    document.add(new LongPoint(LAST, block.last()));
    if (block.minTime <= block.maxTime) {
      document.add(new LongPoint(MIN_TIME, block.minTime));
      document.add(new LongPoint(MAX_TIME, block.maxTime));
    }
    document.add(new BinaryDocValuesField(PAYLOAD, block.bytes()));
    addTerms(document);
    addAddresses(document);
    return document;
  }

  private void addTerms(Document document) {
    Set<String> seen = new HashSet<>();
    for (Shape shape : block.shapes) {
      once(document, seen, CALL, shape.kind().name());
      if ((shape.fields() & Event.LIOBN) != 0) {
        once(document, seen, LIOBN, Long.toHexString(shape.liobn()));
      }
      if ((shape.fields() & Event.STATUS) != 0) {
        once(document, seen, STATUS, Long.toString(shape.status()));
      }
      if (shape.generation() > 0) {
        once(document, seen, GENERATION, Long.toHexString(shape.windowLiobn()));
      }
    }
    words.forEach(word -> keyword(document, WORD, word));
  }

  private static void once(Document document, Set<String> seen, String field, String value) {
    if (seen.add(field + value)) {
      keyword(document, field, value);
    }
  }

  private static void keyword(Document document, String field, String value) {
    document.add(new StringField(field, value, Field.Store.NO));
  }

  private void addAddresses(Document document) {
    Arrays.sort(areas, 0, areaCount);
    for (int i = 0; i < areaCount; i++) {
      if (i == 0 || areas[i] != areas[i - 1]) {
        document.add(new LongPoint(AREA, areas[i]));
      }
    }
    for (int i = 0; i < spanCount; i++) {
      long[] from = {ordered(spans[2 * i])};
      long[] to = {ordered(spans[2 * i + 1])};
      document.add(new LongRange(SPAN, from, to));
    }
  }
}

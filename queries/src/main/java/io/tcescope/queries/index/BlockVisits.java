package io.tcescope.queries.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Visits the blocks that Lucene names, in the order of their events. */
final class BlockVisits {
  /** Takes a block and the way to the events that are kept of it; false if that is enough. */
  @FunctionalInterface
  interface Visitor {
    boolean on(Block block, Kept kept) throws IOException;
  }

  /** Finds the packed events of a block; null if none are kept. */
  @FunctionalInterface
  interface Kept {
    @Nullable BytesRef bytes() throws IOException;
  }

  private BlockVisits() {}

  static boolean visit(IndexSearcher searcher, Query query, Visitor visitor) throws IOException {
    List<Hit> found = searcher.search(query, new Finding());
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    BinaryDocValues[] payloads = new BinaryDocValues[leaves.size()];
    for (Hit hit : found) {
      int leaf = ReaderUtil.subIndex(hit.document, leaves);
      BinaryDocValues payload = payloads[leaf];
      int local = hit.document - leaves.get(leaf).docBase;
      if (payload == null || payload.docID() >= local) {
        payload = DocValues.getBinary(leaves.get(leaf).reader(), BlockFields.PAYLOAD);
        payloads[leaf] = payload;
      }
      if (payload.advanceExact(local)) {
        Block block = Block.read(payload.binaryValue());
        if (!visitor.on(block, () -> kept(leaves.get(leaf), local))) {
          return false;
        }
      }
    }
    return true;
  }

  private static @Nullable BytesRef kept(LeafReaderContext leaf, int document) throws IOException {
    BinaryDocValues kept = DocValues.getBinary(leaf.reader(), BlockFields.KEPT);
    return kept.advanceExact(document) ? kept.binaryValue() : null;
  }

  /** A document with the ordinal of its first event. */
  private record Hit(long first, int document) {}

  /** Collects the documents and puts them in order. */
  private static final class Finding implements CollectorManager<Found, List<Hit>> {
    @Override
    public Found newCollector() {
      return new Found();
    }

    @Override
    public List<Hit> reduce(Collection<Found> collectors) {
      List<Hit> hits = new ArrayList<>();
      collectors.forEach(found -> hits.addAll(found.hits));
      hits.sort(Comparator.comparingLong(Hit::first));
      return hits;
    }
  }

  private static final class Found extends SimpleCollector {
    private final List<Hit> hits = new ArrayList<>();
    private int base;
    private NumericDocValues first = DocValues.emptyNumeric();

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      base = context.docBase;
      first = DocValues.getNumeric(context.reader(), BlockFields.FIRST);
    }

    @Override
    public void collect(int document) throws IOException {
      if (first.advanceExact(document)) {
        hits.add(new Hit(first.longValue(), base + document));
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}

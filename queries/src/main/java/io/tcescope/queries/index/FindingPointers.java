package io.tcescope.queries.index;

import io.tcescope.engine.check.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;

/**
 * Rules by the event at which their findings point: all that a search asks of findings, in one
 * piece, for every search begins with it.
 */
final class FindingPointers {
  private static final String FIELD = "pointers";

  private FindingPointers() {}

  static Map<Long, List<String>> of(List<Finding> findings) {
    Map<Long, List<String>> rules = new HashMap<>();
    for (Finding finding : findings) {
      List<String> there = rules.computeIfAbsent(finding.ordinal(), e -> new ArrayList<>());
      if (!there.contains(finding.rule())) {
        there.add(finding.rule());
      }
    }
    return rules;
  }

  /** The field of a run's document that holds them. */
  static Field field(List<Finding> findings) throws IOException {
    Strings strings = new Strings();
    ByteBuffersDataOutput pointers = new ByteBuffersDataOutput();
    Packed.list(
        List.copyOf(of(findings).entrySet()),
        pointers,
        (pointer, out) -> {
          out.writeVLong(pointer.getKey());
          Packed.list(pointer.getValue(), out, (rule, to) -> number(rule, strings, to));
        });
    ByteBuffersDataOutput whole = new ByteBuffersDataOutput();
    strings.write(whole);
    pointers.copyTo(whole);
    return new BinaryDocValuesField(FIELD, new BytesRef(whole.toArrayCopy()));
  }

  private static void number(String rule, Strings strings, DataOutput out) throws IOException {
    out.writeVInt(strings.numberOf(rule));
  }

  /** Those of a run of the case. */
  static Map<Long, List<String>> read(IndexSearcher searcher, int trace) throws IOException {
    BooleanQuery run =
        new BooleanQuery.Builder()
            .add(Candidates.term(ChapterFields.TYPE, ReportDocuments.TYPE_RUN), Occur.FILTER)
            .add(Candidates.term(ChapterFields.TRACE, Integer.toString(trace)), Occur.FILTER)
            .build();
    Map<Long, List<String>> rules = new HashMap<>();
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    for (ScoreDoc hit : searcher.search(run, 1).scoreDocs) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
      BinaryDocValues values = DocValues.getBinary(leaf.reader(), FIELD);
      if (values.advanceExact(hit.doc - leaf.docBase)) {
        read(values.binaryValue(), rules);
      }
    }
    return rules;
  }

  private static void read(BytesRef bytes, Map<Long, List<String>> rules) throws IOException {
    ByteArrayDataInput in = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
    Strings strings = Strings.read(in);
    for (int i = in.readVInt(); i > 0; i--) {
      long event = in.readVLong();
      rules.put(event, Packed.list(in, from -> strings.text(from.readVInt())));
    }
  }
}

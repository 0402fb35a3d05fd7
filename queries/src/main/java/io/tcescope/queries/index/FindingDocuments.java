package io.tcescope.queries.index;

import io.tcescope.engine.check.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/** Findings as documents of their own. */
final class FindingDocuments {
  static final String TYPE_FINDING = "finding";
  private static final String RULE = "rule";
  private static final String EVENT = "event";
  private static final int MOST = 1_000_000;

  private FindingDocuments() {}

  static Document of(Finding finding, int trace) {
    Document document = new Document();
    document.add(new StringField(BlockFields.TYPE, TYPE_FINDING, Field.Store.NO));
    document.add(new StringField(BlockFields.TRACE, Integer.toString(trace), Field.Store.NO));
    document.add(new StringField(RULE, finding.rule(), Field.Store.YES));
    document.add(new StoredField(EVENT, finding.ordinal()));
    return document;
  }

  static org.apache.lucene.search.Query ofTrace(int trace) {
    return new BooleanQuery.Builder()
        .add(Candidates.term(BlockFields.TYPE, TYPE_FINDING), Occur.FILTER)
        .add(Candidates.term(BlockFields.TRACE, Integer.toString(trace)), Occur.FILTER)
        .build();
  }

  /** Rules by the event at which their findings point. */
  static Map<Long, List<String>> load(IndexSearcher searcher, int trace) throws IOException {
    Map<Long, List<String>> rules = new HashMap<>();
    StoredFields stored = searcher.storedFields();
    for (ScoreDoc hit : searcher.search(ofTrace(trace), MOST).scoreDocs) {
      Document document = stored.document(hit.doc);
      long event = document.getField(EVENT).numericValue().longValue();
      add(rules, event, document.get(RULE));
    }
    return rules;
  }

  static Map<Long, List<String>> of(List<Finding> findings) {
    Map<Long, List<String>> rules = new HashMap<>();
    findings.forEach(finding -> add(rules, finding.ordinal(), finding.rule()));
    return rules;
  }

  private static void add(Map<Long, List<String>> rules, long event, String rule) {
    List<String> ofEvent = rules.computeIfAbsent(event, e -> new ArrayList<>());
    if (!ofEvent.contains(rule)) {
      ofEvent.add(rule);
    }
  }
}

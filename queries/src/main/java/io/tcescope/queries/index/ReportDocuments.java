package io.tcescope.queries.index;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.state.Notation;
import io.tcescope.queries.timeline.Lane;
import io.tcescope.queries.timeline.Lanes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;

/**
 * What a replay showed as documents: one for each finding, one for each window, one for the rest.
 */
final class ReportDocuments {
  static final String TYPE_FINDING = "finding";
  static final String TYPE_WINDOW = "window";
  static final String TYPE_RUN = "run";
  private static final String CONTENT = "content";
  private static final int MOST = 10_000_000;

  private ReportDocuments() {}

  static void add(RunReport report, int trace, IndexWriter writer) throws IOException {
    for (Finding finding : report.findings()) {
      writer.addDocument(of(finding, trace));
    }
    for (Lane lane : report.lanes().lanes()) {
      writer.addDocument(of(lane, trace));
    }
    Document run = EventDocuments.about(TYPE_RUN, trace, 0);
    content(run, out -> rest(report, out));
    run.add(FindingPointers.field(report.findings()));
    writer.addDocument(run);
  }

  private static Document of(Finding finding, int trace) throws IOException {
    Document document = EventDocuments.about(TYPE_FINDING, trace, finding.ordinal());
    EventDocuments.keyword(document, "finding", finding.rule());
    EventDocuments.keyword(document, "severity", finding.severity().label());
    EventDocuments.keyword(document, "confidence", finding.confidence().label());
    if (finding.liobn().isPresent()) {
      long liobn = finding.liobn().getAsLong();
      EventDocuments.keyword(document, "liobn", Hex.of(liobn));
      EventDocuments.keyword(document, "window", Notation.window(liobn, finding.generation()));
    }
    EventDocuments.text(document, finding.message());
    content(document, out -> FindingCodec.write(finding, out));
    return document;
  }

  private static Document of(Lane lane, int trace) throws IOException {
    Document document = EventDocuments.about(TYPE_WINDOW, trace, lane.opened().event());
    EventDocuments.keyword(document, "liobn", Hex.of(lane.liobn()));
    EventDocuments.keyword(document, "window", Notation.window(lane.liobn(), lane.generation()));
    EventDocuments.keyword(document, "role", lane.role().name());
    EventDocuments.keyword(document, "mapping", lane.mapping().name());
    content(document, out -> LaneCodec.write(lane, out));
    return document;
  }

  private static void rest(RunReport report, DataOutput out) throws IOException {
    out.writeString(report.source().name());
    out.writeVLong(report.bytes());
    Packed.list(
        report.notApplicable(),
        out,
        (rule, to) -> {
          to.writeString(rule.rule());
          to.writeString(rule.reason());
        });
    HealthCodec.write(report.health(), out);
    LaneCodec.axis(report.lanes(), out);
    Packed.list(
        List.copyOf(report.places().values()),
        out,
        (named, to) -> {
          LaneCodec.moment(named.moment(), to);
          to.writeString(named.record());
        });
  }

  private static void content(Document document, Packed.Content content) throws IOException {
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    content.write(out);
    document.add(new StoredField(CONTENT, new BytesRef(out.toArrayCopy())));
  }

  /** Everything of that run that {@link #add} wrote. */
  static org.apache.lucene.search.Query ofTrace(int trace) {
    List<BytesRef> types =
        List.of(new BytesRef(TYPE_FINDING), new BytesRef(TYPE_WINDOW), new BytesRef(TYPE_RUN));
    return new BooleanQuery.Builder()
        .add(new TermInSetQuery(ChapterFields.TYPE, types), Occur.FILTER)
        .add(Candidates.term(ChapterFields.TRACE, Integer.toString(trace)), Occur.FILTER)
        .build();
  }

  static RunReport read(IndexSearcher searcher, int trace) throws IOException {
    List<Finding> findings = read(searcher, TYPE_FINDING, trace, FindingCodec::read);
    List<Lane> lanes = read(searcher, TYPE_WINDOW, trace, LaneCodec::read);
    return account(searcher, trace, in -> rest(in, findings, lanes));
  }

  /** What of the recording could not be read when it was indexed. */
  static TraceHealth health(IndexSearcher searcher, int trace) throws IOException {
    return account(searcher, trace, in -> rest(in, List.of(), List.of())).health();
  }

  private static <T> T account(IndexSearcher searcher, int trace, Packed.Reader<T> reader)
      throws IOException {
    List<T> run = read(searcher, TYPE_RUN, trace, reader);
    if (run.isEmpty()) {
      throw new CaseException(
          "the case is damaged: it holds no account of the run; delete it and index again");
    }
    return run.getFirst();
  }

  private static <T> List<T> read(
      IndexSearcher searcher, String type, int trace, Packed.Reader<T> reader) throws IOException {
    org.apache.lucene.search.Query wanted =
        new BooleanQuery.Builder()
            .add(Candidates.term(ChapterFields.TYPE, type), Occur.FILTER)
            .add(Candidates.term(ChapterFields.TRACE, Integer.toString(trace)), Occur.FILTER)
            .build();
    StoredFields stored = searcher.storedFields();
    List<T> values = new ArrayList<>();
    for (ScoreDoc hit : searcher.search(wanted, MOST, Sort.INDEXORDER).scoreDocs) {
      BytesRef content = stored.document(hit.doc).getBinaryValue(CONTENT);
      values.add(
          reader.read(new ByteArrayDataInput(content.bytes, content.offset, content.length)));
    }
    return values;
  }

  private static RunReport rest(DataInput in, List<Finding> findings, List<Lane> lanes)
      throws IOException {
    SourceKind source = SourceKind.valueOf(in.readString());
    long bytes = in.readVLong();
    List<CheckRunner.NotApplicable> notApplicable =
        Packed.list(
            in, from -> new CheckRunner.NotApplicable(from.readString(), from.readString()));
    TraceHealth health = HealthCodec.read(in);
    Lanes drawn = LaneCodec.axis(in, lanes);
    List<RunReport.Named> named =
        Packed.list(in, from -> new RunReport.Named(LaneCodec.moment(from), from.readString()));
    Map<Long, RunReport.Named> places = new HashMap<>();
    named.forEach(one -> places.put(one.moment().event(), one));
    return new RunReport(source, bytes, findings, notApplicable, health, drawn, places);
  }
}

package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.Matcher;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * A run of a case. Lucene names the blocks that may match, the shapes of a block say which of them
 * must be looked into, and their events, kept in the case or read again, with what the replay knew
 * of them, give the exact answer. Where the recording is gone, the kept ones are all there is.
 */
final class IndexedRun implements SearchableRun {
  private final IndexSearcher searcher;
  private final int number;
  private final Source source;
  private final RecordedEvents recorded;
  private final Event row = new Event();
  private final EventFacts facts = new EventFacts();
  private final Event shapeRow = new Event();
  private final EventFacts shapeFacts = new EventFacts();
  private @Nullable Map<Long, List<String>> findings;
  private long outOfReach;

  IndexedRun(IndexSearcher searcher, int number, Source source, Recordings recordings) {
    this.searcher = searcher;
    this.number = number;
    this.source = source;
    this.recorded = new RecordedEvents(source, recordings);
  }

  /** Takes the number of events of a shape all of which match; the shape is in the rows. */
  @FunctionalInterface
  private interface Counter {
    void add(int events);
  }

  @Override
  public List<String> files() {
    return recorded.files();
  }

  @Override
  public boolean search(Query query, Hits hits) throws IOException {
    return ask(query, null, hits);
  }

  @Override
  public long count(Query query) throws IOException {
    long[] count = {0};
    ask(query, events -> count[0] += events, (e, f) -> ++count[0] > 0);
    return count[0];
  }

  @Override
  public void group(Query query, QueryField field, Map<String, Long> counts) throws IOException {
    if (!Candidates.isOfShape(field)) {
      SearchableRun.super.group(query, field, counts);
      return;
    }
    Hits counting =
        (e, f) -> {
          add(counts, FieldValues.key(field, e, f), 1);
          return true;
        };
    ask(query, n -> add(counts, FieldValues.key(field, shapeRow, shapeFacts), n), counting);
  }

  private static void add(Map<String, Long> counts, @Nullable String key, long count) {
    counts.merge(key == null ? NO_VALUE : key, count, Long::sum);
  }

  @Override
  public List<String> remarks() throws IOException {
    List<String> remarks = new ArrayList<>();
    switch (recorded.condition()) {
      case SAME, CHANGED -> {}
      case GROWN ->
          remarks.add(
              source.path()
                  + ": grew since it was indexed; only the first "
                  + source.events()
                  + " events are searched (index it again)");
      case MISSING ->
          remarks.add(
              source.path()
                  + ": is gone; the case answers from what it keeps of it: window"
                  + " operations, failed calls, log lines and the like");
    }
    if (outOfReach > 0) {
      remarks.add(outOfReach + " more events may match, but only the recording could tell");
    }
    return remarks;
  }

  /** Shapes that match as a whole are counted where that is enough; of the others, all events. */
  private boolean ask(Query query, @Nullable Counter counter, Hits hits) throws IOException {
    outOfReach = 0;
    recorded.condition();
    Query resolved = new Resolver(searcher, number, findings()).resolved(query);
    Matcher matcher = Matcher.of(resolved);
    Judge judge = Judge.of(resolved, source.firstTime());
    facts.ofRun(files(), source.firstTime());
    shapeFacts.ofRun(files(), source.firstTime());
    return BlockVisits.visit(
        searcher,
        blocks(resolved),
        (block, kept) -> {
          boolean[] wanted = new boolean[block.shapes.size()];
          boolean any = false;
          for (int i = 0; i < wanted.length; i++) {
            Verdict verdict = verdict(judge, block, i);
            if (verdict == Verdict.ALL && counter != null) {
              counter.add(block.counts[i]);
            } else {
              wanted[i] = verdict != Verdict.NONE;
              any |= wanted[i];
            }
          }
          return !any || look(block, kept, wanted, matcher, hits);
        });
  }

  private Verdict verdict(Judge judge, Block block, int shape) {
    block.shapes.get(shape).fill(shapeRow);
    block.shapes.get(shape).restore(shapeFacts);
    return judge.of(shapeRow, shapeFacts, block);
  }

  private BooleanQuery blocks(Query query) {
    return new BooleanQuery.Builder()
        .add(Candidates.term(BlockFields.TYPE, BlockFields.TYPE_BLOCK), Occur.FILTER)
        .add(Candidates.term(BlockFields.TRACE, Integer.toString(number)), Occur.FILTER)
        .add(new Candidates(source.firstTime()).of(query), Occur.FILTER)
        .build();
  }

  /** Asks the events of a block that are of the wanted shapes. */
  private boolean look(
      Block block, BlockVisits.Kept kept, boolean[] wanted, Matcher matcher, Hits hits)
      throws IOException {
    block.decode();
    KeptEvents.Visitor asking =
        event -> {
          if (!wanted[block.codeOf(event)]) {
            return true;
          }
          block.restore(event, facts);
          facts.findings(findings().getOrDefault(event.ordinal(), List.of()));
          return !matcher.matches(event, facts) || hits.on(event, facts);
        };
    long notKept = notKept(block, wanted);
    if (notKept > 0 && recorded.condition() != Source.Condition.MISSING) {
      return recorded.visit(block, asking);
    }
    outOfReach += notKept;
    BytesRef bytes = kept.bytes();
    return bytes == null || KeptEvents.visit(bytes, row, asking);
  }

  /** Events of the wanted shapes that the case does not keep. */
  private static long notKept(Block block, boolean[] wanted) {
    long events = 0;
    for (int i = 0; i < wanted.length; i++) {
      events += wanted[i] && !block.isKept(i) ? block.counts[i] : 0;
    }
    return events;
  }

  private Map<Long, List<String>> findings() throws IOException {
    Map<Long, List<String>> known = findings;
    if (known == null) {
      known = ReportDocuments.rules(searcher, number);
      findings = known;
    }
    return known;
  }

  @Override
  public void close() {
    recorded.close();
  }
}

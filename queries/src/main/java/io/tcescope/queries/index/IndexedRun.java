package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.Matcher;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/**
 * A run of a case. Lucene names the blocks that may match, the shapes of a block say which of them
 * must be read again, and reading them with what the replay knew gives the exact answer.
 */
final class IndexedRun implements SearchableRun {
  private final IndexSearcher searcher;
  private final int number;
  private final Source source;
  private final Recordings recordings;
  private final Map<Long, List<String>> findings;
  private final Event event = new Event();
  private final EventFacts facts = new EventFacts();
  private final Event shapeRow = new Event();
  private final EventFacts shapeFacts = new EventFacts();
  private @Nullable Trace trace;
  private @Nullable TraceReader reader;
  private long nextEvent;

  IndexedRun(IndexSearcher searcher, int number, Source source, Recordings recordings)
      throws IOException {
    this.searcher = searcher;
    this.number = number;
    this.source = source;
    this.recordings = recordings;
    this.findings = FindingDocuments.load(searcher, number);
  }

  @Override
  public List<String> files() {
    return List.of(source.path().toString());
  }

  @Override
  public boolean search(Query query, Hits hits) throws IOException {
    Matcher matcher = Matcher.of(query);
    Judge judge = Judge.of(query, source.firstTime());
    return visit(
        query,
        block -> {
          boolean[] wanted = new boolean[block.shapes.size()];
          boolean any = false;
          for (int i = 0; i < wanted.length; i++) {
            wanted[i] = verdict(judge, block, i) != Verdict.NONE;
            any |= wanted[i];
          }
          return !any || read(block, wanted, matcher, hits);
        });
  }

  @Override
  public long count(Query query) throws IOException {
    Matcher matcher = Matcher.of(query);
    Judge judge = Judge.of(query, source.firstTime());
    long[] count = {0};
    Hits counting =
        (e, f) -> {
          count[0]++;
          return true;
        };
    visit(
        query,
        block -> {
          boolean[] undecided = new boolean[block.shapes.size()];
          boolean any = false;
          for (int i = 0; i < undecided.length; i++) {
            Verdict verdict = verdict(judge, block, i);
            count[0] += verdict == Verdict.ALL ? block.counts[i] : 0;
            undecided[i] = verdict == Verdict.SOME;
            any |= undecided[i];
          }
          return !any || read(block, undecided, matcher, counting);
        });
    return count[0];
  }

  @Override
  public void group(Query query, QueryField field, Map<String, Long> counts) throws IOException {
    if (!Candidates.isOfShape(field)) {
      SearchableRun.super.group(query, field, counts);
      return;
    }
    Matcher matcher = Matcher.of(query);
    Judge judge = Judge.of(query, source.firstTime());
    Hits counting =
        (e, f) -> {
          add(counts, FieldValues.key(field, e, f), 1);
          return true;
        };
    visit(
        query,
        block -> {
          boolean[] undecided = new boolean[block.shapes.size()];
          boolean any = false;
          for (int i = 0; i < undecided.length; i++) {
            Verdict verdict = verdict(judge, block, i);
            if (verdict == Verdict.ALL) {
              add(counts, FieldValues.key(field, shapeRow, shapeFacts), block.counts[i]);
            }
            undecided[i] = verdict == Verdict.SOME;
            any |= undecided[i];
          }
          return !any || read(block, undecided, matcher, counting);
        });
  }

  private static void add(Map<String, Long> counts, @Nullable String key, long count) {
    counts.merge(key == null ? NO_VALUE : key, count, Long::sum);
  }

  private Verdict verdict(Judge judge, Block block, int shape) {
    block.shapes.get(shape).fill(shapeRow);
    block.shapes.get(shape).restore(shapeFacts);
    return judge.of(shapeRow, shapeFacts, block);
  }

  private boolean visit(Query query, BlockVisits.Visitor visitor) throws IOException {
    Candidates candidates = new Candidates(source.firstTime());
    BooleanQuery blocks =
        new BooleanQuery.Builder()
            .add(Candidates.term(BlockFields.TYPE, BlockFields.TYPE_BLOCK), Occur.FILTER)
            .add(Candidates.term(BlockFields.TRACE, Integer.toString(number)), Occur.FILTER)
            .add(candidates.of(query), Occur.FILTER)
            .build();
    facts.ofRun(files(), source.firstTime());
    shapeFacts.ofRun(files(), source.firstTime());
    return BlockVisits.visit(searcher, blocks, visitor);
  }

  /** Reads a block again and asks its events of the wanted shapes. */
  private boolean read(Block block, boolean[] wanted, Matcher matcher, Hits hits)
      throws IOException {
    TraceReader events = readerAt(block);
    for (int i = 0; i < block.size; i++) {
      if (!events.next(event)) {
        throw new CaseException(source.path() + ": ends before event " + (block.first + i));
      }
      nextEvent++;
      if (!wanted[block.codes[i]]) {
        continue;
      }
      block.restore(event, facts);
      facts.findings(findings.getOrDefault(event.ordinal(), List.of()));
      if (matcher.matches(event, facts) && !hits.on(event, facts)) {
        return false;
      }
    }
    return true;
  }

  private TraceReader readerAt(Block block) throws IOException {
    TraceReader current = reader;
    if (current != null && nextEvent == block.first) {
      return current;
    }
    Trace opened = trace();
    opened.remember(block.first, block.line, block.file, block.offset);
    TraceReader fresh = opened.read(block.first);
    reader = fresh;
    nextEvent = block.first;
    return fresh;
  }

  private Trace trace() throws IOException {
    Trace opened = trace;
    if (opened == null) {
      requireUnchanged();
      opened = recordings.open(source.path());
      trace = opened;
    }
    return opened;
  }

  private void requireUnchanged() throws IOException {
    switch (source.condition()) {
      case SAME, GROWN -> {}
      case CHANGED ->
          throw new CaseException(source.path() + ": changed since it was indexed; index it again");
      case MISSING ->
          throw new CaseException(
              source.path() + ": is gone; the case holds counts and findings, not its events");
    }
  }

  @Override
  public void close() {
    if (trace != null) {
      trace.close();
    }
  }
}

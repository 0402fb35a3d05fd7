package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/**
 * A run of a case. Chapters say by their words, addresses and shapes which blocks must be looked
 * into, and the events of these, kept in the case or read again, with what the replay knew of them,
 * give the exact answer. Where the recording is gone, the kept ones are all there is.
 */
final class IndexedRun implements SearchableRun {
  private final IndexSearcher searcher;
  private final int number;
  private final Source source;
  private final RecordedEvents recorded;
  private @Nullable Map<Long, List<String>> findings;
  private long outOfReach;

  IndexedRun(IndexSearcher searcher, int number, Source source, Recordings recordings) {
    this.searcher = searcher;
    this.number = number;
    this.source = source;
    this.recorded = new RecordedEvents(source, recordings);
  }

  @Override
  public List<String> files() {
    return recorded.files();
  }

  @Override
  public boolean search(Query query, Hits hits) throws IOException {
    return ask(query, hits::on, false);
  }

  @Override
  public long count(Query query) throws IOException {
    Counted counted = new Counted();
    ask(query, counted, false);
    return counted.count;
  }

  private static final class Counted implements HitTally {
    private long count;

    @Override
    public boolean takes(EventSpan there, Event shape, EventFacts facts, int events) {
      count += events;
      return true;
    }

    @Override
    public boolean on(Event event, EventFacts facts) {
      count++;
      return true;
    }
  }

  @Override
  public void group(Query query, QueryField field, Map<String, Long> counts) throws IOException {
    ask(query, new Grouped(field, counts), false);
  }

  @Override
  public Spread spread(Query query) throws IOException {
    return IndexedSpread.of((tally, backwards) -> ask(query, tally, backwards));
  }

  private record Grouped(QueryField field, Map<String, Long> counts) implements HitTally {
    @Override
    public boolean takes(EventSpan there, Event shape, EventFacts facts, int events) {
      return Judge.isOfShape(field) && add(shape, facts, events);
    }

    @Override
    public boolean on(Event event, EventFacts facts) {
      return add(event, facts, 1);
    }

    private boolean add(Event event, EventFacts facts, long events) {
      String key = FieldValues.key(field, event, facts);
      counts.merge(key == null ? NO_VALUE : key, events, Long::sum);
      return true;
    }
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

  @Override
  public Optional<TraceHealth> health() throws IOException {
    return Optional.of(ReportDocuments.health(searcher, number));
  }

  private boolean ask(Query query, HitTally tally, boolean backwards) throws IOException {
    outOfReach = 0;
    recorded.condition();
    Query resolved = new Resolver(searcher, number, findings()).resolved(query);
    Asking asking = new Asking(resolved, tally, recorded, findings());
    boolean all = true;
    List<Chapters.Place> places = Chapters.find(searcher, number, resolved);
    for (Chapters.Place place : backwards ? places.reversed() : places) {
      all = all && asking.on(place.open());
    }
    outOfReach = asking.outOfReach();
    return all;
  }

  private Map<Long, List<String>> findings() throws IOException {
    Map<Long, List<String>> known = findings;
    if (known == null) {
      known = FindingPointers.read(searcher, number);
      findings = known;
    }
    return known;
  }

  @Override
  public void close() {
    recorded.close();
  }
}

package io.tcescope.queries.index;

import io.tcescope.queries.language.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/** Finds the chapters of a run that may hold events that match, in the order of their events. */
final class Chapters {
  private Chapters() {}

  /** Where a chapter stands in the index. */
  record Place(long first, LeafReader reader, int document) {
    EventChapter open() throws IOException {
      return new EventChapter(reader, document);
    }
  }

  static List<Place> find(IndexSearcher searcher, int trace, Query query) throws IOException {
    BooleanQuery wanted =
        new BooleanQuery.Builder()
            .add(Candidates.term(ChapterFields.TYPE, ChapterFields.TYPE_CHAPTER), Occur.FILTER)
            .add(Candidates.term(ChapterFields.TRACE, Integer.toString(trace)), Occur.FILTER)
            .add(Candidates.chapters(query), Occur.FILTER)
            .build();
    return searcher.search(wanted, new Finding());
  }

  /** Collects the places and puts them in order. */
  private static final class Finding implements CollectorManager<Found, List<Place>> {
    @Override
    public Found newCollector() {
      return new Found();
    }

    @Override
    public List<Place> reduce(Collection<Found> collectors) {
      List<Place> places = new ArrayList<>();
      collectors.forEach(found -> places.addAll(found.places));
      places.sort(Comparator.comparingLong(Place::first));
      return places;
    }
  }

  private static final class Found extends SimpleCollector {
    private final List<Place> places = new ArrayList<>();
    private @Nullable LeafReader reader;
    private NumericDocValues first = DocValues.emptyNumeric();

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      reader = context.reader();
      first = DocValues.getNumeric(context.reader(), ChapterFields.FIRST);
    }

    @Override
    public void collect(int document) throws IOException {
      if (reader != null && first.advanceExact(document)) {
        places.add(new Place(first.longValue(), reader, document));
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}

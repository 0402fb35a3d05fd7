package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.language.TimePoint;
import java.util.List;
import java.util.NavigableSet;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.LongRange;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;

/**
 * Blocks that may hold an event that matches: Lucene's answer to a query is never too small, and
 * what it cannot narrow down is every block.
 */
final class Candidates {
  private static final org.apache.lucene.search.Query ALL = MatchAllDocsQuery.INSTANCE;

  /** So many events are looked for one by one. */
  private static final int FEW = 256;

  private final long firstTime;

  /** For a run whose first time stamp is that. */
  Candidates(long firstTime) {
    this.firstTime = firstTime;
  }

  org.apache.lucene.search.Query of(Query query) {
    return switch (query) {
      case Query.Everything _ -> ALL;
      case Query.All(var parts) -> join(parts, Occur.FILTER);
      case Query.Any(var parts) -> join(parts, Occur.SHOULD);
      case Query.Not _ -> ALL; // a block holds both what matches and what does not
      case Query.Exists _ -> ALL;
      case Query.Name _ -> ALL; // decided by the shapes of a block
      case Query.Range range -> range(range);
      case Query.Window(long liobn, long _) -> term(BlockFields.GENERATION, hex(liobn));
      case Query.Time(var from, var to) -> time(from, to);
      case Query.Text(var words) -> words(words);
      case Query.Events(var ordinals) -> events(ordinals);
      case Query.Lucene _ -> throw new IllegalArgumentException("not resolved: " + query);
    };
  }

  private static org.apache.lucene.search.Query events(NavigableSet<Long> ordinals) {
    if (ordinals.isEmpty()) {
      return MatchNoDocsQuery.INSTANCE;
    }
    if (ordinals.size() > FEW) {
      return between(ordinals.first(), ordinals.last());
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    ordinals.forEach(one -> any.add(between(one, one), Occur.SHOULD));
    return any.build();
  }

  private org.apache.lucene.search.Query join(List<Query> parts, Occur occur) {
    BooleanQuery.Builder joined = new BooleanQuery.Builder();
    parts.forEach(part -> joined.add(of(part), occur));
    return joined.build();
  }

  private static org.apache.lucene.search.Query range(Query.Range range) {
    long from = range.from();
    long to = range.to();
    boolean one = from == to;
    return switch (range.field()) {
      case COVERS, IOBA -> addresses(from, to);
      case LIOBN -> one ? term(BlockFields.LIOBN, hex(from)) : ALL;
      case RET -> one ? term(BlockFields.STATUS, Long.toString(from)) : ALL;
      case EVENT -> between(clamped(from), clamped(to));
      default -> ALL;
    };
  }

  /** Ordinals are far below 2^63. */
  private static long clamped(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  private static org.apache.lucene.search.Query addresses(long from, long to) {
    long[] first = {BlockFields.ordered(from)};
    long[] last = {BlockFields.ordered(to)};
    return new BooleanQuery.Builder()
        .add(
            LongPoint.newRangeQuery(
                BlockFields.AREA, from >>> BlockFields.AREA_SHIFT, to >>> BlockFields.AREA_SHIFT),
            Occur.SHOULD)
        .add(LongRange.newIntersectsQuery(BlockFields.SPAN, first, last), Occur.SHOULD)
        .build();
  }

  private static org.apache.lucene.search.Query between(long first, long last) {
    return new BooleanQuery.Builder()
        .add(LongPoint.newRangeQuery(BlockFields.FIRST, 0, last), Occur.FILTER)
        .add(LongPoint.newRangeQuery(BlockFields.LAST, first, Long.MAX_VALUE), Occur.FILTER)
        .build();
  }

  private org.apache.lucene.search.Query time(TimePoint from, TimePoint to) {
    return new BooleanQuery.Builder()
        .add(notBefore(from), Occur.FILTER)
        .add(notBehind(to), Occur.FILTER)
        .build();
  }

  private org.apache.lucene.search.Query notBefore(TimePoint point) {
    return switch (point) {
      case TimePoint.Open _ -> ALL;
      case TimePoint.AtEvent(long ordinal) -> between(ordinal, Long.MAX_VALUE);
      case TimePoint.Absolute(long time) ->
          LongPoint.newRangeQuery(BlockFields.MAX_TIME, time, Long.MAX_VALUE);
      case TimePoint.Elapsed(long time) -> notBefore(new TimePoint.Absolute(absolute(time)));
    };
  }

  private org.apache.lucene.search.Query notBehind(TimePoint point) {
    return switch (point) {
      case TimePoint.Open _ -> ALL;
      case TimePoint.AtEvent(long ordinal) -> between(0, ordinal);
      case TimePoint.Absolute(long time) ->
          LongPoint.newRangeQuery(BlockFields.MIN_TIME, Long.MIN_VALUE, time);
      case TimePoint.Elapsed(long time) -> notBehind(new TimePoint.Absolute(absolute(time)));
    };
  }

  private long absolute(long elapsed) {
    return firstTime == Event.NO_TIME ? Long.MAX_VALUE : firstTime + elapsed;
  }

  private static org.apache.lucene.search.Query words(List<String> words) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String word : words) {
      Term term = new Term(BlockFields.WORD, word);
      all.add(word.indexOf('*') < 0 ? new TermQuery(term) : new WildcardQuery(term), Occur.FILTER);
    }
    return all.build();
  }

  static org.apache.lucene.search.Query term(String field, String value) {
    return new TermQuery(new Term(field, value));
  }

  /** The blocks that hold calls of one of the kinds. */
  static org.apache.lucene.search.Query kinds(Iterable<EventKind> kinds) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    kinds.forEach(kind -> any.add(term(BlockFields.CALL, kind.name()), Occur.SHOULD));
    return any.build();
  }

  private static String hex(long value) {
    return Long.toHexString(value);
  }

  /** Fields whose values the shape of an event decides. */
  static boolean isOfShape(QueryField field) {
    return switch (field) {
      case CALL, KIND, NAME, LIOBN, RET, WINDOW, EFFECT, DEVICE, TASK, CPU, THREAD -> true;
      case IOBA, IOBA_RECORDED, COVERS, PAGES, TCE, FINDING, BUID, CONFIG_ADDRESS, PE -> false;
      case TIME, EVENT, LINE, FILE, START, SIZE, PAGE_SHIFT, PERM, ID, TEXT -> false;
      case SAVED, LUCENE -> false;
    };
  }
}

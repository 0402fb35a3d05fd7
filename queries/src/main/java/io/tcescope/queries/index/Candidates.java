package io.tcescope.queries.index;

import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.jspecify.annotations.Nullable;

/**
 * Where events may stand that match: never too little, and what cannot be narrowed down is
 * everywhere. Lucene finds the chapters by their words, a chapter its blocks by the rest.
 *
 * @param firstTime first time stamp of the run
 */
record Candidates(long firstTime) {
  private static final org.apache.lucene.search.Query ALL = MatchAllDocsQuery.INSTANCE;
  private static final long EVERY_BLOCK = -1;

  /** Chapters with the words of a query. */
  static org.apache.lucene.search.Query chapters(Query query) {
    return switch (query) {
      case Query.All(var parts) -> join(parts, Occur.FILTER);
      case Query.Any(var parts) -> join(parts, Occur.SHOULD);
      case Query.Text(var words) -> words(words);
      default -> ALL;
    };
  }

  private static org.apache.lucene.search.Query join(List<Query> parts, Occur occur) {
    BooleanQuery.Builder joined = new BooleanQuery.Builder();
    parts.forEach(part -> joined.add(chapters(part), occur));
    return joined.build();
  }

  private static org.apache.lucene.search.Query words(List<String> words) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String word : words) {
      Term term = new Term(ChapterFields.WORD, word);
      all.add(word.indexOf('*') < 0 ? new TermQuery(term) : new WildcardQuery(term), Occur.FILTER);
    }
    return all.build();
  }

  static org.apache.lucene.search.Query term(String field, String value) {
    return new TermQuery(new Term(field, value));
  }

  /** Blocks of a chapter, one bit each. */
  long blocks(Query query, EventChapter chapter) throws IOException {
    return switch (query) {
      case Query.All(var parts) -> all(parts, chapter);
      case Query.Any(var parts) -> any(parts, chapter);
      case Query.Range range -> range(range, chapter);
      case Query.Time time -> in(chapter, extent -> extent.within(time, firstTime));
      case Query.Events(var ordinals) -> in(chapter, extent -> extent.among(ordinals));
      default -> EVERY_BLOCK; // decided by the shapes, or by each event
    };
  }

  /** Addresses are looked for among those of the LIOBN, where all must hold and one is named. */
  private long all(List<Query> parts, EventChapter chapter) throws IOException {
    Long liobn = liobn(parts);
    long blocks = EVERY_BLOCK;
    for (Query part : parts) {
      blocks &=
          liobn != null && part instanceof Query.Range range && isAddress(range)
              ? chapter.areas().blocksOf(liobn, range.from(), range.to())
              : blocks(part, chapter);
      if (blocks == 0) {
        break;
      }
    }
    return blocks;
  }

  private static @Nullable Long liobn(List<Query> parts) {
    for (Query part : parts) {
      if (part instanceof Query.Range(var field, long from, long to)
          && field == QueryField.LIOBN
          && from == to) {
        return from;
      }
    }
    return null;
  }

  private long any(List<Query> parts, EventChapter chapter) throws IOException {
    long blocks = 0;
    for (Query part : parts) {
      blocks |= blocks(part, chapter);
    }
    return blocks;
  }

  private static boolean isAddress(Query.Range range) {
    return range.field() == QueryField.COVERS || range.field() == QueryField.IOBA;
  }

  private static long range(Query.Range range, EventChapter chapter) throws IOException {
    return switch (range.field()) {
      case COVERS, IOBA -> chapter.areas().blocks(range.from(), range.to());
      case EVENT -> in(chapter, extent -> extent.withinEvents(range.from(), range.to()));
      case LINE -> in(chapter, extent -> extent.withinLines(range.from(), range.to()));
      default -> EVERY_BLOCK;
    };
  }

  private static long in(EventChapter chapter, Function<EventSpan, ShapeMatch> test) {
    if (test.apply(chapter.extent()) == ShapeMatch.NONE) {
      return 0;
    }
    long blocks = 0;
    for (int i = 0; i < chapter.blocks().size(); i++) {
      if (test.apply(chapter.blocks().get(i).extent()) != ShapeMatch.NONE) {
        blocks |= 1L << i;
      }
    }
    return blocks;
  }
}

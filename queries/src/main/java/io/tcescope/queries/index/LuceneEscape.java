package io.tcescope.queries.index;

import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QuerySyntaxException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * Questions in Lucene's own language, asked of the documents that events, findings and windows have
 * of their own. The answer is the events that these are about.
 */
public final class LuceneEscape {
  private static final String EVENT = "event";

  /** Names are kept whole and in lower case, texts word by word. */
  static final Analyzer ANALYZER =
      new Analyzer(Analyzer.PER_FIELD_REUSE_STRATEGY) {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer tokenizer =
              field.equals(EventDocuments.TEXT) ? new StandardTokenizer() : new WholeTokenizer();
          return new TokenStreamComponents(tokenizer, new LowerCaseFilter(tokenizer));
        }

        @Override
        protected TokenStream normalize(String field, TokenStream in) {
          return new LowerCaseFilter(in);
        }
      };

  private LuceneEscape() {}

  /** Throws if a question in Lucene's language is none. */
  public static void check(Query query) throws QuerySyntaxException {
    switch (query) {
      case Query.Lucene(var text) -> {
        try {
          parse(text);
        } catch (ParseException e) {
          throw new QuerySyntaxException("Lucene: " + firstLine(e), text, 1);
        }
      }
      case Query.All(var parts) -> checkAll(parts);
      case Query.Any(var parts) -> checkAll(parts);
      case Query.Not(var inner) -> check(inner);
      default -> {}
    }
  }

  private static void checkAll(List<Query> parts) throws QuerySyntaxException {
    for (Query part : parts) {
      check(part);
    }
  }

  private static String firstLine(ParseException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end).strip();
  }

  /** True if some part of the query is in Lucene's language. */
  public static boolean isIn(Query query) {
    return switch (query) {
      case Query.Lucene _ -> true;
      case Query.All(var parts) -> parts.stream().anyMatch(LuceneEscape::isIn);
      case Query.Any(var parts) -> parts.stream().anyMatch(LuceneEscape::isIn);
      case Query.Not(var inner) -> isIn(inner);
      default -> false;
    };
  }

  private static org.apache.lucene.search.Query parse(String text) throws ParseException {
    QueryParser parser =
        new QueryParser(EventDocuments.TEXT, ANALYZER) {
          @Override
          protected org.apache.lucene.search.Query newRangeQuery(
              String field, String from, String to, boolean withFrom, boolean withTo) {
            if (!field.equals(EVENT)) {
              return super.newRangeQuery(field, from, to, withFrom, withTo);
            }
            long first = from == null ? 0 : Long.parseLong(from) + (withFrom ? 0 : 1);
            long last = to == null ? Long.MAX_VALUE : Long.parseLong(to) - (withTo ? 0 : 1);
            return LongPoint.newRangeQuery(ChapterFields.FIRST, first, last);
          }
        };
    CaseFormat.prepareLucene();
    parser.setAllowLeadingWildcard(true);
    parser.setDefaultOperator(QueryParser.Operator.AND);
    try {
      return parser.parse(text);
    } catch (NumberFormatException e) {
      throw new ParseException("an event is a number: " + e.getMessage());
    }
  }

  /** The events of a run that documents about which Lucene is asked are about. */
  static NavigableSet<Long> answer(String text, IndexSearcher searcher, int trace)
      throws IOException {
    try {
      org.apache.lucene.search.Query wanted =
          new BooleanQuery.Builder()
              .add(parse(text), Occur.MUST)
              .add(Candidates.term(ChapterFields.TRACE, Integer.toString(trace)), Occur.FILTER)
              .add(Candidates.term(ChapterFields.TYPE, ChapterFields.TYPE_CHAPTER), Occur.MUST_NOT)
              .build();
      return searcher.search(wanted, new Events());
    } catch (ParseException e) {
      throw new CaseException("Lucene: " + firstLine(e), e);
    }
  }

  /** Collects the events that documents are about. */
  private static final class Events implements CollectorManager<Found, NavigableSet<Long>> {
    @Override
    public Found newCollector() {
      return new Found();
    }

    @Override
    public NavigableSet<Long> reduce(Collection<Found> collectors) {
      NavigableSet<Long> events = new TreeSet<>();
      collectors.forEach(found -> events.addAll(found.events));
      return events;
    }
  }

  private static final class Found extends SimpleCollector {
    private final NavigableSet<Long> events = new TreeSet<>();
    private NumericDocValues event = DocValues.emptyNumeric();

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      event = DocValues.getNumeric(context.reader(), ChapterFields.FIRST);
    }

    @Override
    public void collect(int document) throws IOException {
      if (event.advanceExact(document)) {
        events.add(event.longValue());
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}

package io.tcescope.queries.language;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Pseudo-random queries about the kind of events that random calls make. */
public final class RandomQueries {
  private static final long[] ADDRESSES = {0, 0x1000, 0x5000, 0x3f000, 0x800000000000000L, -1};
  private static final List<String> CALLS =
      List.of("H_PUT_TCE", "H_*", "H_STUFF_TCE", "316", "log", "ibm,*", "dma", "new_table");
  private static final List<String> EFFECTS =
      List.of("mapped", "remapped", "cle*", "refused", "opened", "dead-liobn");

  private static final List<QueryField> FIELDS =
      Stream.of(QueryField.values())
          .filter(field -> field != QueryField.SAVED && field != QueryField.LUCENE)
          .toList();

  private final RandomGenerator random;

  public RandomQueries(RandomGenerator random) {
    this.random = random;
  }

  public Query next() {
    return next(3);
  }

  private Query next(int depth) {
    int choice = random.nextInt(depth > 0 ? 10 : 6);
    return switch (choice) {
      case 6 -> new Query.Not(next(depth - 1));
      case 7, 8 -> new Query.All(parts(depth));
      case 9 -> new Query.Any(parts(depth));
      default -> leaf();
    };
  }

  private List<Query> parts(int depth) {
    return Stream.generate(() -> next(depth - 1)).limit(2 + random.nextInt(2)).toList();
  }

  private Query leaf() {
    return switch (random.nextInt(14)) {
      case 0, 1 -> new Query.Name(QueryField.CALL, oneOf(CALLS));
      case 2 -> new Query.Name(QueryField.EFFECT, oneOf(EFFECTS));
      case 3 -> random.nextBoolean() ? liobn() : addressesOfLiobn();
      case 4, 5 -> range(QueryField.COVERS);
      case 6 -> range(QueryField.IOBA);
      case 7 -> new Query.Range(QueryField.RET, -1L * random.nextInt(6), random.nextInt(3));
      case 8 -> new Query.Window(0x80000000L + random.nextInt(2), random.nextInt(4));
      case 9 -> events();
      case 10 -> new Query.Time(time(0), time(1));
      case 11 -> new Query.Text(List.of("remark", String.valueOf(random.nextInt(100))));
      case 12 -> rare();
      default -> new Query.Range(QueryField.PAGES, random.nextInt(5), 5 + random.nextInt(15));
    };
  }

  private Query liobn() {
    long liobn = 0x80000000L + 0x100L * random.nextInt(2) + random.nextInt(2);
    return new Query.Range(QueryField.LIOBN, liobn, liobn);
  }

  private Query addressesOfLiobn() {
    return new Query.All(List.of(range(QueryField.COVERS), liobn()));
  }

  private Query rare() {
    return switch (random.nextInt(9)) {
      case 0 -> new Query.Everything();
      case 1, 2 -> new Query.Exists(FIELDS.get(random.nextInt(FIELDS.size())));
      case 3 -> new Query.Name(QueryField.KIND, "ddw");
      case 4 -> new Query.Name(QueryField.RET, "H_P*");
      case 5 -> new Query.Range(QueryField.TCE, 0, random.nextInt(256) << 12);
      case 6 -> new Query.Range(QueryField.LINE, random.nextInt(2000), 2000 + random.nextInt(500));
      case 7 -> new Query.Range(QueryField.THREAD, 4700, 4700 + random.nextInt(2));
      default -> new Query.Name(QueryField.FINDING, "default-*");
    };
  }

  private Query range(QueryField field) {
    long from = ADDRESSES[random.nextInt(ADDRESSES.length)];
    long room = -1 - from;
    long span = 0x1000L * random.nextInt(32);
    return new Query.Range(
        field, from, from + (Long.compareUnsigned(span, room) < 0 ? span : room));
  }

  private Query events() {
    long from = 1L + random.nextInt(3000);
    return new Query.Range(QueryField.EVENT, from, from + random.nextInt(500));
  }

  private TimePoint time(int later) {
    return switch (random.nextInt(4)) {
      case 0 -> new TimePoint.Open();
      case 1 -> new TimePoint.AtEvent(1L + random.nextInt(1000) + 1000L * later);
      case 2 -> new TimePoint.Absolute(random.nextInt(1_000_000) + 1_000_000L * later);
      default -> new TimePoint.Elapsed(random.nextInt(1_000_000) + 1_000_000L * later);
    };
  }

  private String oneOf(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}

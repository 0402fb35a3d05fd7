package io.tcescope.engine.check;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * For how many pages a guest's allocator found no room, as its kernel said and as a tracer saw: two
 * tellings of the same failures, of which the kernel's drops what comes too fast.
 */
final class RequestSizes {
  private static final int SHOWN = 4;

  private final Map<Long, Long> said = new TreeMap<>();
  private final Map<Long, Long> seen = new TreeMap<>();

  /** Counts a failure; true if it is the first of that size. 0 pages if nobody tells how many. */
  boolean add(long pages, boolean traced) {
    boolean met = said.containsKey(pages) || seen.containsKey(pages);
    (traced ? seen : said).merge(pages, 1L, Long::sum);
    return !met;
  }

  /** True if the tracer did not see more of them, so that what the kernel left out is missing. */
  boolean isMostlySaid() {
    return total(said) >= total(seen);
  }

  private static long total(Map<Long, Long> sizes) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<Long, Long> fuller() {
    return total(seen) >= total(said) ? seen : said;
  }

  long total() {
    return total(fuller());
  }

  /**
   * "all for 16 pages", or "410 for 16 pages, 6 for 10 pages and 2 for 1 page", the commonest
   * first.
   */
  String inWords() {
    List<Map.Entry<Long, Long>> sizes =
        fuller().entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    if (sizes.size() == 1) {
      return (total() == 1 ? "" : "all ") + forPages(sizes.getFirst().getKey());
    }
    long others = sizes.stream().skip(SHOWN).mapToLong(Map.Entry::getValue).sum();
    List<String> words =
        sizes.stream()
            .limit(SHOWN)
            .map(size -> size.getValue() + " " + forPages(size.getKey()))
            .toList();
    return others == 0
        ? FindingWords.list(words)
        : String.join(", ", words) + " and " + others + " for others";
  }

  private static String forPages(long pages) {
    return pages == 0
        ? "for an unknown number of pages"
        : "for " + FindingWords.counted(pages, "page", "pages");
  }
}

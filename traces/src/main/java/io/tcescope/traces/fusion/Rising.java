package io.tcescope.traces.fusion;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Points of two rising axes, such as the two stamps of events that two recordings share. */
final class Rising {
  /** No point at all. */
  static final Rising NONE = new Rising(new long[0], new long[0], 0);

  private long[] x;
  private long[] y;
  private int size;

  Rising() {
    this(new long[64], new long[64], 0);
  }

  private Rising(long[] x, long[] y, int size) {
    this.x = x;
    this.y = y;
    this.size = size;
  }

  void add(long here, long there) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
    }
    x[size] = here;
    y[size++] = there;
  }

  void addAll(Rising other) {
    for (int i = 0; i < other.size; i++) {
      add(other.x[i], other.y[i]);
    }
  }

  int size() {
    return size;
  }

  long x(int index) {
    return x[index];
  }

  long y(int index) {
    return y[index];
  }

  /** The same points with their coordinates exchanged. */
  Rising swapped() {
    return new Rising(Arrays.copyOf(y, size), Arrays.copyOf(x, size), size);
  }

  /** The points whose coordinates stand at those indexes. */
  Rising at(long[] xs, long[] ys) {
    Rising points = new Rising();
    for (int i = 0; i < size; i++) {
      points.add(xs[(int) x[i]], ys[(int) y[i]]);
    }
    return points;
  }

  /** The points from one index to before another. */
  Rising range(int from, int to) {
    return new Rising(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to), to - from);
  }

  /**
   * Of several points with one x only those that most others side with: others at about the same
   * difference of the coordinates.
   */
  Rising supported(long jitter) {
    long[] differences = new long[size];
    for (int i = 0; i < size; i++) {
      differences[i] = y[i] - x[i];
    }
    Arrays.sort(differences);
    int[] support = new int[size];
    Map<Long, Integer> best = new HashMap<>();
    for (int i = 0; i < size; i++) {
      long difference = y[i] - x[i];
      support[i] =
          below(differences, difference + jitter + 1) - below(differences, difference - jitter);
      best.merge(x[i], support[i], Math::max);
    }
    Rising kept = new Rising();
    for (int i = 0; i < size; i++) {
      if (3 * support[i] >= 2 * best.getOrDefault(x[i], 0)) {
        kept.add(x[i], y[i]);
      }
    }
    return kept;
  }

  /** How many of the sorted values are less. */
  private static int below(long[] sorted, long value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The most points that rise strictly in both coordinates (the longest increasing subsequence, by
   * patience sorting): wrong points cross right ones, and the right ones are more.
   */
  Rising longest() {
    int[] order = order();
    int[] pile = new int[size];
    int[] before = new int[size];
    int piles = 0;
    for (int i = 0; i < size; i++) {
      int place = lowerBound(order, pile, piles, y[order[i]]);
      before[i] = place == 0 ? -1 : pile[place - 1];
      pile[place] = i;
      piles = Math.max(piles, place + 1);
    }
    long[] risingX = new long[piles];
    long[] risingY = new long[piles];
    int at = piles == 0 ? -1 : pile[piles - 1];
    for (int i = piles - 1; i >= 0; i--) {
      risingX[i] = x[order[at]];
      risingY[i] = y[order[at]];
      at = before[at];
    }
    return new Rising(risingX, risingY, piles);
  }

  /** By x, and of one x the highest y first: a sequence then takes at most one of them. */
  private int[] order() {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order, (a, b) -> x[a] != x[b] ? Long.compare(x[a], x[b]) : Long.compare(y[b], y[a]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  private int lowerBound(int[] order, int[] pile, int piles, long wanted) {
    int low = 0;
    int high = piles;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (y[order[pile[middle]]] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Index of the last point at or before {@code wanted}, -1 if all are behind it. */
  int floor(long wanted) {
    int found = Arrays.binarySearch(x, 0, size, wanted);
    return found >= 0 ? found : -found - 2;
  }

  /** The y of a straight line between two neighbouring points. */
  long between(int index, long wanted) {
    double share = (double) (wanted - x[index]) / (x[index + 1] - x[index]);
    return y[index] + (long) (share * (y[index + 1] - y[index]));
  }
}

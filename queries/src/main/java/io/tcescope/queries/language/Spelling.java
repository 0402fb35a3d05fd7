package io.tcescope.queries.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the words somebody probably meant. */
public final class Spelling {
  /** So many are suggested at once. */
  private static final int MOST_MEANT = 3;

  /** So many are listed where no one is like the word. */
  private static final int MOST_LISTED = 40;

  /** Shorter words are part of too many. */
  private static final int SHORTEST_PART = 3;

  private Spelling() {}

  /** " (did you mean X?)" for the nearest candidates, or nothing if none is near. */
  public static String suggestion(String word, Collection<String> candidates) {
    return didYouMean(nearest(word, candidates));
  }

  /** The same, else for those that have the word in them, else all there are if these are few. */
  public static String hint(String word, Collection<String> candidates) {
    List<String> meant = nearest(word, candidates);
    if (meant.isEmpty()) {
      meant = containing(word, candidates);
    }
    boolean few = candidates.size() <= MOST_LISTED;
    return !meant.isEmpty() || !few
        ? didYouMean(meant)
        : " (there are " + String.join(", ", candidates) + ")";
  }

  private static String didYouMean(List<String> words) {
    return words.isEmpty() ? "" : " (did you mean " + String.join(" or ", words) + "?)";
  }

  private static List<String> nearest(String word, Collection<String> candidates) {
    List<String> best = new ArrayList<>();
    int bestDistance = Math.max(2, word.length() / 3);
    for (String candidate : candidates) {
      int distance = distance(lower(word), lower(candidate));
      if (distance < bestDistance) {
        best.clear();
        bestDistance = distance;
      }
      if (distance == bestDistance && best.size() < MOST_MEANT) {
        best.add(candidate);
      }
    }
    return best;
  }

  /** The shortest of them, which have least besides it. */
  private static List<String> containing(String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> word.length() >= SHORTEST_PART)
        .filter(candidate -> lower(candidate).contains(lower(word)))
        .sorted(Comparator.comparingInt(String::length))
        .limit(MOST_MEANT)
        .toList();
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** Edits that turn one word into the other: insert, delete, replace, swap neighbours. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, 1 + edits[i - 2][j - 2]) : best;
  }
}

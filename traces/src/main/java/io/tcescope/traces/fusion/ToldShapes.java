package io.tcescope.traces.fusion;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that recordings tell of windows, at whatever time. One that begins late, or that shows
 * calls on tables only, does not tell them; of a LIOBN that has had one shape all the while,
 * another recording's word holds for it too.
 */
final class ToldShapes {
  private final Map<Long, Shape> only = new HashMap<>();
  private final Set<Long> several = new HashSet<>();

  void tell(long liobn, Shape shape) {
    Shape before = only.putIfAbsent(liobn, shape);
    if (before != null && before.shift() != shape.shift()) {
      several.add(liobn);
    }
  }

  void tellAll(ToldShapes others) {
    others.only.forEach(this::tell);
    several.addAll(others.several);
  }

  /** The shape that a LIOBN had whenever one was told; null if none was, or several. */
  @Nullable Shape of(long liobn) {
    return several.contains(liobn) ? null : only.get(liobn);
  }

  /** True if calls on one of these windows were not on pages of the usual size. */
  boolean surprise(Set<Long> liobns) {
    return liobns.stream()
        .map(this::of)
        .anyMatch(shape -> shape != null && shape.shift() != Shape.DEFAULT.shift());
  }
}

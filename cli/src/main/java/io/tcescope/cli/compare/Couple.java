package io.tcescope.cli.compare;

import io.tcescope.cli.output.Investigated;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The recordings of one name in two folders; one of them may be missing.
 *
 * @param name their path inside the folder
 */
public record Couple(String name, Optional<Investigated> a, Optional<Investigated> b) {
  /** The two side by side, empty if there is one only. */
  public Optional<Pair> pair() {
    return a.flatMap(one -> b.map(other -> Pair.of(one, other)));
  }

  /** The recordings there are. */
  public List<Investigated> runs() {
    return Stream.of(a, b).flatMap(Optional::stream).toList();
  }
}

package io.tcescope.queries.language;

import io.tcescope.engine.event.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls by their names. */
final class Calls {
  private Calls() {}

  /** RTAS window calls are known with and without the plural s, a look-up as dma and access. */
  static boolean matches(NamePattern pattern, EventKind kind) {
    return pattern.matches(kind.call())
        || (kind.group() == EventKind.Group.DDW && pattern.matches(kind.call() + "s"))
        || (kind == EventKind.DMA && pattern.matches("access"));
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    Arrays.stream(EventKind.values()).map(EventKind::call).distinct().forEach(names::add);
    return names;
  }
}

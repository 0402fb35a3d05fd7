package io.tcescope.engine.why;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All trouble of a run: what is of one kind and concerns the same place is one. */
final class Troubles {
  private record Key(SymptomKind kind, String place) {}

  private final Map<Key, Trouble> byPlace = new LinkedHashMap<>();

  /** The trouble of that kind at that place, null if there is none yet. */
  @Nullable Trouble get(SymptomKind kind, String place) {
    return byPlace.get(new Key(kind, place));
  }

  /** Remembers trouble at a place, instead of what was known there. */
  Trouble put(String place, Trouble trouble) {
    byPlace.put(new Key(trouble.kind(), place), trouble);
    return trouble;
  }

  /** All of it, in the order in which it first showed. */
  List<Trouble> all() {
    return byPlace.values().stream().sorted(Comparator.comparingLong(Trouble::ordinal)).toList();
  }
}

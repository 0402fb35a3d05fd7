package io.tcescope.engine.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All trouble of a run: what is of one kind and concerns the same place is one. */
final class Troubles {
  private record Key(SymptomKind kind, String place) {}

  private final Map<Key, SymptomDraft> byPlace = new LinkedHashMap<>();

  /** What the machine met before it was reset. */
  private final List<SymptomDraft> earlier = new ArrayList<>();

  private long reset;

  /** The machine is another from that event on, and so is its trouble. */
  void rebooted(long event) {
    earlier.addAll(byPlace.values());
    byPlace.clear();
    reset = event;
  }

  /** The trouble of that kind at that place, null if there is none yet. */
  @Nullable SymptomDraft get(SymptomKind kind, String place) {
    return byPlace.get(new Key(kind, place));
  }

  /** Remembers trouble at a place, instead of what was known there. */
  SymptomDraft put(String place, SymptomDraft trouble) {
    byPlace.put(new Key(trouble.kind(), place), trouble.since(reset));
    return trouble;
  }

  /** All of it, in the order in which it first showed. */
  List<SymptomDraft> all() {
    return Stream.concat(earlier.stream(), byPlace.values().stream())
        .sorted(Comparator.comparingLong(SymptomDraft::ordinal))
        .toList();
  }
}

package io.tcescope.cli.shrink;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which lines of a recording are of one kind, those of one event on one window, which go all
 * together or not at all.
 */
final class Kinds {
  private record Kind(String name, long liobn) {}

  /** The kind of each line by its number; 0 for lines that are no record. */
  private final int[] kinds;

  private final int[] counts;

  private Kinds(int[] kinds, int[] counts) {
    this.kinds = kinds;
    this.counts = counts;
  }

  static Kinds of(Trace trace, int lines) {
    int[] kinds = new int[lines];
    Map<Kind, Integer> numbers = new HashMap<>();
    TraceReader reader = trace.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      Kind kind = new Kind(event.name(), event.has(Event.LIOBN) ? event.liobn() : -1);
      int number = numbers.computeIfAbsent(kind, k -> numbers.size() + 1);
      if (event.line() >= 1 && event.line() <= lines) {
        kinds[(int) event.line() - 1] = number;
      }
    }
    int[] counts = new int[numbers.size() + 1];
    for (int kind : kinds) {
      counts[kind]++;
    }
    return new Kinds(kinds, counts);
  }

  /** All kinds, those of the most lines first. */
  List<Integer> byCount() {
    List<Integer> all = new ArrayList<>();
    for (int kind = 0; kind < counts.length; kind++) {
      all.add(kind);
    }
    all.sort(Comparator.comparingInt(kind -> -counts[kind]));
    return all;
  }

  int of(int line) {
    return kinds[line];
  }

  boolean isOf(int line, int kind) {
    return kinds[line] == kind;
  }
}

package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The shapes of a chapter that is being filled, and what follows from a shape for its events. */
final class ShapeTable {
  private final List<Shape> shapes = new ArrayList<>();
  private int[] slots = new int[1024];
  private Consequence[] consequences = new Consequence[256];
  private int[] counts = new int[256];
  private boolean keepsRare;

  /**
   * What a shape says about each of its events.
   *
   * @param kept whole in the case
   * @param worded has words to be found by
   * @param subject number of its LIOBN among the addresses of the chapter
   */
  record Consequence(boolean kept, boolean worded, int subject) {}

  void clear(boolean chapterKeepsRare) {
    shapes.clear();
    Arrays.fill(slots, 0);
    Arrays.fill(counts, 0);
    keepsRare = chapterKeepsRare;
  }

  /** Number of the event's shape; the event is counted. */
  int codeOf(Event event, EventFacts facts, boolean countedBack, AreaWriter areas) {
    int slot = Shape.hash(event, facts) & (slots.length - 1);
    while (slots[slot] != 0) {
      int code = slots[slot] - 1;
      if (shapes.get(code).fits(event, facts, countedBack)) {
        counts[code]++;
        return code;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    int code = add(Shape.of(event, facts, countedBack), areas);
    slots[slot] = code + 1;
    if (2 * shapes.size() > slots.length) {
      rehash();
    }
    counts[code]++;
    return code;
  }

  private int add(Shape shape, AreaWriter areas) {
    int code = shapes.size();
    shapes.add(shape);
    if (code == counts.length) {
      counts = Arrays.copyOf(counts, 2 * code);
      consequences = Arrays.copyOf(consequences, 2 * code);
    }
    int subject = (shape.fields() & Event.LIOBN) != 0 ? areas.subject(shape.liobn()) : 0;
    consequences[code] =
        new Consequence(
            Keeping.isKept(shape, keepsRare), FieldValues.hasOwnText(shape.kind()), subject);
    return code;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    for (int code = 0; code < shapes.size(); code++) {
      int slot = shapes.get(code).hash() & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = code + 1;
    }
  }

  Consequence consequence(int code) {
    return consequences[code];
  }

  List<Shape> shapes() {
    return shapes;
  }

  int count(int code) {
    return counts[code];
  }
}

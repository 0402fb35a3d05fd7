package io.tcescope.traces.parts;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What parts have told of one moment, to recognise a record that stands in two of them. A record
 * that one part holds twice is two.
 */
final class ToldRecords {
  /** Records of one moment that are kept: more is a recorder whose clock stands still. */
  private static final int MOST = 1 << 16;

  private final SourceKind source;
  private final int parts;

  /** How often each part has told each record. */
  private final Map<Message, int[]> told = new HashMap<>();

  private long time = Event.NO_TIME;

  ToldRecords(SourceKind source, int parts) {
    this.source = source;
    this.parts = parts;
  }

  /** What was told of another moment is forgotten. */
  void moveTo(long now) {
    if (now != time) {
      time = now;
      if (!told.isEmpty()) {
        told.clear();
      }
    }
  }

  /** True if a record was taken that tells of this moment. */
  boolean isTold() {
    return !told.isEmpty();
  }

  /** Takes a record that a part tells; true if another part has told it. */
  boolean isRepeated(Event event, int part) {
    Message message = Message.of(event, source);
    int[] counts = told.get(message);
    if (counts == null) {
      if (told.size() == MOST) {
        return false;
      }
      counts = new int[parts];
      told.put(message, counts);
    }
    int most = Arrays.stream(counts).max().orElse(0);
    return counts[part]++ < most;
  }
}

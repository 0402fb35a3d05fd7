package io.tcescope.traces.parts;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which message logs are of one boot of the kernel. Its clock begins at 0 with each: logs that
 * overlap in time are of one boot only if they hold the same messages then.
 */
final class BootLogs {
  private BootLogs() {}

  /** Logs by boots, both in the order given. */
  static List<List<Part>> of(List<Part> given) {
    List<List<Part>> boots = new ArrayList<>();
    for (Part part : given) {
      boots.stream()
          .filter(boot -> boot.stream().allMatch(other -> isSameBoot(part, other)))
          .findFirst()
          .orElseGet(
              () -> {
                List<Part> another = new ArrayList<>();
                boots.add(another);
                return another;
              })
          .add(part);
    }
    return boots;
  }

  private static boolean isSameBoot(Part one, Part other) {
    long from = Math.max(one.first(), other.first());
    long to = Math.min(one.last(), other.last());
    if (from > to - Trace.JITTER) {
      return true;
    }
    Set<Message> messages = messages(one, from, to);
    Set<Message> others = messages(other, from, to);
    int fewer = Math.min(messages.size(), others.size());
    messages.retainAll(others);
    return 2 * messages.size() >= fewer;
  }

  /** The messages of a stretch of time, without those before the clock runs. */
  private static Set<Message> messages(Part part, long from, long to) {
    Set<Message> messages = new HashSet<>();
    TraceReader reader = part.trace().read(1);
    Event event = new Event();
    while (reader.next(event)) {
      if (event.time() > 0 && event.time() >= from && event.time() <= to) {
        messages.add(Message.of(event, part.trace().source()));
      }
    }
    return messages;
  }
}

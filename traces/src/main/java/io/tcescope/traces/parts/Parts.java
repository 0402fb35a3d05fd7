package io.tcescope.traces.parts;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes one recording of several files that one recorder wrote. */
public final class Parts {
  private Parts() {}

  /**
   * Joins files of one kind by their times: one after the other, or merged where they overlap.
   * Files without times follow each other as given. The trace closes them all.
   */
  public static Trace of(List<Trace> files) {
    List<Part> given = files.parallelStream().map(Part::of).toList();
    Optional<Part> untimed = given.stream().filter(part -> !part.timed()).findFirst();
    if (untimed.isPresent()) {
      return new ConsecutiveTrace(
          given, untimed.get().name() + " has no times: the files are read in the order given");
    }
    if (given.getFirst().trace().source() != SourceKind.DMESG) {
      return byTime(given);
    }
    List<List<Part>> boots = BootLogs.of(given);
    return boots.size() == 1
        ? byTime(given)
        : new ConsecutiveTrace(
            boots.stream().map(Parts::byTime).map(Part::of).toList(),
            "files that overlap in time and hold other messages are taken for boots of their own,"
                + " in the order given");
  }

  private static Trace byTime(List<Part> given) {
    if (given.size() == 1) {
      return given.getFirst().trace();
    }
    if (outOfOrder(given) < 0) {
      return new ConsecutiveTrace(given, "");
    }
    List<Part> ordered = given.stream().sorted(Comparator.comparingLong(Part::first)).toList();
    int early = outOfOrder(ordered);
    return early < 0
        ? new ConsecutiveTrace(
            ordered,
            "the files are read in the order of their times, not as given: "
                + String.join(", ", ordered.stream().map(Part::name).toList()))
        : new MergedTrace(
            ordered,
            "%s and %s overlap in time: the %d files are merged by time"
                .formatted(ordered.get(early - 1).name(), ordered.get(early).name(), given.size()));
  }

  /** The first part that begins before the one before it has ended; -1 if there is none. */
  private static int outOfOrder(List<Part> parts) {
    for (int i = 1; i < parts.size(); i++) {
      if (!parts.get(i).follows(parts.get(i - 1))) {
        return i;
      }
    }
    return -1;
  }
}

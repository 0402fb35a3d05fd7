package io.tcescope.traces.parts;

import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.format.Keyframes;
import java.util.List;

/**
 * Parts of one run that were written at the same time, merged by their times. Each keeps its own
 * order: where its clock steps back, its records stand at the latest time it had told.
 */
final class MergedTrace extends JoinedTrace {
  /** Where a reader stands: how many events of each part it has passed, and the time reached. */
  static final class Place {
    private final long[] passed;
    private final long[] reached;

    Place(long[] passed, long[] reached) {
      this.passed = passed;
      this.reached = reached;
    }

    long passed(int part) {
      return passed[part];
    }

    long reached(int part) {
      return reached[part];
    }
  }

  final Keyframes<Place> keyframes;

  /** The parts, all of one kind and with times; this trace closes them. */
  MergedTrace(List<Part> parts, String remark) {
    super(parts, remark);
    long[] reached = parts.stream().mapToLong(Part::first).toArray();
    keyframes = new Keyframes<>(0, new Place(new long[parts.size()], reached));
  }

  @Override
  public TraceReader read(long first) {
    return new MergedReader(this, first);
  }
}

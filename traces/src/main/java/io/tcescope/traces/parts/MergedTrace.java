package io.tcescope.traces.parts;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.format.Keyframes;
import java.util.List;
import java.util.Set;

/**
 * Parts of one run that were written at the same time, merged by their times. Each keeps its own
 * order: where its clock steps back, its records stand at the latest time it had told.
 */
final class MergedTrace implements Trace {
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

  final List<Part> parts;
  final String remark;
  final Keyframes<Place> keyframes;

  /** The parts, all of one kind and with times; this trace closes them. */
  MergedTrace(List<Part> parts, String remark) {
    this.parts = List.copyOf(parts);
    this.remark = remark;
    long[] reached = parts.stream().mapToLong(Part::first).toArray();
    keyframes = new Keyframes<>(0, new Place(new long[parts.size()], reached));
  }

  @Override
  public SourceKind source() {
    return parts.getFirst().trace().source();
  }

  @Override
  public Set<SourceKind> sources() {
    return parts.getFirst().trace().sources();
  }

  @Override
  public List<String> files() {
    return parts.stream().flatMap(part -> part.trace().files().stream()).toList();
  }

  @Override
  public long bytes() {
    return parts.stream().mapToLong(part -> part.trace().bytes()).sum();
  }

  @Override
  public TraceReader read(long first) {
    return new MergedReader(this, first);
  }

  @Override
  public void close() {
    parts.forEach(part -> part.trace().close());
  }
}

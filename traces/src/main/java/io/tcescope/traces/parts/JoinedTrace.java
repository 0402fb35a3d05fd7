package io.tcescope.traces.parts;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import java.util.List;
import java.util.Set;

/** Several files of one kind as one recording; it owns them. */
abstract class JoinedTrace implements Trace {
  final List<Part> parts;

  /** What is to be said of their order; may be empty. */
  final String remark;

  JoinedTrace(List<Part> parts, String remark) {
    this.parts = List.copyOf(parts);
    this.remark = remark;
  }

  @Override
  public final SourceKind source() {
    return parts.getFirst().trace().source();
  }

  @Override
  public final Set<SourceKind> sources() {
    return parts.getFirst().trace().sources();
  }

  @Override
  public final List<String> files() {
    return parts.stream().flatMap(part -> part.trace().files().stream()).toList();
  }

  @Override
  public final long bytes() {
    return parts.stream().mapToLong(part -> part.trace().bytes()).sum();
  }

  @Override
  public final void close() {
    parts.forEach(part -> part.trace().close());
  }
}

package io.tcescope.cli;

import io.tcescope.engine.why.AddressFate;
import io.tcescope.engine.why.AskedAddress;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Pressure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The events that a diagnosis names, by their ordinals. */
final class Mentioned {
  private final Set<Long> ordinals = new HashSet<>();

  private Mentioned() {}

  static Set<Long> by(Diagnosis diagnosis) {
    Mentioned mentioned = new Mentioned();
    mentioned.add(diagnosis);
    return mentioned.ordinals;
  }

  private void add(Diagnosis diagnosis) {
    diagnosis.address().ifPresent(this::add);
    diagnosis.symptoms().forEach(one -> ordinals.addAll(List.of(one.ordinal(), one.last())));
    diagnosis.causes().forEach(this::add);
    diagnosis.rejected().forEach(one -> ordinals.add(one.ordinal()));
  }

  private void add(Cause cause) {
    ordinals.add(cause.ordinal());
    cause.chain().forEach(step -> ordinals.add(step.ordinal()));
    cause.pressure().ifPresent(this::add);
  }

  private void add(AskedAddress asked) {
    ordinals.add(asked.at());
    for (AddressFate fate : asked.fates()) {
      ordinals.addAll(List.of(fate.ordinal(), fate.writer()));
      fate.attempt().ifPresent(attempt -> ordinals.add(attempt.ordinal()));
    }
  }

  private void add(Pressure pressure) {
    ordinals.add(pressure.ordinal());
    pressure.suspects().forEach(held -> ordinals.add(held.ordinal()));
  }
}

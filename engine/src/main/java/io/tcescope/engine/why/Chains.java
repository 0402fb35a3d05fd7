package io.tcescope.engine.why;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.state.IommuState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells a cause as a chain of events, with the windows before and after it. */
final class Chains {
  private static final int LONGEST = 12;
  private static final int MOST_LATER = 3;

  private final List<Finding> findings;
  private final List<Symptom> symptoms;
  private final Pressures pressures;
  private final Accesses accesses;
  private final LookBack lookBack;
  private final IommuState end;

  Chains(
      List<Finding> findings,
      List<Symptom> symptoms,
      Pressures pressures,
      Accesses accesses,
      LookBack lookBack,
      IommuState end) {
    this.findings = findings;
    this.symptoms = symptoms;
    this.pressures = pressures;
    this.accesses = accesses;
    this.lookBack = lookBack;
    this.end = end;
  }

  Cause cause(Suspect suspect) {
    LookBack.Moments moments = lookBack.around(suspect.deciding(), bridge(suspect));
    boolean full = suspect.rule() == Rule.IOMMU_POOL_EXHAUSTED;
    Optional<Pressure> pressure =
        full ? pressures.of(suspect.liobn(), suspect.buid(), end) : Optional.empty();
    return new Cause(
        suspect.rule().id(),
        suspect.confidence(),
        suspect.deciding(),
        pressure.map(Pressure::message).orElse(suspect.message()),
        explained(suspect),
        chain(suspect),
        moments.before(),
        moments.after(),
        pressure);
  }

  private List<Symptom> explained(Suspect suspect) {
    return symptoms.stream()
        .filter(symptom -> Explains.weight(suspect.rule(), symptom.kind()) > 0)
        .filter(symptom -> suspect.alibi(symptom).isEmpty())
        .toList();
  }

  /** The bridge it concerns, or that of what it explains. */
  private OptionalLong bridge(Suspect suspect) {
    return suspect.buid().isPresent()
        ? suspect.buid()
        : explained(suspect).stream()
            .map(Symptom::buid)
            .filter(OptionalLong::isPresent)
            .findFirst()
            .orElse(OptionalLong.empty());
  }

  private List<Evidence> chain(Suspect suspect) {
    List<Evidence> chain = new ArrayList<>();
    for (Symptom symptom : explained(suspect)) {
      symptom.trail().forEach(step -> add(step, chain));
      if (symptom.hasMoment()) {
        add(new Evidence(symptom.ordinal(), "symptom: " + symptom), chain);
      }
    }
    accesses.lastBefore(suspect).ifPresent(step -> add(step, chain));
    proof(suspect).forEach(step -> add(step, chain));
    add(new Evidence(suspect.deciding(), "decides it: " + suspect.rule().id()), chain);
    for (Finding finding : findings) {
      if (Suspect.follows(finding, suspect.deciding())
          && !finding.rule().equals(suspect.rule().id())) {
        chain.add(new Evidence(finding.ordinal(), "consequence: " + finding.message()));
      }
    }
    chain.sort(Comparator.comparingLong(Evidence::ordinal));
    return shortened(chain, suspect.deciding());
  }

  /** What led to the deed and the deed; of what came later, as in a storm, the first few. */
  private static List<Evidence> proof(Suspect suspect) {
    List<Evidence> proof = new ArrayList<>();
    int later = 0;
    for (Evidence step : suspect.evidence()) {
      later += step.ordinal() > suspect.deciding() ? 1 : 0;
      if (later <= MOST_LATER) {
        proof.add(step);
      }
    }
    return proof;
  }

  /** Adds a step unless the chain has one at that event. */
  private static void add(Evidence step, List<Evidence> chain) {
    if (chain.stream().noneMatch(known -> known.ordinal() == step.ordinal())) {
      chain.add(step);
    }
  }

  /**
   * Keeps the first step, the deciding event and what follows it; drops steps in the middle of what
   * led there, at first those that say what the one before them says, then the last consequences.
   */
  private static List<Evidence> shortened(List<Evidence> steps, long deciding) {
    List<Evidence> kept = new ArrayList<>(steps);
    while (kept.size() > LONGEST && kept.size() > 2 && kept.get(2).ordinal() < deciding) {
      kept.remove(leastTelling(kept, deciding));
    }
    return kept.subList(0, Math.min(kept.size(), LONGEST));
  }

  private static int leastTelling(List<Evidence> steps, long deciding) {
    for (int i = 1; steps.get(i).ordinal() < deciding; i++) {
      if (steps.get(i).note().equals(steps.get(i - 1).note())) {
        return i;
      }
    }
    return 1;
  }
}

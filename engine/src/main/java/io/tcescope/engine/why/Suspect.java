package io.tcescope.engine.why;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Severity;
import java.util.List;
import java.util.OptionalLong;

/**
 * Something that may be the cause: a finding, or what a guest's own log implies.
 *
 * @param isGrave true if it hurts even where no symptom is recorded
 * @param deciding ordinal of the event that decided it
 * @param buid the bridge it concerns, empty if that cannot be told
 */
record Suspect(
    String rule,
    Confidence confidence,
    boolean isGrave,
    long deciding,
    OptionalLong buid,
    String message,
    List<Evidence> evidence) {

  private static final int PCI_BIT = 31;
  private static final int BRIDGE_SHIFT = 8;
  private static final long BUID_OF_BRIDGE_0 = 0x800000020000000L;

  /** A finding; where it tells of the consequence, the event that took the window away decides. */
  static Suspect of(Finding finding) {
    Object removedBy = finding.data().get("removedBy");
    long deciding = removedBy instanceof Long ordinal ? ordinal : finding.ordinal();
    OptionalLong buid =
        finding.liobn().isPresent() ? buidOf(finding.liobn().getAsLong()) : OptionalLong.empty();
    return new Suspect(
        finding.rule(),
        finding.confidence(),
        isGrave(finding),
        deciding,
        buid,
        finding.message(),
        finding.evidence());
  }

  /** Faults that cannot have passed unnoticed, whether or not the recording shows how. */
  private static boolean isGrave(Finding finding) {
    return finding.severity() == Severity.CRITICAL
        || finding.rule().equals(Rule.IOMMU_POOL_EXHAUSTED.id());
  }

  /** The bridge of a window by QEMU's numbering; empty for other numberings and for VIO. */
  static OptionalLong buidOf(long liobn) {
    return liobn >>> PCI_BIT == 1
        ? OptionalLong.of(BUID_OF_BRIDGE_0 + ((liobn & ~(1L << PCI_BIT)) >>> BRIDGE_SHIFT))
        : OptionalLong.empty();
  }

  /** Why it cannot be behind a symptom, empty text if it can. */
  String alibi(Symptom symptom) {
    boolean elsewhere =
        buid.isPresent() && symptom.buid().isPresent() && !buid.equals(symptom.buid());
    if (elsewhere) {
      return "concerns another bridge";
    }
    boolean otherLiobn = symptom.liobn().isPresent() && buid.isPresent();
    if (otherLiobn && !buidOf(symptom.liobn().getAsLong()).equals(buid)) {
      return "concerns another bridge";
    }
    return deciding > symptom.last() ? "came after the symptom" : "";
  }
}

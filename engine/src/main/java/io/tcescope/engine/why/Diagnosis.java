package io.tcescope.engine.why;

import java.util.List;
import java.util.Optional;

/**
 * What went wrong and why.
 *
 * @param symptoms in the order in which they first showed
 * @param unexplained those of them that nothing explains
 * @param causes at most three, the likeliest first
 * @param rejected what was considered and does not explain the symptoms, with the reason
 * @param undecided what is missing, where there are symptoms and no cause
 * @param address what became of the bus address that was asked about
 */
public record Diagnosis(
    List<Symptom> symptoms,
    List<Symptom> unexplained,
    List<Cause> causes,
    List<Rejected> rejected,
    Optional<String> undecided,
    Optional<AskedAddress> address) {

  /** Nothing went wrong. */
  public static final Diagnosis NONE =
      new Diagnosis(List.of(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

  /**
   * Something that was found but does not explain the symptoms.
   *
   * @param isGrave true if it hurts all the same
   */
  public record Rejected(String rule, long ordinal, String reason, boolean isGrave) {}

  public Diagnosis {
    symptoms = List.copyOf(symptoms);
    unexplained = List.copyOf(unexplained);
    causes = List.copyOf(causes);
    rejected = List.copyOf(rejected);
  }

  /** The same, with the fate of the address that was asked about. */
  Diagnosis about(AskedAddress asked) {
    return new Diagnosis(symptoms, unexplained, causes, rejected, undecided, Optional.of(asked));
  }
}

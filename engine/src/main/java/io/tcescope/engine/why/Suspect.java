package io.tcescope.engine.why;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Numbering;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Something that may be the cause: a finding, or what a guest's own log implies.
 *
 * @param isGrave true if it hurts even where no symptom is recorded
 * @param deciding ordinal of the event that decided it
 * @param buid the bridge it concerns, empty if that cannot be told
 * @param liobn the window it concerns, empty if it concerns none or that cannot be told
 * @param ioba the bus address it is about, empty if it is about none
 */
record Suspect(
    Rule rule,
    Confidence confidence,
    boolean isGrave,
    long deciding,
    OptionalLong buid,
    OptionalLong liobn,
    OptionalLong ioba,
    String message,
    List<Evidence> evidence) {

  /** What a finding calls the event that took the window away, of whose loss it tells. */
  private static final String REMOVED_BY = "removedBy";

  /** The same of findings that tell of the consequence of something else. */
  private static final Map<Rule, String> DECIDED_BY =
      Map.of(
          Rule.EEH_FREEZE_AFTER_CLEAR, "clearedBy",
          Rule.MIGRATION_WINDOW_CHANGE, "suspendedBy",
          Rule.TCE_LEAK, "oldest");

  Suspect {
    evidence = List.copyOf(evidence);
  }

  /** One that is about no single address. */
  Suspect(
      Rule rule,
      Confidence confidence,
      boolean isGrave,
      long deciding,
      OptionalLong buid,
      OptionalLong liobn,
      String message,
      List<Evidence> evidence) {
    this(rule, confidence, isGrave, deciding, buid, liobn, OptionalLong.empty(), message, evidence);
  }

  /**
   * A finding of a built-in rule; where it tells of the consequence, the event that took something
   * away decides.
   */
  static Suspect of(Finding finding, IommuState state) {
    Rule rule = Rule.of(finding.rule()).orElseThrow();
    Object decidedBy = finding.data().get(DECIDED_BY.getOrDefault(rule, REMOVED_BY));
    return new Suspect(
        rule,
        finding.confidence(),
        isGrave(finding),
        decidedBy instanceof Long ordinal ? ordinal : finding.ordinal(),
        bridge(finding, state),
        finding.liobn(),
        finding.ioba(),
        finding.message(),
        finding.evidence());
  }

  /** True if the finding tells of a consequence of that event. */
  static boolean follows(Finding finding, long event) {
    return Long.valueOf(event).equals(finding.data().get(REMOVED_BY)) && finding.ordinal() != event;
  }

  private static OptionalLong bridge(Finding finding, IommuState state) {
    Object buid = finding.data().get("buid");
    if (buid instanceof String hex && hex.startsWith("0x")) {
      return OptionalLong.of(Long.parseUnsignedLong(hex, 2, hex.length(), 16));
    }
    if (finding.liobn().isEmpty()) {
      return OptionalLong.empty();
    }
    long known = state.window(finding.liobn().getAsLong()).bridge().buid();
    return known == 0 ? Numbering.buidOfLiobn(finding.liobn().getAsLong()) : OptionalLong.of(known);
  }

  /** Faults that cannot have passed unnoticed, whether or not the recording shows how. */
  private static boolean isGrave(Finding finding) {
    return finding.severity() == Severity.CRITICAL
        || finding.rule().equals(Rule.IOMMU_POOL_EXHAUSTED.id());
  }

  /** The same where it is not even sure what is to be explained. */
  Suspect doubted() {
    return new Suspect(
        rule, Confidence.LOW, isGrave, deciding, buid, liobn, ioba, message, evidence);
  }

  /** The same, decided by an event that lies further back. */
  Suspect decidedAt(long event, String note) {
    List<Evidence> more = new java.util.ArrayList<>(evidence);
    more.removeIf(step -> step.ordinal() == event);
    more.add(0, new Evidence(event, note));
    return new Suspect(rule, confidence, isGrave, event, buid, liobn, ioba, message, more);
  }

  /**
   * How well it explains such a symptom, 0 if not at all. A busy device unmaps all the time: that
   * it did so before a freeze says less than an entry that was wrong.
   */
  int power(Symptom symptom) {
    int power = Explains.weight(rule, symptom.kind());
    boolean coincides = rule == Rule.EEH_FREEZE_AFTER_CLEAR && confidence != Confidence.CERTAIN;
    return coincides ? Math.min(power, Explains.COINCIDENCE) : power;
  }

  /** Why it cannot be behind a symptom, empty text if it can. */
  String alibi(Symptom symptom) {
    if (buid.isPresent() && symptom.buid().isPresent() && !buid.equals(symptom.buid())) {
      return "concerns another bridge";
    }
    if (deciding < symptom.reset()) {
      return "came before the machine was reset";
    }
    boolean itself = rule == Rule.PUT_FAILURE_IGNORED && symptom.kind() == SymptomKind.PUT_FAILED;
    if (itself && deciding >= symptom.ordinal()) {
      return "is the symptom itself";
    }
    boolean otherWindow =
        liobn.isPresent() && symptom.liobn().isPresent() && !liobn.equals(symptom.liobn());
    if (otherWindow && !Explains.wholeBridge(rule)) {
      return "concerns another window";
    }
    String lost = symptom.kind() == SymptomKind.PUT_FAILED ? alibiOfCalls(symptom) : "";
    return lost.isEmpty() && comesAfter(symptom) ? "came after the symptom" : lost;
  }

  /** What befell a window does not explain calls that fail for another reason. */
  private String alibiOfCalls(Symptom symptom) {
    boolean needsLost = Explains.needsLostWindow(rule);
    return switch (symptom.window()) {
      case THERE -> needsLost ? "the window of the failed calls was there" : "";
      case GONE -> needsLost ? before(symptom) : "the window of the failed calls was gone";
      case NEVER -> concernsWindow(symptom) ? "the failed calls name no window that was" : "";
      case NOT_TOLD -> "";
    };
  }

  /** What befell an earlier window of the LIOBN did not take this one away. */
  private String before(Symptom symptom) {
    return deciding < symptom.opened() ? "came before the window was made" : "";
  }

  /** True if it is about windows that the recording knows, of another LIOBN than the symptom's. */
  private boolean concernsWindow(Symptom symptom) {
    return liobn.isPresent()
        ? !liobn.equals(symptom.liobn()) && !Explains.isWithoutWindow(rule)
        : Explains.wholeBridge(rule);
  }

  /** What shows again and again is explained by what came before it first showed. */
  private boolean comesAfter(Symptom symptom) {
    return deciding > (Explains.isToldLate(rule) ? symptom.last() : symptom.ordinal());
  }

  /** True if it is one of the events that made the symptom's address what it was. */
  boolean isOnTrailOf(Symptom symptom) {
    return deciding == symptom.ordinal() || symptom.isOnTrail(deciding);
  }
}

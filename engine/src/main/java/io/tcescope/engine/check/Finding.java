package io.tcescope.engine.check;

import io.tcescope.engine.event.Hex;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Something a rule found: what, where, how bad, how sure, and the events that show it.
 *
 * @param rule id of the rule
 * @param messageId which of its messages it is, where a rule names them; else empty
 * @param ordinal the event that decides it; of a storm, the first
 * @param liobn the window's LIOBN, empty if the finding concerns no window
 * @param generation which window of that LIOBN, from 1; 0 if it concerns no window
 * @param ioba the first bus address concerned, empty if there is none
 * @param data what the rule tells besides its message, in its order: counts as {@link Long},
 *     addresses as hex text, lists of these
 */
public record Finding(
    String rule,
    String messageId,
    Severity severity,
    Confidence confidence,
    long ordinal,
    OptionalLong liobn,
    int generation,
    OptionalLong ioba,
    String message,
    Map<String, Object> data,
    List<Evidence> evidence) {
  /** Findings go by event, then by rule; what is left stays in the order it was found. */
  public static final Comparator<Finding> ORDER =
      Comparator.comparingLong(Finding::ordinal).thenComparing(Finding::rule);

  public Finding {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    evidence = List.copyOf(evidence);
  }

  /**
   * What stays the same when the same thing is found in another recording of the same scene: the
   * rule, which of its messages, and the window by its LIOBN, or else the bridge or device. Where
   * and when it was seen, how often, in how many entries, and through which of many events is
   * chance; so it is in none of the words. What is found several times has one fingerprint.
   */
  public String fingerprint() {
    return rule + (messageId.isEmpty() ? "" : "/" + messageId) + place();
  }

  private String place() {
    if (liobn.isPresent()) {
      return "@" + Hex.of(liobn.getAsLong());
    }
    Object named = data.getOrDefault("buid", data.getOrDefault("device", ""));
    return named.equals("") ? "" : "@" + named;
  }

  /** The same, as if its rule had one message only. */
  public Finding withoutMessageId() {
    return new Finding(
        rule, "", severity, confidence, ordinal, liobn, generation, ioba, message, data, evidence);
  }

  /** The events that findings are about and those that prove them, by their ordinals. */
  public static Set<Long> events(List<Finding> findings) {
    Set<Long> ordinals = new HashSet<>();
    for (Finding finding : findings) {
      ordinals.add(finding.ordinal);
      finding.evidence.forEach(one -> ordinals.add(one.ordinal()));
    }
    return ordinals;
  }
}

package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.DmaWindow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A finding in the making: a storm of operations is one finding, whose counts grow until the replay
 * ends.
 */
final class Draft {
  /** Evidence kept of a storm; the counts in the data tell the rest. */
  private static final int EVIDENCE_KEPT = 24;

  /** A number that changes while a storm lasts. */
  static final class Count {
    long value;
  }

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{(\\w+)(?:\\.\\.(\\w+)|:([^|}]*)\\|([^}]*))?}");

  private final String rule;
  private final long ordinal;
  private final Map<String, Object> data = new LinkedHashMap<>();
  private final List<Evidence> evidence = new ArrayList<>();
  private Severity severity;
  private Confidence confidence;
  private OptionalLong liobn = OptionalLong.empty();
  private int generation;
  private OptionalLong ioba = OptionalLong.empty();
  private String message;

  Draft(Rule rule, long ordinal, Confidence limit) {
    this.rule = rule.id();
    this.ordinal = ordinal;
    this.severity = rule.severity();
    this.confidence = limit;
    this.message = rule.summary();
  }

  Draft severity(Severity value) {
    severity = value;
    return this;
  }

  Severity severity() {
    return severity;
  }

  /** Makes the finding no surer than {@code limit}. */
  Draft atMost(Confidence limit) {
    confidence = confidence.and(limit);
    return this;
  }

  /** The window it concerns. */
  Draft window(DmaWindow window) {
    liobn = OptionalLong.of(window.liobn());
    generation = window.generation();
    return this;
  }

  /** The LIOBN it concerns, where that names no window. */
  Draft liobn(long value) {
    liobn = OptionalLong.of(value);
    return this;
  }

  /** The LIOBN it concerns, and which of its windows; 0 if that is not known. */
  Draft liobn(long value, int windowOfIt) {
    generation = windowOfIt;
    return liobn(value);
  }

  /** The first bus address it concerns. */
  Draft ioba(long value) {
    ioba = OptionalLong.of(value);
    return this;
  }

  /** The bus address that a record names, if it does. */
  Draft ioba(Event event) {
    return event.has(Event.IOBA) ? ioba(event.ioba()) : this;
  }

  /**
   * What is wrong, in a sentence; {@code {name}} stands for that item of the data, {@code
   * {name:entry|entries}} for the first word if that item is 1 or a list of one, else for the
   * second, and {@code {first..last}} for a range from one item to another, which may be the same.
   */
  Draft message(String text) {
    message = text;
    return this;
  }

  /** Says one thing in other words. */
  Draft reworded(String before, String now) {
    message = message.replace(before, now);
    return this;
  }

  /** A count, or a text. */
  Draft data(String name, Object value) {
    data.put(name, value instanceof Integer i ? Long.valueOf(i) : value);
    return this;
  }

  /** A count that a record names, of up to 64 bits, for the data. */
  static Object unsigned(long value) {
    return value < 0 ? new BigInteger(Long.toUnsignedString(value)) : Long.valueOf(value);
  }

  /** An address or another 64-bit quantity, which data shows in hexadecimal. */
  Draft address(String name, long value) {
    return data(name, Hex.of(value));
  }

  /** Adds to a count. */
  Draft count(String name, long more) {
    changing(name).value += more;
    return this;
  }

  /** A number in the data that the next operation of a storm may change; 0 if it is new. */
  Count changing(String name) {
    Object now = data.get(name);
    if (now instanceof Count count) {
      return count;
    }
    Count count = new Count();
    count.value = now == null ? 0 : (Long) now;
    data.put(name, count);
    return count;
  }

  /** The value of a count so far. */
  long counted(String name) {
    return data.containsKey(name) ? changing(name).value : 0;
  }

  /** False if there is evidence enough, so that more is not worth wording. */
  boolean wantsEvidence() {
    return evidence.size() < EVIDENCE_KEPT;
  }

  Draft evidence(long eventOrdinal, String note) {
    if (eventOrdinal > 0 && wantsEvidence()) {
      evidence.add(new Evidence(eventOrdinal, note));
    }
    return this;
  }

  boolean is(Rule other, long event) {
    return ordinal == event && rule.equals(other.id());
  }

  long ordinal() {
    return ordinal;
  }

  Finding finish() {
    data.replaceAll((name, value) -> value instanceof Count count ? (Object) count.value : value);
    return new Finding(
        rule, "", severity, confidence, ordinal, liobn, generation, ioba, filled(), data, evidence);
  }

  private String filled() {
    return PLACEHOLDER
        .matcher(message)
        .replaceAll(match -> Matcher.quoteReplacement(String.valueOf(filled(match))));
  }

  /** The datum itself, a range from it on, or one of two words by whether it is one. */
  private Object filled(MatchResult match) {
    Object value = word(match.group(1));
    if (match.group(2) != null) {
      Object last = word(match.group(2));
      return value.equals(last) ? value : value + " to " + last;
    }
    if (match.group(3) == null) {
      return value instanceof List<?> list ? FindingWords.list(list) : value;
    }
    boolean one = value instanceof List<?> list ? list.size() == 1 : value.equals(1L);
    return match.group(one ? 3 : 4);
  }

  private Object word(String name) {
    return switch (name) {
      case "event" -> ordinal;
      case "liobn" -> Hex.of(liobn.orElse(0));
      case "ioba" -> Hex.of(ioba.orElse(0));
      default -> data.getOrDefault(name, "?");
    };
  }
}

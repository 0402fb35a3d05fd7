package io.tcescope.engine.why;

import java.util.OptionalLong;

/**
 * Trouble as it was recorded; what repeats itself is one symptom.
 *
 * @param ordinal its first record
 * @param last its last record
 * @param count how often it occurred
 * @param text the record, or what it says in words
 * @param device PCI address of the device, empty if the record names none
 * @param buid the bridge (PE) it concerns, empty if that cannot be told
 * @param liobn the window it concerns, empty if the record names none
 * @param ioba the bus address it concerns, empty if the record names none
 */
public record Symptom(
    SymptomKind kind,
    long ordinal,
    long last,
    long count,
    String text,
    String device,
    OptionalLong buid,
    OptionalLong liobn,
    OptionalLong ioba) {

  Symptom again(long at) {
    return new Symptom(kind, ordinal, at, count + 1, text, device, buid, liobn, ioba);
  }
}

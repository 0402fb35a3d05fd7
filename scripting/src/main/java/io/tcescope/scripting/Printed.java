package io.tcescope.scripting;

/**
 * A line that a rule printed over a recording.
 *
 * @param event the one that was handled, by its ordinal; 0 if it was none, or a batch
 */
public record Printed(String rule, long event, String text) {}

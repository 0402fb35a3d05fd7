package io.tcescope.engine.check;

/**
 * How long a rule, or a built-in check of several rules, took over a whole recording.
 *
 * @param nanos time spent in it
 */
public record Timing(String rule, long nanos) {}

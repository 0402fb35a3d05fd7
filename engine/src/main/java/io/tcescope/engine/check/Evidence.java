package io.tcescope.engine.check;

/** An event that a finding rests on, by its ordinal, and what it contributes. */
public record Evidence(long ordinal, String note) {}

package io.tcescope.cli.output;

/** Why a finding of a rule matters, and what to do about it. */
public record Explanation(String why, String fix) {}

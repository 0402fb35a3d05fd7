package io.tcescope.engine.why;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is asked.
 *
 * @param symptom a text that the symptom must contain; empty for every symptom there is
 * @param address a bus address whose fate is asked for
 * @param at the event after which the address is asked for; without an address, the event at which
 *     the recording is taken to end; empty for its end
 */
public record Question(Optional<String> symptom, OptionalLong address, OptionalLong at) {
  /** What happened? */
  public static final Question OPEN =
      new Question(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
}

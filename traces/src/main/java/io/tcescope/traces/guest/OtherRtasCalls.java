package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;

/**
 * RTAS calls that are no window calls but bear on windows (LoPAR: EEH, dynamic reconfiguration).
 */
final class OtherRtasCalls {
  private static final String SUSPEND = "ibm,suspend-me";
  private static final String SET_INDICATOR = "set-indicator";

  /** Indicator type: isolation state; 0 isolates. */
  private static final long ISOLATION = 9001;

  private static final int INDICATOR_INPUTS = 3;

  /** config address, BUID high and low, function. */
  private static final int EEH_INPUTS = 4;

  private OtherRtasCalls() {}

  static void fill(Event event, String name, OpenCall inputs, long status) {
    boolean isolates =
        name.equals(SET_INDICATOR)
            && inputs.wordCount >= INDICATOR_INPUTS
            && inputs.words[0] == ISOLATION
            && inputs.words[2] == 0
            && status == 0;
    if (isolates) {
      event.is(EventKind.DRC_ISOLATED, name, 0).withId(inputs.words[1]).withStatus(status);
      return;
    }
    boolean suspends = name.equals(SUSPEND);
    event.is(suspends ? EventKind.SUSPEND : EventKind.RTAS, name, 0).withStatus(status);
    if (isPciConfiguration(name)) {
      RtasCalls.bridge(event, inputs);
    }
    if (isEeh(name) && inputs.wordCount >= EEH_INPUTS) {
      RtasCalls.bridge(event, inputs);
      event.withId(inputs.words[EEH_INPUTS - 1]);
    }
  }

  /** An access to the configuration space of a device: its address, BUID high and low. */
  private static boolean isPciConfiguration(String name) {
    return name.equals(RtasCalls.READ_CONFIGURATION) || name.equals(RtasCalls.WRITE_CONFIGURATION);
  }

  private static boolean isEeh(String name) {
    return name.equals("ibm,set-eeh-option") || name.equals("ibm,set-slot-reset");
  }
}

package io.tcescope.engine.check;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.state.IommuState;
import java.util.Optional;

/**
 * What a rule must know to judge: a kind of record that the recorder is able to write, or a fact
 * about the machine. Without it the rule is not applicable; it never guesses.
 */
public enum Need {
  /** Which entries of which table a call changes. */
  TABLE_CALLS("the recorder does not see which entries of which table a call changes"),
  /** The four calls that query, make, remove and reset windows. */
  WINDOW_CALLS("the recorder does not see window calls"),
  /** Window calls that failed. */
  FAILED_WINDOW_CALLS("the recorder writes window calls only when they succeed"),
  /** Look-ups that devices make. */
  DEVICE_ACCESSES("the recorder does not see the devices' look-ups"),
  /** Memory that comes and goes. */
  MEMORY_CHANGES("the recorder does not see memory being added or removed"),
  /** EEH events. */
  FREEZES("the recorder does not see EEH freezes"),
  /** How much memory the machine has. */
  RAM("the size of the machine's memory is not known (--ram)"),
  /** Where 32-bit MMIO lies on the bus. */
  MMIO32("the bus range of 32-bit MMIO is not known (--mmio32)");

  private final String reason;

  Need(String reason) {
    this.reason = reason;
  }

  /** Why a rule with this need cannot judge such a recording, empty if it can. */
  public Optional<String> missing(SourceKind source, IommuState.Rules rules) {
    boolean met =
        switch (this) {
          case TABLE_CALLS -> source != SourceKind.DMESG;
          case WINDOW_CALLS, MEMORY_CHANGES -> true;
          case FAILED_WINDOW_CALLS -> !source.isQemu();
          case DEVICE_ACCESSES -> source.tellsTables();
          case FREEZES -> !source.isQemu();
          case RAM -> rules.machine().ram().isPresent();
          case MMIO32 -> rules.machine().knowsMmio32();
        };
    return met ? Optional.empty() : Optional.of(reason);
  }
}

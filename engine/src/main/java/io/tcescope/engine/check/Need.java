package io.tcescope.engine.check;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Platform;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule must know to judge: a kind of record that the recorder is able to write, or a fact
 * about the machine. Without it the rule is not applicable; it never guesses.
 */
public enum Need {
  TABLE_CALLS(
      "calls with the table and the entries they change",
      "the recorder does not see which entries of which table a call changes"),
  EVERY_TABLE_CALL(
      "every call that maps or clears entries",
      "calls that map or clear entries are evidently not recorded, so that what entries hold is not"
          + " known"),
  WINDOW_CALLS(
      "the calls that query, make, remove and reset windows",
      "the recorder does not see window calls"),
  FAILED_WINDOW_CALLS(
      "window calls that failed", "the recorder writes window calls only when they succeed"),
  /** RULES.md L8. */
  RESETS(
      "resets of windows that succeed",
      "a kernel's log tells of a reset of windows only if it fails"),
  DEVICE_ACCESSES("look-ups that devices make", "the recorder does not see the devices' look-ups"),
  MEMORY_CHANGES(
      "memory that comes and goes", "the recorder does not see memory being added or removed"),
  FREEZES("EEH freezes", "the recorder does not see EEH freezes"),
  EEH_CALLS(
      "the guest's EEH calls with their arguments",
      "the recorder does not see the guest's EEH calls"),
  GUEST_LOG("the guest's own messages", "the recording does not hold the guest's own messages"),
  LISTS(
      "the lists of indirect puts", "the recorder writes one value of an indirect put's list only"),
  VCPU_CALLS(
      "where each processor's calls begin and end (KVM's trace points)",
      "the recorder does not see where each processor's calls begin and end"),
  BOTH_SIDES_OF_KVM(
      "KVM's trace points and QEMU's events of one run",
      "only KVM's and QEMU's recordings together tell what became of a call"),
  QEMU_TABLES("QEMU's events of its tables", "only QEMU tells where it keeps a table"),
  MIGRATED_TABLES(
      "QEMU's events of migrated tables", "the recorder does not see tables being migrated"),
  MIGRATION(
      "signs of a suspend or a partition migration",
      "the recorder does not see partitions being suspended or migrated"),
  VIO_CALLS(
      "queues being registered and freed", "the recorder does not see queues being registered"),
  REMOTE_CALLS(
      "calls that copy entries of a partner's table",
      "the recorder does not see calls on a partner's table"),
  RESET_EXTENSION(
      "resets that failed, or ibm,ddw-extensions of the device tree",
      "the recorder writes window calls only when they succeed, and nobody told whether the"
          + " platform can reset windows (--devicetree)"),
  KVM("tables kept by KVM (--platform kvm)", "the tables are not kept by KVM"),
  POWERVM("PowerVM (--platform powervm)", "the platform is not PowerVM"),
  RAM("how much memory the machine has", "the size of the machine's memory is not known (--ram)"),
  MMIO32(
      "where 32-bit MMIO lies on the bus", "the bus range of 32-bit MMIO is not known (--mmio32)");

  private final String words;
  private final String reason;

  Need(String words, String reason) {
    this.words = words;
    this.reason = reason;
  }

  /** What is needed, in words. */
  public String words() {
    return words;
  }

  /**
   * Why a rule with this need cannot judge such a recording, empty if it can.
   *
   * @param sources the recorders of the run: what one of them tells is told
   */
  public Optional<String> missing(Set<SourceKind> sources, IommuState.Rules rules) {
    boolean met =
        switch (this) {
          case WINDOW_CALLS, MEMORY_CHANGES -> true;
          case EVERY_TABLE_CALL -> rules.unrecorded().isEmpty();
          case BOTH_SIDES_OF_KVM ->
              sources.stream().anyMatch(SourceKind::isTracer)
                  && sources.stream().anyMatch(SourceKind::isQemu);
          case RESET_EXTENSION ->
              tellsFailures(sources) || !rules.machine().other(ResetCalls.EXTENSION).isEmpty();
          case KVM -> rules.platform() == Platform.KVM;
          case POWERVM -> rules.platform() == Platform.POWERVM;
          case RAM -> rules.machine().ram().isPresent();
          case MMIO32 -> rules.machine().knowsMmio32();
          default -> sources.stream().anyMatch(this::isMetBy);
        };
    return met ? Optional.empty() : Optional.of(reason);
  }

  private static boolean tellsFailures(Set<SourceKind> sources) {
    return sources.stream().anyMatch(FAILED_WINDOW_CALLS::isMetBy);
  }

  /** True if a recorder of that kind tells by itself what is needed. */
  private boolean isMetBy(SourceKind source) {
    return switch (this) {
      case TABLE_CALLS, RESETS -> source != SourceKind.DMESG;
      case DEVICE_ACCESSES, VIO_CALLS -> source.tellsTables();
      case FAILED_WINDOW_CALLS, FREEZES, MIGRATION, LISTS -> !source.isQemu();
      case GUEST_LOG -> source == SourceKind.CSV || source == SourceKind.DMESG;
      case EEH_CALLS, REMOTE_CALLS -> source == SourceKind.CSV || source.isTracer();
      case VCPU_CALLS -> source.isTracer();
      case QEMU_TABLES, MIGRATED_TABLES -> source.isQemu();
      default -> false;
    };
  }
}

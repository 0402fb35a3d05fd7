package io.tcescope.engine.event;

/** Who recorded a call on a table, as the name of its record tells. */
public final class Recorder {
  private static final String QEMU = "spapr_iommu_";
  private static final String KVM = "kvm_hcall_";
  private static final String KVM_END = KVM + "exit";

  private Recorder() {}

  /** True of QEMU's own events, which are no kernel's and no row of a table of calls. */
  public static boolean isQemu(Event event) {
    return event.name().startsWith(QEMU);
  }

  /** True of what a host's kernel records where a processor's call begins or ends. */
  public static boolean isKvm(Event event) {
    return event.name().startsWith(KVM);
  }

  /** True where a processor's call ends, or is handed on to the emulator. */
  public static boolean isKvmEnd(Event event) {
    return event.name().equals(KVM_END);
  }
}

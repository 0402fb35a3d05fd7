package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Recorder;
import io.tcescope.engine.state.Platform;

/**
 * Collects what tells the platform: the recorder, a declaration, the name of the machine that a
 * guest's kernel prints, or the numbering of LIOBNs. PCI windows are 0x80000k0n under QEMU;
 * PowerVM's are 0x7000nnnn (RULES.md P2). Who traces KVM itself is a KVM host (P3).
 */
final class PlatformSigns {
  private static final long POWERVM_PREFIX = 0x7000;
  private static final int PREFIX_SHIFT = 16;

  /** Linux prints what the firmware calls the machine, and who runs it, when it boots. */
  private static final String MACHINE = "Hardware name: ";

  private final boolean qemuRecording;
  private final boolean besideQemu;
  private boolean declared;
  private Platform platform = Platform.QEMU;
  private boolean found;

  /**
   * @param qemuRecording a recording of QEMU itself, which needs no signs
   * @param besideQemu one of several recordings of the run is QEMU's
   */
  PlatformSigns(boolean qemuRecording, boolean besideQemu) {
    this.qemuRecording = qemuRecording;
    this.besideQemu = besideQemu;
  }

  void note(Event event) {
    if (declared || qemuRecording) {
      return;
    }
    if (event.kind() == EventKind.PLATFORM) {
      declare(event.text());
    } else if (Recorder.isKvm(event)) {
      kvm(event);
    } else if (event.kind() == EventKind.LOG && !besideQemu) {
      machine(event.text());
    } else if (!found && event.has(Event.LIOBN)) {
      found = event.kind().group() != EventKind.Group.DEVICE;
      if (event.liobn() >>> PREFIX_SHIFT == POWERVM_PREFIX) {
        platform = Platform.POWERVM;
      }
    }
  }

  /** A KVM that leaves every call on a table to QEMU, which is recorded, keeps none. */
  private void kvm(Event event) {
    boolean answers = event.kind().isTceCall() && !event.has(Event.WITNESS);
    if (answers || !besideQemu) {
      platform = Platform.KVM;
      found = true;
    }
  }

  private void declare(String fact) {
    for (Platform known : Platform.values()) {
      if (fact.strip().equals(known.declaration())) {
        platform = known;
        declared = true;
      }
    }
  }

  /** A machine of KVM's is QEMU's too, and says both. */
  private void machine(String message) {
    if (!message.contains(MACHINE)) {
      return;
    }
    declared = true;
    if (message.contains("hv:phyp")) {
      platform = Platform.POWERVM;
    } else if (message.contains("hv:linux,kvm")) {
      platform = Platform.KVM;
    } else if (message.contains("emulated by qemu")) {
      platform = Platform.QEMU;
    } else {
      declared = false;
    }
  }

  Platform platform() {
    return platform;
  }
}

package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Platform;
import java.util.Locale;

/**
 * Collects what tells the platform: the recorder, a declaration, or the numbering of LIOBNs. PCI
 * windows are 0x80000k0n under QEMU; PowerVM's are 0x7000nnnn (hcalls-and-rtas.md).
 */
final class PlatformSigns {
  private static final long POWERVM_PREFIX = 0x7000;
  private static final int PREFIX_SHIFT = 16;

  private final boolean qemuRecording;
  private boolean declared;
  private Platform platform = Platform.QEMU;
  private boolean found;

  /** A recording of QEMU itself needs no signs. */
  PlatformSigns(boolean qemuRecording) {
    this.qemuRecording = qemuRecording;
  }

  void note(Event event) {
    if (declared || qemuRecording) {
      return;
    }
    if (event.kind() == EventKind.PLATFORM) {
      declare(event.text());
    } else if (!found && event.has(Event.LIOBN)) {
      found = event.kind().group() != EventKind.Group.DEVICE;
      if (event.liobn() >>> PREFIX_SHIFT == POWERVM_PREFIX) {
        platform = Platform.POWERVM;
      }
    }
  }

  private void declare(String fact) {
    for (Platform known : Platform.values()) {
      if (fact.strip().equals("platform=" + known.name().toLowerCase(Locale.ROOT))) {
        platform = known;
        declared = true;
      }
    }
  }

  Platform platform() {
    return platform;
  }
}

package io.tcescope.engine.check;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Platform;
import java.util.Locale;

/** The machines on which scenarios play. */
enum ScenarioConfig {
  /** QEMU with 4 GiB of memory, one bridge with an empty default window. */
  Q("qemu", "4GiB"),
  /** QEMU of which nothing else is known: no window declared, no fact given. */
  N("qemu", ""),
  /** As Q, but nobody told how much memory there is, nor where MMIO lies. */
  U("qemu", ""),
  /** As Q with 1 GiB. */
  Q1("qemu", "1GiB"),
  /** As Q with 1 GiB and 8 MiB. */
  T("qemu", "0x40800000"),
  /** As Q, tables kept by KVM. */
  K("kvm", "4GiB"),
  /** PowerVM: one virtual function with one window of 2 GiB, 64 GiB of memory. */
  P("powervm", "64GiB"),
  /** PowerVM with 4 GiB, the default window replaced by a created one of 64K pages. */
  P4("powervm", "4GiB");

  static final long QEMU_BUID = 0x800000020000000L;
  static final long POWERVM_BUID = 0x800000020000021L;
  static final long DDW_START = 0x800000000000000L;
  private static final long DEFAULT = 0x80000000L;
  private static final long EXTRA = 0x80000001L;
  private static final long VF = 0x70000021L;

  private final String platform;
  private final String ram;

  ScenarioConfig(String platform, String ram) {
    this.platform = platform;
    this.ram = ram;
  }

  /** Adds the facts and the windows that exist at the start. */
  void setUp(Calls calls) {
    fact(calls, "platform=" + platform);
    if (!ram.isEmpty()) {
      fact(calls, "ram=" + ram);
    }
    switch (this) {
      case Q, Q1, T, K -> {
        fact(calls, "mmio32=0x80000000..0x100000000");
        calls.window(DEFAULT, QEMU_BUID, "default", 0, 12, 0x40000);
      }
      case N -> {} // the recording begins in the middle
      case U -> calls.window(DEFAULT, QEMU_BUID, "default", 0, 12, 0x40000);
      case P -> {
        fact(calls, "windows-per-pe=1");
        calls.window(VF, POWERVM_BUID, "default", 0, 12, 0x80000);
      }
      case P4 -> {
        fact(calls, "windows-per-pe=1");
        calls.window(VF, POWERVM_BUID, "ddw", DDW_START, 16, 0x10000);
      }
    }
  }

  private static void fact(Calls calls, String fact) {
    calls.event(e -> e.is(EventKind.PLATFORM, "platform", 0).withText(fact));
  }

  Platform platform() {
    return Platform.valueOf(platform.toUpperCase(Locale.ROOT));
  }

  long liobn(String name) {
    return switch (name) {
      case "D" -> DEFAULT;
      case "E" -> EXTRA;
      case "V" -> VF;
      default -> StepWords.numberOf(name);
    };
  }

  long buid(String name) {
    return switch (name) {
      case "p0" -> QEMU_BUID;
      case "p1" -> QEMU_BUID + 1;
      case "v0" -> POWERVM_BUID;
      default -> StepWords.numberOf(name);
    };
  }

  long configAddress() {
    return 0x2000;
  }
}

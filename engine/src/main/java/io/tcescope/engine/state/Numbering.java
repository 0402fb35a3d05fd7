package io.tcescope.engine.state;

import java.util.OptionalLong;

/**
 * How bridges and windows are numbered: a guest's PCI domain is the low end of its bridge's BUID
 * (QEMU, PowerVM), and QEMU makes its LIOBNs of bridge and window number.
 */
public final class Numbering {
  /** Bit 31 of a LIOBN tells a PCI window, QEMU's {@code SPAPR_IS_PCI_LIOBN}. */
  private static final int PCI_BIT = 31;

  private static final long BUID_OF_BRIDGE_0 = 0x800000020000000L;
  private static final int BRIDGE_SHIFT = 8;
  private static final long WINDOW_NUMBER = 0xff;
  private static final int DOMAIN_DIGITS = 4;
  private static final int HEX = 16;

  private Numbering() {}

  /** True for LIOBNs of PCI windows under QEMU. */
  public static boolean isPci(long liobn) {
    return liobn >>> PCI_BIT == 1;
  }

  /** True for the LIOBN of a bridge's first window, which is its default window at boot. */
  public static boolean isFirst(long liobn) {
    return (liobn & WINDOW_NUMBER) == 0;
  }

  /** The BUID of the bridge that owns a LIOBN of QEMU's, empty for any other number. */
  public static OptionalLong buidOfLiobn(long liobn) {
    return isPci(liobn)
        ? OptionalLong.of(buidOfBridge((liobn & ~(1L << PCI_BIT)) >>> BRIDGE_SHIFT))
        : OptionalLong.empty();
  }

  /** The BUID of the bridge with that index, which is also its PCI domain in the guest. */
  public static long buidOfBridge(long index) {
    return BUID_OF_BRIDGE_0 + index;
  }

  /** The bridge of a device by its PCI address, {@code 0002:00:00.0}; empty for other text. */
  public static OptionalLong buidOfDevice(String address) {
    boolean named = address.indexOf(':') == DOMAIN_DIGITS;
    for (int i = 0; named && i < DOMAIN_DIGITS; i++) {
      named = Character.digit(address.charAt(i), HEX) >= 0;
    }
    return named
        ? OptionalLong.of(buidOfBridge(Long.parseLong(address, 0, DOMAIN_DIGITS, HEX)))
        : OptionalLong.empty();
  }

  /** The LIOBN of a bridge's default window under QEMU, 0 if QEMU gives no such BUID. */
  static long defaultLiobn(long buid) {
    long index = buid - BUID_OF_BRIDGE_0;
    boolean qemu = index >= 0 && index < 1L << (PCI_BIT - BRIDGE_SHIFT);
    return qemu ? 1L << PCI_BIT | index << BRIDGE_SHIFT : 0;
  }
}

package io.tcescope.engine.event;

/**
 * Bit layout of a Translation Control Entry, a 64-bit word (LoPAR, "TCE Definition"): bits 63..12
 * are the real page, bits 1..0 the permission. The other bits are reserved and carry no meaning.
 */
public final class Tce {
  /** The value of an entry that maps nothing and was never written. */
  public static final long CLEAR = 0;

  /** The device may read memory through the entry. */
  public static final int READ = 1;

  /** The device may write memory through the entry. */
  public static final int WRITE = 2;

  private static final long PERMISSION_BITS = 3;

  private Tce() {}

  /** The permission bits: 0 none, {@link #READ}, {@link #WRITE}, or both. */
  public static int permission(long tce) {
    return (int) (tce & PERMISSION_BITS);
  }

  /**
   * True if a device can reach memory through the entry; any word without permission bits is
   * unmapped.
   */
  public static boolean isMapped(long tce) {
    return (tce & PERMISSION_BITS) != 0;
  }

  /**
   * The real address the entry maps, in bytes, for a window with I/O pages of {@code 1 <<
   * pageShift}.
   */
  public static long realAddress(long tce, int pageShift) {
    return tce >>> pageShift << pageShift;
  }

  /**
   * True if bits between the permission and the I/O page are set, which no window page can express.
   */
  public static boolean isMisaligned(long tce, int pageShift) {
    return (tce & ((1L << pageShift) - 1) & ~PERMISSION_BITS) != 0;
  }
}

package io.tcescope.traces.text;

/** Times as QEMU and the kernel write them: seconds with six decimals. */
public final class Seconds {
  private static final long MICROSECOND = 1_000;
  private static final long SECOND = 1_000_000;

  private Seconds() {}

  /** Writes a time in nanoseconds; what is less than a microsecond is left out. */
  public static void write(long nanoseconds, StringBuilder out) {
    long microseconds = Long.divideUnsigned(nanoseconds, MICROSECOND);
    out.append(microseconds / SECOND).append('.');
    String decimals = Long.toString(SECOND + microseconds % SECOND);
    out.append(decimals, 1, decimals.length());
  }
}

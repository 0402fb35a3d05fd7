package io.tcescope.scripting;

/** 64-bit quantities as text: how they cross from Java to a script and back without loss. */
final class Hex {
  private static final int RADIX = 16;
  private static final int PREFIX = 2;

  private Hex() {}

  static String of(long value) {
    return "0x" + Long.toHexString(value);
  }

  /** The value of a text that {@link #of} or the prelude made. */
  static long parse(String text) {
    return Long.parseUnsignedLong(text, PREFIX, text.length(), RADIX);
  }
}

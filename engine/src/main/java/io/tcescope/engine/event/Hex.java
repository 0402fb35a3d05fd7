package io.tcescope.engine.event;

/** 64-bit quantities as people and programs write them, without loss. */
public final class Hex {
  private static final int RADIX = 16;
  private static final int PREFIX = 2;

  private Hex() {}

  /** With 0x before it, in lower case. */
  public static String of(long value) {
    return "0x" + Long.toHexString(value);
  }

  /** The value of a text that {@link #of} made. */
  public static long parse(String text) {
    return Long.parseUnsignedLong(text, PREFIX, text.length(), RADIX);
  }
}

package io.tcescope.engine.state;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Facts about the machine that a recording may not hold: memory, bus ranges, windows. They come
 * from options, side files, or {@code platform} rows; what nobody told stays empty and is never
 * guessed.
 */
public final class Machine {
  /** A range of bus addresses, end exclusive. */
  public record BusRange(long start, long end) {}

  private OptionalLong ram = OptionalLong.empty();
  private OptionalLong maxmem = OptionalLong.empty();
  private OptionalLong windowsPerPe = OptionalLong.empty();
  private BusRange mmio32 = new BusRange(0, 0);
  private final Map<String, String> others = new HashMap<>();
  private final Map<Long, Extent> defaultWindows = new HashMap<>();

  /** Bytes of memory present at the start, which begins at address 0. */
  public OptionalLong ram() {
    return ram;
  }

  public Machine ram(long bytes) {
    ram = OptionalLong.of(bytes);
    return this;
  }

  /** Bytes up to the end of hot-pluggable memory. */
  public OptionalLong maxmem() {
    return maxmem;
  }

  public Machine maxmem(long bytes) {
    maxmem = OptionalLong.of(bytes);
    return this;
  }

  /** How many windows a PE may have at once. */
  public OptionalLong windowsPerPe() {
    return windowsPerPe;
  }

  /** True unless a PE is known to have room for a second window. */
  boolean mayHaveOneWindowPerPe() {
    return windowsPerPe.orElse(1) == 1;
  }

  public Machine windowsPerPe(long count) {
    windowsPerPe = OptionalLong.of(count);
    return this;
  }

  /** The 32-bit MMIO range on the bus; empty (start = end) if not known. */
  public BusRange mmio32() {
    return mmio32;
  }

  public boolean knowsMmio32() {
    return mmio32.start() != mmio32.end();
  }

  public Machine mmio32(long start, long end) {
    mmio32 = new BusRange(start, end);
    return this;
  }

  /** What the device tree says of a window that firmware made: {@code ibm,dma-window}. */
  public Machine defaultWindow(long liobn, long start, int pageShift, long entries) {
    defaultWindows.put(liobn, new Extent(start, pageShift, entries));
    return this;
  }

  /** Place and size of the window that firmware made with that LIOBN: as told, else as usual. */
  Extent defaultWindow(long liobn) {
    return defaultWindows.getOrDefault(liobn, Extent.DEFAULT);
  }

  /** True if neither a record nor anybody else said where the window is and how large: a guess. */
  public boolean isGuessed(DmaWindow window) {
    boolean guess = window.geometry() == Geometry.ASSUMED || window.geometry() == Geometry.INFERRED;
    return guess && !defaultWindows.containsKey(window.liobn());
  }

  /** A fact by the name a {@code platform} row gave it, empty text if none did. */
  public String other(String key) {
    return others.getOrDefault(key, "");
  }

  /** Takes a {@code key=value} fact; numbers decimal or 0x hex, with an optional K, M, G or T. */
  public boolean accept(String fact) {
    int equals = fact.indexOf('=');
    if (equals < 0) {
      return false;
    }
    String key = fact.substring(0, equals).strip();
    String value = fact.substring(equals + 1).strip();
    try {
      switch (key) {
        case "ram" -> ram(bytes(value));
        case "maxmem" -> maxmem(bytes(value));
        case "windows-per-pe", "windows_per_pe" -> {
          long count = bytes(value);
          if (count == 0) {
            return false;
          }
          windowsPerPe(count);
        }
        case "mmio32" -> {
          int dots = value.indexOf("..");
          long start = bytes(value.substring(0, dots));
          long end = bytes(value.substring(dots + 2));
          if (Long.compareUnsigned(start, end) >= 0) {
            return false;
          }
          mmio32(start, end);
        }
        default -> others.put(key, value);
      }
      return true;
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return false;
    }
  }

  /** A number of bytes: {@code 0x80000000}, {@code 2G}, {@code 2GiB}, {@code 4096}. */
  public static long bytes(String text) {
    String number = text.strip();
    int unit = 0;
    if (!number.startsWith("0x")) {
      String bare = number.replaceFirst("(?i)(?<=[kmgt])i?b$", "");
      int scale =
          bare.isEmpty()
              ? -1
              : "kmgt".indexOf(Character.toLowerCase(bare.charAt(bare.length() - 1)));
      unit = 10 * (scale + 1);
      number = scale < 0 ? bare : bare.substring(0, bare.length() - 1);
    }
    long value =
        number.startsWith("0x")
            ? Long.parseUnsignedLong(number.substring(2), 16)
            : Long.parseUnsignedLong(number);
    if (Long.numberOfLeadingZeros(value) < unit) {
      throw new NumberFormatException("more than 64 bits: " + text);
    }
    return value << unit;
  }
}

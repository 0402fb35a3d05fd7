package io.tcescope.cli.input;

import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Notation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Windows as named on the command line: all of a LIOBN, or one of them as in output, {@code
 * 0x80000100#2}.
 *
 * @param generation from 1, or {@link #ANY}
 */
public record WindowName(long liobn, int generation) {
  /** All windows of the LIOBN. */
  static final int ANY = 0;

  /** The name of a window. */
  public static WindowName of(DmaWindow window) {
    return new WindowName(window.liobn(), window.generation());
  }

  /** True if that window is meant. */
  public boolean names(WindowName window) {
    return liobn == window.liobn && (generation == ANY || generation == window.generation);
  }

  @Override
  public String toString() {
    return generation == ANY ? Hex.of(liobn) : Notation.window(liobn, generation);
  }

  /** Reads a name; a wrong one is a mistake of usage. */
  static final class Parser implements ITypeConverter<WindowName> {
    @Override
    public WindowName convert(String text) {
      int hash = text.indexOf('#');
      try {
        long liobn = Numeral.parse(text.substring(0, hash < 0 ? text.length() : hash).strip());
        return hash < 0
            ? new WindowName(liobn, ANY)
            : new WindowName(liobn, generation(text.substring(hash + 1)));
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'" + text + "' names no window: use 0x80000100, or 0x80000100#2 for its second");
      }
    }

    private static int generation(String text) {
      int number = Integer.parseUnsignedInt(text.strip());
      if (number <= ANY) {
        throw new NumberFormatException("generations count from 1");
      }
      return number;
    }
  }
}

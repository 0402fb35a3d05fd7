package io.tcescope.cli.input;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an unsigned number of 64 bits: decimal, or hex with 0x. */
public final class Numeral implements ITypeConverter<Long> {
  private static final String HEX = "0x";

  @Override
  public Long convert(String text) {
    try {
      return parse(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is no number: use decimal or 0x hex");
    }
  }

  /** The number that the text stands for; a {@link NumberFormatException} if it is none. */
  public static long parse(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith(HEX)
        ? Long.parseUnsignedLong(text.substring(HEX.length()), 16)
        : Long.parseUnsignedLong(text);
  }
}

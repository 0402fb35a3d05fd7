package io.tcescope.cli.input;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A bus address as given on the command line.
 *
 * @param text how it was written
 */
public record BusAddress(long ioba, String text) {
  private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]+");

  /** A condition of a query on an address, of as many digits as addresses have. */
  private static final Pattern CONDITION =
      Pattern.compile("\\b(?:ioba|covers)\\s*[:=]=?\\s*([1-9][0-9]{3,})(?![0-9a-z.])");

  /** Reads an address; a wrong one is a mistake of usage. */
  public static final class Parser implements ITypeConverter<BusAddress> {
    @Override
    public BusAddress convert(String text) {
      try {
        return new BusAddress(Numeral.parse(text.strip()), text.strip());
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'" + text + "' is no number and so no bus address: use decimal or 0x hex");
      }
    }
  }

  /** What to say of an address that was meant in hex, perhaps: kernels write them without 0x. */
  public Optional<String> doubt() {
    return DIGITS.matcher(text).matches() ? Optional.of(doubt(text)) : Optional.empty();
  }

  /** The same of the first such address in a query. */
  public static Optional<String> doubtIn(String query) {
    Matcher found = CONDITION.matcher(query);
    return found.find() ? Optional.of(doubt(found.group(1))) : Optional.empty();
  }

  private static String doubt(String digits) {
    return "bus address " + digits + " is decimal; did you mean 0x" + digits + "?";
  }
}

package io.tcescope.traces.tracedat;

import io.tcescope.traces.guest.GuestFunction;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the kernel's functions are that probes are read on, by the {@code /proc/kallsyms} that a
 * trace.dat carries: a probe may have any name, but its records tell the address.
 */
final class Symbols {
  /** A file without addresses: they are all 0 for users that may not know them. */
  static final Symbols NONE = new Symbols(new TreeMap<>());

  private final NavigableMap<Long, GuestFunction> functions;

  private Symbols(NavigableMap<Long, GuestFunction> functions) {
    this.functions = functions;
  }

  /** Reads lines such as {@code c00000000003b940 T rtas_call}. */
  static Symbols of(MemoryWords kallsyms) {
    NavigableMap<Long, GuestFunction> functions = new TreeMap<>(Long::compareUnsigned);
    kallsyms.text(0, kallsyms.size()).lines().forEach(line -> add(line, functions));
    return functions.isEmpty() ? NONE : new Symbols(functions);
  }

  private static void add(String line, NavigableMap<Long, GuestFunction> functions) {
    int address = line.indexOf(' ');
    int name = line.indexOf(' ', address + 1) + 1;
    if (address <= 0 || address > 16 || name == 0 || line.endsWith("]")) {
      return;
    }
    GuestFunction function = GuestFunction.ofSymbol(line.substring(name));
    if (function != GuestFunction.OTHER) {
      long place = number(line.substring(0, address));
      if (place != 0) {
        functions.put(place, function);
      }
    }
  }

  private static long number(String hexadecimal) {
    try {
      return Long.parseUnsignedLong(hexadecimal, 16);
    } catch (NumberFormatException notNumber) {
      return 0;
    }
  }

  /** The function that is entered at that address, null if the file does not tell addresses. */
  @Nullable GuestFunction at(long address) {
    if (functions.isEmpty()) {
      return null;
    }
    var symbol = functions.floorEntry(address);
    boolean isEntry = symbol != null && GuestFunction.isEntry(address - symbol.getKey());
    return isEntry ? symbol.getValue() : GuestFunction.OTHER;
  }
}

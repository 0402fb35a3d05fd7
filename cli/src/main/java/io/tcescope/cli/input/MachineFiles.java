package io.tcescope.cli.input;

import io.tcescope.engine.state.Machine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Facts about a machine from what people save beside a recording: the guest's device tree as lines
 * of {@code PATH/PROPERTY: WORDS}, and QEMU's {@code info qtree} and {@code info mtree}.
 */
final class MachineFiles {
  private static final int TABLE_PAGE_SHIFT = 12;

  /** PROPERTY: liobn, start (two words), size (two words), each 32 bits in hex. */
  private static final Pattern DMA_WINDOW =
      Pattern.compile(
          ".*/ibm,(?:my-)?dma-window:\\s*(\\p{XDigit}{8})\\s+(\\p{XDigit}{8})\\s+(\\p{XDigit}{8})"
              + "\\s+(\\p{XDigit}{8})\\s+(\\p{XDigit}{8})\\s*");

  private static final String DDW_CALLS = "/ibm,ddw-applicable:";

  /** A count that is not 0, then the token. */
  private static final Pattern DDW_EXTENSIONS =
      Pattern.compile("/ibm,ddw-extensions:\\s*(?!0{8})\\p{XDigit}{8}\\s+\\p{XDigit}{8}");

  private static final Pattern BRIDGE_INDEX = Pattern.compile("\\s*index = (\\d+) .*");
  private static final Pattern WINDOW_START = Pattern.compile("\\s*dma_win_addr = (\\d+) .*");
  private static final Pattern WINDOW_SIZE = Pattern.compile("\\s*dma_win_size = (\\d+) .*");
  private static final Pattern RAM =
      Pattern.compile("\\s*0{16}-(\\p{XDigit}{16}) \\(prio 0, ram\\): ppc_spapr\\.ram\\s*");
  private static final Pattern MMIO32 =
      Pattern.compile(".*mmio32-alias @\\S+ (\\p{XDigit}{16})-(\\p{XDigit}{16})\\s*");

  private static final long FIRST_PCI_LIOBN = 0x80000000L;
  private static final int LIOBNS_PER_BRIDGE_SHIFT = 8;

  private MachineFiles() {}

  /** Takes the windows that firmware made; false if the lines tell of none. */
  static boolean deviceTree(List<String> lines, Machine machine) {
    boolean found = false;
    resetExtension(lines, machine);
    for (String line : lines) {
      Matcher matcher = DMA_WINDOW.matcher(line);
      if (matcher.matches()) {
        long size = hex(matcher.group(4) + matcher.group(5));
        machine.defaultWindow(
            hex(matcher.group(1)),
            hex(matcher.group(2) + matcher.group(3)),
            TABLE_PAGE_SHIFT,
            size >>> TABLE_PAGE_SHIFT);
        found = true;
      }
    }
    return found;
  }

  /** The first extension names the call that resets windows (LoPAR, ibm,ddw-extensions). */
  private static void resetExtension(List<String> lines, Machine machine) {
    if (lines.stream().anyMatch(line -> DDW_EXTENSIONS.matcher(line).find())) {
      machine.accept("reset-extension=yes");
    } else if (lines.stream().anyMatch(line -> line.contains(DDW_CALLS))) {
      machine.accept("reset-extension=no");
    }
  }

  /** Takes memory, 32-bit MMIO and the bridges' default windows; false if there is none of them. */
  static boolean qtree(List<String> lines, Machine machine) {
    boolean found = false;
    long index = 0;
    long start = 0;
    for (String line : lines) {
      index = number(BRIDGE_INDEX, line, index);
      start = number(WINDOW_START, line, start);
      long size = number(WINDOW_SIZE, line, 0);
      if (size != 0) {
        long liobn = FIRST_PCI_LIOBN + (index << LIOBNS_PER_BRIDGE_SHIFT);
        machine.defaultWindow(liobn, start, TABLE_PAGE_SHIFT, size >>> TABLE_PAGE_SHIFT);
      }
      boolean remembered = memory(line, machine);
      found |= size != 0 || remembered;
    }
    return found;
  }

  private static boolean memory(String line, Machine machine) {
    Matcher ram = RAM.matcher(line);
    Matcher mmio = MMIO32.matcher(line);
    if (ram.matches()) {
      machine.ram(hex(ram.group(1)) + 1);
    } else if (mmio.matches()) {
      machine.mmio32(hex(mmio.group(1)), hex(mmio.group(2)) + 1);
    } else {
      return false;
    }
    return true;
  }

  private static long number(Pattern pattern, String line, long otherwise) {
    Matcher matcher = pattern.matcher(line);
    return matcher.matches() ? Long.parseUnsignedLong(matcher.group(1)) : otherwise;
  }

  private static long hex(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }
}

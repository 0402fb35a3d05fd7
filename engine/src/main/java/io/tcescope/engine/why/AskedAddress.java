package io.tcescope.engine.why;

import java.util.List;

/**
 * The answer to what became of a bus address. Bus addresses are per bridge: each that may be meant
 * has its own fate.
 *
 * @param at the event after which it is asked
 * @param fates at least one, the most telling first
 */
public record AskedAddress(long ioba, long at, List<AddressFate> fates) {
  public AskedAddress {
    fates = List.copyOf(fates);
  }
}

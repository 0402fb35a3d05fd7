package io.tcescope.traces.guest;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recording has told so far about the guest's tables: probes name a table by the address of
 * its {@code struct iommu_table}, hypervisor calls by its LIOBN.
 */
final class GuestTables {
  /** Page size of a table that nobody told. */
  static final int UNKNOWN_SHIFT = -1;

  /** One table: its LIOBN and the logarithm of its page size, or {@link #UNKNOWN_SHIFT}. */
  record Table(long liobn, int pageShift) {}

  private final Map<Long, Table> byAddress;
  private final Map<Long, Integer> shiftByLiobn;

  GuestTables() {
    byAddress = new HashMap<>();
    shiftByLiobn = new HashMap<>();
  }

  private GuestTables(GuestTables other) {
    byAddress = new HashMap<>(other.byAddress);
    shiftByLiobn = new HashMap<>(other.shiftByLiobn);
  }

  GuestTables copy() {
    return new GuestTables(this);
  }

  /** A window was made with that page size. */
  void created(long liobn, int pageShift) {
    shiftByLiobn.put(liobn, pageShift);
  }

  /** The kernel sets up the table at that address. */
  void initialised(long address, long liobn, int pageShift) {
    int shift =
        pageShift == UNKNOWN_SHIFT ? shiftByLiobn.getOrDefault(liobn, UNKNOWN_SHIFT) : pageShift;
    byAddress.put(address, new Table(liobn, shift));
  }

  /** The table at that address, null if the recording has not told. */
  @Nullable Table at(long address) {
    return byAddress.isEmpty() ? null : byAddress.get(address);
  }
}

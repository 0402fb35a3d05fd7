package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which LIOBN the tables have that the guest names by address, from what point of its recording on:
 * known from calls that a recording with LIOBNs holds too.
 */
final class Tables {
  private record Table(long liobn, int shift) {}

  private final Map<Long, TreeMap<Long, Table>> byAddress = new HashMap<>();

  /** A call of that record on that table went to that LIOBN. */
  void learn(long address, long ordinal, long liobn, int shift) {
    TreeMap<Long, Table> known = byAddress.computeIfAbsent(address, a -> new TreeMap<>());
    Map.Entry<Long, Table> before = known.floorEntry(ordinal);
    Table table = new Table(liobn, shift);
    if (before == null || !before.getValue().equals(table)) {
      known.put(ordinal, table);
    }
  }

  /** Adds LIOBN and bus address to a record that names its table by address. */
  void resolve(Event event, long ordinal) {
    if (!event.has(Event.GUEST_TABLE) || event.has(Event.LIOBN)) {
      return;
    }
    Table table = at(event.guestTable(), ordinal);
    if (table == null) {
      return;
    }
    event.withLiobn(table.liobn);
    if (event.has(Event.TCE_NUMBER) && !event.has(Event.IOBA)) {
      event.withIoba(event.tceNumber() << table.shift);
    }
  }

  private @Nullable Table at(long address, long ordinal) {
    TreeMap<Long, Table> known = byAddress.get(address);
    if (known == null) {
      return null;
    }
    Map.Entry<Long, Table> entry = known.floorEntry(ordinal);
    // A table is allocated from before the first call that both recordings hold.
    return (entry == null ? known.firstEntry() : entry).getValue();
  }
}

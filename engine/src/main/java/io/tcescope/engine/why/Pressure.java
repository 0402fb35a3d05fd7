package io.tcescope.engine.why;

import io.tcescope.engine.event.Hex;
import java.util.List;
import java.util.Optional;

/**
 * How full a window was when the guest's allocator found no room in it.
 *
 * @param liobn the window
 * @param ordinal the event at which it is told
 * @param pages what was asked for
 * @param pools the allocator's pools, the one for large requests last
 * @param isKnown false if the recording does not tell what the entries hold
 * @param holders who holds most, the largest first
 * @param suspects allocations that are oldest and still held
 */
public record Pressure(
    long liobn,
    long ordinal,
    long pages,
    List<Pool> pools,
    boolean isKnown,
    List<Holder> holders,
    List<Held> suspects) {

  /**
   * A pool of the allocator.
   *
   * @param first its first entry
   * @param last its last entry, which is never handed out
   * @param live entries in use
   * @param largestFree the longest run of entries that could be handed out
   * @param serves true if a request of that size may be served from it
   */
  public record Pool(long first, long last, long live, long largestFree, boolean serves) {
    /** The most it could hand out in one piece if nothing were in use. */
    public long capacity() {
      return last - first;
    }
  }

  /** Who holds entries, and how many. */
  public record Holder(String who, long entries) {}

  /** An allocation: its entries, and the event that made it. */
  public record Held(long first, long pages, long ordinal) {}

  public Pressure {
    pools = List.copyOf(pools);
    holders = List.copyOf(holders);
    suspects = List.copyOf(suspects);
  }

  /** True if no pool could serve such a request even when nothing is in use. */
  public boolean neverFits() {
    return pools.stream().noneMatch(pool -> pool.serves() && pool.capacity() >= pages);
  }

  /**
   * What the failure alone proves: for a small request the allocator tries its pool, the others and
   * the one for large requests, in that order (RULES.md L5).
   */
  public String follows() {
    String free =
        (pages == 1 ? "an entry" : pages + " entries in a row") + " free where the request may lie";
    return pools.stream().allMatch(Pool::serves)
        ? "the allocator tries every pool before it fails: none had " + free
        : "the pool for such requests did not have " + free;
  }

  /** What to do where no other fault is needed for the request to fail. */
  Optional<String> fix() {
    return neverFits()
        ? Optional.of(
            "Give the PE a larger window or larger I/O pages, or let the driver ask for fewer pages"
                + " at once.")
        : Optional.empty();
  }

  /** What it comes to, in a sentence. */
  String message() {
    String window = Hex.of(liobn);
    String request = pages == 1 ? "1 page" : pages + " pages";
    if (neverFits()) {
      return "Window "
          + window
          + " never has room for "
          + request
          + ": the pool for such requests has "
          + pools.stream().filter(Pool::serves).mapToLong(Pool::capacity).max().orElse(0)
          + " entries";
    }
    if (!isKnown) {
      return "The guest found no room for " + request + " in window " + window;
    }
    long live = pools.stream().mapToLong(Pool::live).sum();
    long usable = pools.stream().mapToLong(Pool::capacity).sum();
    return "No room for %s in window %s: %d of %d entries are live, the largest free run has %d"
        .formatted(request, window, live, usable, largestFree());
  }

  private long largestFree() {
    return pools.stream().filter(Pool::serves).mapToLong(Pool::largestFree).max().orElse(0);
  }
}

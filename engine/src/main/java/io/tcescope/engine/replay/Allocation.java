package io.tcescope.engine.replay;

import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.DmaWindow;
import org.jspecify.annotations.Nullable;

/**
 * A range of bus addresses that the guest's iommu allocator handed out: what a driver maps with one
 * call and frees with one, alone or together with its neighbours.
 *
 * @param first index of its first entry
 * @param pages entries, in pages of the table
 * @param madeBy ordinal of the call that mapped its first entry
 * @param freedBy ordinal of the call that cleared it, 0 while it is live
 * @param certainty observed if the guest's own record tells it, else inferred from the calls
 * @param device the device it was made for, where the guest's record names one
 */
public record Allocation(
    DmaWindow window,
    long first,
    long pages,
    long madeBy,
    long freedBy,
    Certainty certainty,
    @Nullable String device) {

  /** First bus address. */
  public long ioba() {
    return window.iobaOf(first);
  }

  /** Index of the entry behind it. */
  public long behind() {
    return first + pages;
  }

  Allocation freed(long by) {
    return new Allocation(window, first, pages, madeBy, by, certainty, device);
  }

  Allocation part(long from, long count) {
    return new Allocation(window, from, count, madeBy, freedBy, certainty, device);
  }
}

package io.tcescope.engine.event;

import java.util.regex.Pattern;

/**
 * What a kernel says of messages that came too fast: it left them out, so that a count of those
 * that are there is too low.
 */
public final class Suppressed {
  private static final String SUPPRESSED = " suppressed";

  /** The allocator's complaints, and what old kernels say of every kind of message together. */
  private static final Pattern ALLOCATIONS =
      Pattern.compile("\\b(?:iommu_\\w+|printk): \\d+ (?:callbacks|messages) suppressed");

  private static final Pattern CALLS =
      Pattern.compile("\\b(?:tce_\\w+|printk): \\d+ (?:callbacks|messages) suppressed");

  private Suppressed() {}

  /** True if complaints of allocations that failed are missing. */
  public static boolean isOfAllocations(Event event) {
    return isMessage(event) && ALLOCATIONS.matcher(event.text()).find();
  }

  /** True if complaints of calls that failed are missing. */
  public static boolean isOfCalls(Event event) {
    return isMessage(event) && CALLS.matcher(event.text()).find();
  }

  /** Old kernels print the next message behind these words. */
  private static boolean isMessage(Event event) {
    boolean log = event.kind() == EventKind.LOG || event.has(Event.WITNESS);
    return (log || event.kind() == EventKind.ALLOC_FAILED) && event.text().contains(SUPPRESSED);
  }
}

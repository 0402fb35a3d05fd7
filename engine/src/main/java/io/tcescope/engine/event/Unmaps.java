package io.tcescope.engine.event;

/** Calls that take mappings away and make none, by whichever recorder they are told. */
public final class Unmaps {
  /** Linux's functions that unmap, by a stuff or by puts of nothing. */
  private static final String FREEING = "tce_free";

  private Unmaps() {}

  /** True for a stuff or a put of nothing; of a list it is not told what it holds. */
  public static boolean isUnmap(Event event) {
    if (event.has(Event.WITNESS) && event.name().startsWith(FREEING)) {
      return true;
    }
    boolean maps = event.has(Event.TCE) && Tce.isMapped(event.tce());
    return switch (event.kind()) {
      case H_STUFF_TCE -> !maps;
      case H_PUT_TCE -> event.has(Event.TCE) && !maps;
      default -> false;
    };
  }
}

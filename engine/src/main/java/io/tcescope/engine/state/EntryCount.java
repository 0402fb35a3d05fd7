package io.tcescope.engine.state;

/**
 * What some neighbouring entries of a window hold, counted without looking at each: there may be
 * more of them than anyone could look at.
 *
 * @param live known to map something
 * @param clear known to map nothing
 * @param unknown neither
 */
public record EntryCount(long live, long clear, long unknown) {
  private static final EntryCount NONE = new EntryCount(0, 0, 0);

  /** Of so many entries from that one on, those inside of the window. */
  public static EntryCount of(DmaWindow window, long first, long count) {
    if (!window.contains(first)) {
      return NONE;
    }
    long inside = window.entries() - first;
    long within = Long.compareUnsigned(count, inside) < 0 ? count : inside;
    long live = 0;
    long clear = 0;
    Stretch stretch = new Stretch();
    stretch.begin(window, first, within);
    while (stretch.next()) {
      live += stretch.isLive() ? stretch.count() : 0;
      clear += stretch.isKnownClear() ? stretch.count() : 0;
    }
    return new EntryCount(live, clear, within - live - clear);
  }
}

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
  /** Of so many entries from that one on, those inside of the window. */
  public static EntryCount of(DmaWindow window, long first, long count) {
    long all = 0;
    long live = 0;
    long clear = 0;
    Stretch stretch = new Stretch();
    stretch.beginNamed(window, first, count);
    while (stretch.next()) {
      all += stretch.count();
      live += stretch.isLive() ? stretch.count() : 0;
      clear += stretch.isKnownClear() ? stretch.count() : 0;
    }
    return new EntryCount(live, clear, all - live - clear);
  }
}

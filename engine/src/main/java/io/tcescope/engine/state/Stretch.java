package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring entries of a window that are all alike, shown one stretch after the other: of so
 * many entries as a call may name, nobody can look at each. Reused, so that a look allocates
 * nothing.
 */
public final class Stretch {
  private DmaWindow window = DmaWindow.NONE;
  private long first;
  private long count;
  private long tce;
  private long mark;
  private long end;

  /** The leaf of the entry at hand; it, or background, goes on up to {@link #behind}. */
  private @Nullable Leaf leaf;

  private boolean isUniform;
  private long behind;

  /** Shows all stretches of a window whose entries are live; each until the next is shown. */
  public static void live(DmaWindow window, Consumer<Stretch> taker) {
    Stretch stretch = new Stretch();
    stretch.begin(window, 0, window.mapped() == 0 ? 0 : window.entries());
    while (stretch.next()) {
      if (stretch.isLive()) {
        taker.accept(stretch);
      }
    }
  }

  /** Begins to look at so many entries from that one on, all of the window as it is. */
  public void begin(DmaWindow of, long from, long entries) {
    window = of;
    first = from;
    count = 0;
    end = from + entries;
    behind = from;
  }

  /** The same of as many as a call names, an unsigned number: those that are inside. */
  public void beginNamed(DmaWindow of, long from, long entries) {
    long inside = of.contains(from) ? of.entries() - from : 0;
    begin(of, from, Long.compareUnsigned(entries, inside) < 0 ? entries : inside);
  }

  /** Goes to the next stretch; false if there is none. */
  public boolean next() {
    first += count;
    count = 0;
    if (first >= end) {
      return false;
    }
    if (first >= behind) {
      find(first >>> Leaf.BITS);
    }
    int at = (int) first & Leaf.LAST;
    long most = Math.min(end, behind) - first;
    Leaf here = leaf;
    if (here == null) {
      show(most, Tce.CLEAR, window.table.background());
    } else {
      show(isUniform ? most : here.alike(at, (int) most), here.value(at), here.mark(at));
    }
    return true;
  }

  private void find(long leafIndex) {
    long span = window.table.span(leafIndex);
    leaf = window.table.find(leafIndex);
    isUniform = span > 1;
    behind = ((leafIndex | (span - 1)) + 1) << Leaf.BITS;
  }

  private void show(long entries, long value, long how) {
    count = entries;
    tce = value;
    mark = how;
  }

  /** Index of its first entry. */
  public long first() {
    return first;
  }

  /** Index of its last entry. */
  public long last() {
    return first + count - 1;
  }

  /** How many entries it has. */
  public long count() {
    return count;
  }

  /** Raw value of its entries; meaningless where {@link #mark} says unknown. */
  public long tce() {
    return tce;
  }

  /** How its entries are known and who wrote them ({@link Mark}). */
  public long mark() {
    return mark;
  }

  /** True if its entries are known to map something. */
  public boolean isLive() {
    return Tce.isMapped(tce) && !Mark.isUnknown(mark);
  }

  /** True if its entries are known to map nothing. */
  public boolean isKnownClear() {
    return !Tce.isMapped(tce) && !Mark.isUnknown(mark);
  }
}

package io.tcescope.engine.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A window's entries as the fewest arithmetic runs, in order: every entry that is not observed
 * clear. What no run names is observed clear.
 */
public final class Runs implements TceTable.Visitor {
  private final Consumer<Run> consumer;
  private final @Nullable Knowledge background;
  private final long entries;
  private long covered;

  // The run being built; open while pending.
  private boolean pending;
  private long first;
  private long last;
  private long tce;
  private long step;
  private Knowledge knowledge = Knowledge.OBSERVED;

  private Runs(DmaWindow window, Consumer<Run> consumer) {
    this.consumer = consumer;
    this.entries = window.entries();
    long mark = window.table().background();
    this.background = Mark.isObserved(mark) ? null : Mark.knowledge(mark);
  }

  /** Hands over the runs of a window. */
  public static void of(DmaWindow window, Consumer<Run> consumer) {
    Runs runs = new Runs(window, consumer);
    window.visit(runs);
    runs.fillTo(window.entries());
    runs.flush();
  }

  /** The runs of a window; mind that a window written entry by entry may have very many. */
  public static List<Run> of(DmaWindow window) {
    List<Run> list = new ArrayList<>();
    of(window, list::add);
    return list;
  }

  @Override
  public void stretch(long from, long count, long value, long stride, long mark) {
    if (from >= entries) {
      return;
    }
    fillTo(from);
    long within = Math.min(count, entries - from);
    covered = from + within;
    add(from, within, value, within == 1 ? 0 : stride, Mark.knowledge(mark));
  }

  /** Between what was written lies background; if that is not clear, it is a run too. */
  private void fillTo(long index) {
    Knowledge known = background;
    if (known != null && covered < index) {
      add(covered, index - covered, 0, 0, known);
    }
    covered = index;
  }

  private void add(long from, long count, long value, long stride, Knowledge known) {
    if (known == Knowledge.OBSERVED && value == 0 && stride == 0) {
      flush();
      return;
    }
    if (!pending || !extend(from, count, value, stride, known)) {
      flush();
      pending = true;
      first = from;
      last = from + count - 1;
      tce = value;
      step = stride;
      knowledge = known;
    }
  }

  private boolean extend(long from, long count, long value, long stride, Knowledge known) {
    if (from != last + 1 || known != knowledge) {
      return false;
    }
    if (!known.isUnknown()) {
      long jump = value - (tce + (last - first) * step);
      boolean single = first == last;
      if ((!single && jump != step) || (count > 1 && stride != jump)) {
        return false;
      }
      step = jump;
    }
    last = from + count - 1;
    return true;
  }

  private void flush() {
    if (pending) {
      pending = false;
      consumer.accept(new Run(first, last, tce, step, knowledge));
    }
  }
}

package io.tcescope.engine.state;

import org.jspecify.annotations.Nullable;

/**
 * The entries of one window: a copy-on-write radix tree of 512-entry leaves. A snapshot shares all
 * leaves with its origin; the first write to a leaf after it copies the path to that leaf. Where
 * nothing was written the table holds a background: clear, or unknown for a reason.
 */
public final class TceTable {
  /** Receives the written parts of a table in ascending order; what lies between is background. */
  public interface Visitor {
    /** Entries first .. first + count - 1 hold value, value + step, ...; all have that mark. */
    void stretch(long first, long count, long value, long step, long mark);
  }

  private static final int FANOUT_BITS = 9;
  private static final int FANOUT = 1 << FANOUT_BITS;

  /** An inner node: children are branches, or leaves at the lowest level. */
  private static final class Branch {
    final long epoch;
    final @Nullable Object[] children;

    Branch(long epoch, @Nullable Object[] children) {
      this.epoch = epoch;
      this.children = children;
    }
  }

  private static long nextEpoch;

  private final int levels;
  private long epoch;
  private long background;
  private Branch root;
  private long cachedIndex = -1;
  private @Nullable Leaf cached;

  /** A table of that many entries (unsigned), all holding the background. */
  TceTable(long entries, long background) {
    this(levelsFor(entries), background);
  }

  private TceTable(int levels, long background) {
    this.levels = levels;
    this.background = background;
    this.epoch = freshEpoch();
    this.root = new Branch(epoch, new @Nullable Object[FANOUT]);
  }

  /** A larger table that holds the same, and the background behind it. */
  TceTable grownTo(long entries) {
    TceTable larger = new TceTable(entries, background);
    visit(
        (first, count, value, step, mark) -> {
          for (long i = 0; i < count; i++) {
            long index = first + i;
            long[] words = larger.writable(index >>> Leaf.BITS).words();
            int at = 2 * ((int) index & Leaf.LAST);
            words[at] = value + i * step;
            words[at + 1] = mark;
          }
        });
    return larger;
  }

  private static int levelsFor(long entries) {
    int bits = 64 - Long.numberOfLeadingZeros(entries - 1);
    return Math.max(1, (bits - Leaf.BITS + FANOUT_BITS - 1) / FANOUT_BITS);
  }

  private static synchronized long freshEpoch() {
    return ++nextEpoch;
  }

  /** Rises with every snapshot of any table. */
  static synchronized long age() {
    return nextEpoch;
  }

  /** How many written-out leaves were made after that age; all others were there then. */
  long leavesSince(long age) {
    return leavesSince(root, levels - 1, age);
  }

  private static long leavesSince(Branch branch, int level, long age) {
    if (branch.epoch <= age) {
      return 0;
    }
    long leaves = 0;
    for (Object child : branch.children) {
      if (level > 0 && child != null) {
        leaves += leavesSince((Branch) child, level - 1, age);
      } else if (child instanceof Leaf leaf && leaf.epoch > age && !leaf.isRun()) {
        leaves++;
      }
    }
    return leaves;
  }

  /** The table as it is now; later writes to either do not show in the other. */
  TceTable snapshot() {
    TceTable copy = new TceTable(levels, background);
    copy.root = root;
    epoch = freshEpoch();
    forgetCache();
    return copy;
  }

  /** Drops every entry: all hold the given background. */
  void clear(long newBackground) {
    background = newBackground;
    root = new Branch(epoch, new @Nullable Object[FANOUT]);
    forgetCache();
  }

  private void forgetCache() {
    cachedIndex = -1;
    cached = null;
  }

  /** True if nothing was written to that entry nor behind it. */
  boolean isBackgroundFrom(long index) {
    boolean[] written = {false};
    visit(
        (first, count, value, step, mark) ->
            written[0] |= first + count > index && (value != 0 || step != 0 || mark != background));
    return !written[0];
  }

  /** What entries hold where nothing was written. */
  public long background() {
    return background;
  }

  public long value(long index) {
    Leaf leaf = find(index >>> Leaf.BITS);
    return leaf == null ? 0 : leaf.value((int) index & Leaf.LAST);
  }

  public long mark(long index) {
    Leaf leaf = find(index >>> Leaf.BITS);
    return leaf == null ? background : leaf.mark((int) index & Leaf.LAST);
  }

  /** True if the entry and the one before it belong to one allocation. */
  boolean continuesAt(long index) {
    Leaf leaf = find(index >>> Leaf.BITS);
    return leaf != null && leaf.continuesAt((int) index & Leaf.LAST);
  }

  /** The leaf that holds entries 512 * leafIndex and following, null where nothing was written. */
  @Nullable Leaf find(long leafIndex) {
    if (leafIndex == cachedIndex) {
      return cached;
    }
    Branch branch = root;
    for (int level = levels - 1; level > 0; level--) {
      Object child = branch.children[slot(leafIndex, level)];
      if (child == null) {
        return null;
      }
      branch = (Branch) child;
    }
    Leaf leaf = (Leaf) branch.children[slot(leafIndex, 0)];
    if (leaf != null && leaf.epoch == epoch) { // who looks mostly writes next
      cachedIndex = leafIndex;
      cached = leaf;
    }
    return leaf;
  }

  /** The same leaf, for writing: made or copied if need be. */
  Leaf writable(long leafIndex) {
    Leaf leaf = cached;
    if (leafIndex == cachedIndex && leaf != null) {
      return leaf;
    }
    Branch branch = lowestBranch(leafIndex);
    int slot = slot(leafIndex, 0);
    leaf = (Leaf) branch.children[slot];
    if (leaf == null) {
      leaf = Leaf.background(epoch, background);
      branch.children[slot] = leaf;
    } else if (leaf.epoch != epoch) {
      leaf = leaf.copy(epoch);
      branch.children[slot] = leaf;
    }
    cachedIndex = leafIndex;
    cached = leaf;
    return leaf;
  }

  /** Puts a whole leaf in place, such as a run that one call filled. */
  void replace(long leafIndex, Leaf leaf) {
    lowestBranch(leafIndex).children[slot(leafIndex, 0)] = leaf;
    cachedIndex = leafIndex;
    cached = leaf;
  }

  long epoch() {
    return epoch;
  }

  private Branch lowestBranch(long leafIndex) {
    if (root.epoch != epoch) {
      root = new Branch(epoch, root.children.clone());
    }
    Branch branch = root;
    for (int level = levels - 1; level > 0; level--) {
      int slot = slot(leafIndex, level);
      Branch child = (Branch) branch.children[slot];
      if (child == null) {
        child = new Branch(epoch, new @Nullable Object[FANOUT]);
      } else if (child.epoch != epoch) {
        child = new Branch(epoch, child.children.clone());
      }
      branch.children[slot] = child;
      branch = child;
    }
    return branch;
  }

  private static int slot(long leafIndex, int level) {
    return (int) (leafIndex >>> (level * FANOUT_BITS)) & (FANOUT - 1);
  }

  /** Hands over all written entries in ascending order. */
  public void visit(Visitor visitor) {
    visit(root, levels - 1, 0, visitor);
  }

  private static void visit(Branch branch, int level, long prefix, Visitor visitor) {
    for (int slot = 0; slot < FANOUT; slot++) {
      Object child = branch.children[slot];
      if (child == null) {
        continue;
      }
      long index = prefix << FANOUT_BITS | slot;
      if (level > 0) {
        visit((Branch) child, level - 1, index, visitor);
      } else {
        visit((Leaf) child, index << Leaf.BITS, visitor);
      }
    }
  }

  private static void visit(Leaf leaf, long first, Visitor visitor) {
    if (leaf.isRun() && leaf.mark(0) == leaf.mark(1)) {
      visitor.stretch(first, Leaf.LAST, leaf.runValue(), leaf.runStep(), leaf.mark(0));
      visitor.stretch(first + Leaf.LAST, 1, leaf.value(Leaf.LAST), 0, leaf.mark(Leaf.LAST));
      return;
    }
    for (int i = 0; i < Leaf.SIZE; i++) {
      visitor.stretch(first + i, 1, leaf.value(i), 0, leaf.mark(i));
    }
  }

  /** Shows the live entries in ascending order. */
  void visitLive(LiveVisitor visitor) {
    visitLive(root, levels - 1, 0, visitor);
  }

  private static void visitLive(Branch branch, int level, long prefix, LiveVisitor visitor) {
    for (int slot = 0; slot < FANOUT; slot++) {
      Object child = branch.children[slot];
      long index = prefix << FANOUT_BITS | slot;
      if (child instanceof Leaf leaf) {
        leaf.visitLive(index << Leaf.BITS, visitor);
      } else if (child != null) {
        visitLive((Branch) child, level - 1, index, visitor);
      }
    }
  }
}

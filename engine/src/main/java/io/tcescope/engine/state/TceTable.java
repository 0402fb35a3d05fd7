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
    this.root = new Branch(epoch);
  }

  /** A larger table that holds the same, and the background behind it. */
  TceTable grownTo(long entries) {
    TceTable larger = new TceTable(entries, background);
    Branch top = root;
    for (int level = levels; level < larger.levels; level++) {
      Branch above = new Branch(larger.epoch);
      above.children[0] = top;
      top = above;
    }
    larger.root = top;
    epoch = freshEpoch();
    forgetCache();
    return larger;
  }

  private static int levelsFor(long entries) {
    int bits = 64 - Long.numberOfLeadingZeros(entries - 1);
    return Math.max(1, (bits - Leaf.BITS + Branch.FANOUT_BITS - 1) / Branch.FANOUT_BITS);
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
    return root.leavesSince(levels - 1, age);
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
    root = new Branch(epoch);
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
      if (!(child instanceof Branch next)) {
        return (Leaf) child; // all of that subtree is alike
      }
      branch = next;
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
    return writableBranch(leafIndex, 0);
  }

  private Branch writableBranch(long leafIndex, int lowest) {
    root = Branch.writable(root, epoch);
    Branch branch = root;
    for (int level = levels - 1; level > lowest; level--) {
      int slot = slot(leafIndex, level);
      Branch child = Branch.writable(branch.children[slot], epoch);
      branch.children[slot] = child;
      branch = child;
    }
    return branch;
  }

  /**
   * How many leaves from that one on make a whole subtree, no more than {@code most}: at least 1.
   */
  long subtree(long leafIndex, long most) {
    long span = 1;
    for (int level = 1; level < levels; level++) {
      long wider = span << Branch.FANOUT_BITS;
      if (wider > most || (leafIndex & (wider - 1)) != 0) {
        break;
      }
      span = wider;
    }
    return span;
  }

  /** How many leaves the largest subtree has that holds that one and in which all is alike. */
  long span(long leafIndex) {
    int level = levels - 1;
    Branch branch = root;
    while (branch.children[slot(leafIndex, level)] instanceof Branch below) {
      branch = below;
      level--;
    }
    return 1L << (level * Branch.FANOUT_BITS);
  }

  /** Shows a {@link #subtree}; who looks may {@link #fill} what it has just been shown. */
  void parts(long leafIndex, long span, Branch.Parts visitor) {
    Object node = root;
    for (int level = levels - 1; level >= levelOf(span); level--) {
      if (!(node instanceof Branch branch)) {
        break;
      }
      node = branch.children[slot(leafIndex, level)];
    }
    Branch.parts(node, leafIndex, span, Leaf.shared(0, background), visitor);
  }

  /** All entries of a {@link #subtree} hold that value from now on. */
  void fill(long leafIndex, long span, long value, long mark) {
    int level = levelOf(span);
    writableBranch(leafIndex, level).children[slot(leafIndex, level)] = Leaf.shared(value, mark);
    forgetCache();
  }

  /** The level of the branch of which so many leaves are one child. */
  private static int levelOf(long span) {
    return Long.numberOfTrailingZeros(span) / Branch.FANOUT_BITS;
  }

  private static int slot(long leafIndex, int level) {
    return (int) (leafIndex >>> (level * Branch.FANOUT_BITS)) & (Branch.FANOUT - 1);
  }

  /** Hands over all written entries in ascending order. */
  public void visit(Visitor visitor) {
    root.visit(levels - 1, 0, visitor);
  }
}

package io.tcescope.engine.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An inner node of a table: 512 children, which are branches, or leaves at the lowest level. Where
 * a whole subtree holds the same, one shared leaf stands for it; null is background.
 */
final class Branch {
  /** Receives the parts of a subtree: {@code span} leaves from that one on are all like it. */
  interface Parts {
    void part(long leafIndex, long span, Leaf leaf);
  }

  static final int FANOUT_BITS = 9;
  static final int FANOUT = 1 << FANOUT_BITS;

  final long epoch;
  final @Nullable Object[] children;

  /** A branch in which all is background. */
  Branch(long epoch) {
    this(epoch, new @Nullable Object[FANOUT]);
  }

  private Branch(long epoch, @Nullable Object[] children) {
    this.epoch = epoch;
    this.children = children;
  }

  /** What that child is, as a branch that may be written: its own, a copy, or made of a leaf. */
  static Branch writable(@Nullable Object child, long epoch) {
    if (child instanceof Branch branch) {
      return branch.epoch == epoch ? branch : new Branch(epoch, branch.children.clone());
    }
    Branch branch = new Branch(epoch);
    if (child != null) {
      Arrays.fill(branch.children, child);
    }
    return branch;
  }

  long leavesSince(int level, long age) {
    if (epoch <= age) {
      return 0;
    }
    long leaves = 0;
    for (Object child : children) {
      if (child instanceof Branch branch) {
        leaves += branch.leavesSince(level - 1, age);
      } else if (child instanceof Leaf leaf && leaf.epoch > age && !leaf.isRun()) {
        leaves++;
      }
    }
    return leaves;
  }

  void visit(int level, long prefix, TceTable.Visitor visitor) {
    for (int slot = 0; slot < FANOUT; slot++) {
      Object child = children[slot];
      long index = prefix << FANOUT_BITS | slot;
      if (child instanceof Branch branch) {
        branch.visit(level - 1, index, visitor);
      } else if (child != null) {
        long first = index << (level * FANOUT_BITS + Leaf.BITS);
        visit((Leaf) child, first, spanOf(level), visitor);
      }
    }
  }

  private static void visit(Leaf leaf, long first, long span, TceTable.Visitor visitor) {
    if (span > 1) {
      visitor.stretch(first, span << Leaf.BITS, leaf.runValue(), 0, leaf.mark(0));
      return;
    }
    if (leaf.isRun() && leaf.mark(0) == leaf.mark(1)) {
      visitor.stretch(first, Leaf.LAST, leaf.runValue(), leaf.runStep(), leaf.mark(0));
      visitor.stretch(first + Leaf.LAST, 1, leaf.value(Leaf.LAST), 0, leaf.mark(Leaf.LAST));
      return;
    }
    for (int i = 0; i < Leaf.SIZE; i++) {
      visitor.stretch(first + i, 1, leaf.value(i), 0, leaf.mark(i));
    }
  }

  /** Leaves below one child of a branch of that level. */
  private static long spanOf(int level) {
    return 1L << (level * FANOUT_BITS);
  }

  /** Shows a node of so many leaves, of which the first is that one, part by part in order. */
  static void parts(
      @Nullable Object node, long leafIndex, long span, Leaf background, Parts visitor) {
    if (node instanceof Branch branch) {
      long each = span >>> FANOUT_BITS;
      for (int slot = 0; slot < FANOUT; slot++) {
        parts(branch.children[slot], leafIndex + slot * each, each, background, visitor);
      }
    } else {
      visitor.part(leafIndex, span, node == null ? background : (Leaf) node);
    }
  }
}

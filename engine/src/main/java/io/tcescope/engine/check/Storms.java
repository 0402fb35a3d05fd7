package io.tcescope.engine.check;

import io.tcescope.engine.state.DmaWindow;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Operations that go wrong alike are one finding: its event is the first, its data counts them all.
 */
final class Storms {
  /** Drafts kept apart; a guest gone mad does not fill memory with them. */
  private static final int MOST_DRAFTS = 512;

  private static final int RECENT = 64;

  /** What operations of one storm have in common. */
  record Key(Rule rule, long liobn, int generation, Object kind) {
    static Key of(Rule rule, DmaWindow window, Object kind) {
      return new Key(rule, window.liobn(), window.generation(), kind);
    }

    int slot() {
      return slot(rule, liobn, generation, kind);
    }

    static int slot(Rule rule, long liobn, int generation, Object kind) {
      int hash = 31 * (31 * rule.hashCode() + generation) + kind.hashCode();
      return (31 * hash + Long.hashCode(liobn)) & (RECENT - 1);
    }

    boolean is(Rule wantedRule, long wantedLiobn, int wantedGeneration, Object wantedKind) {
      return rule == wantedRule
          && liobn == wantedLiobn
          && generation == wantedGeneration
          && kind.equals(wantedKind);
    }
  }

  private final Map<Key, Draft> drafts = new HashMap<>();

  // The storms that rage: an operation of one of them must cost next to nothing.
  private final @Nullable Key[] recentKeys = new @Nullable Key[RECENT];
  private final @Nullable Draft[] recentDrafts = new @Nullable Draft[RECENT];

  /**
   * Counts one more operation of a storm; null if it was not seen lately, and perhaps never: then
   * {@link #add} it. Allocates nothing.
   */
  @Nullable Draft again(Rule rule, DmaWindow window, Object kind, long ordinal) {
    return again(rule, window.liobn(), window.generation(), kind, ordinal);
  }

  @Nullable Draft again(Rule rule, long liobn, int generation, Object kind, long ordinal) {
    int slot = Key.slot(rule, liobn, generation, kind);
    Key key = recentKeys[slot];
    Draft draft = recentDrafts[slot];
    boolean found = key != null && key.is(rule, liobn, generation, kind);
    return found && draft != null ? counted(draft, ordinal) : null;
  }

  /** Counts an operation in the finding of that key, which {@code first} makes if need be. */
  Draft add(Key key, long ordinal, Supplier<Draft> first) {
    Draft draft = draft(key, first);
    recentKeys[key.slot()] = key;
    recentDrafts[key.slot()] = draft;
    return counted(draft, ordinal);
  }

  /** The same for an entry of an operation: the operation is counted with its first entry. */
  Draft entry(Key key, long ordinal, Supplier<Draft> first) {
    Draft draft = draft(key, first);
    return draft.has("lastEvent", ordinal) ? draft : add(key, ordinal, first);
  }

  private static Draft counted(Draft draft, long ordinal) {
    return draft.count("operations", 1).latest("lastEvent", ordinal);
  }

  private Draft draft(Key key, Supplier<Draft> first) {
    Draft draft = drafts.get(key);
    if (draft == null) {
      Key kept = drafts.size() < MOST_DRAFTS ? key : new Key(key.rule(), 0, 0, "and others");
      draft = drafts.computeIfAbsent(kept, k -> first.get());
    }
    return draft;
  }
}

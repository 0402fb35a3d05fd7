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
  /** Storms kept apart; a guest gone mad does not fill memory with them. */
  private static final int MOST_STORMS = 512;

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
      // The rule's own hash is another in every process: what collides must not be a matter of
      // luck.
      int hash = 31 * (31 * rule.id().hashCode() + generation) + kind.hashCode();
      return (31 * hash + Long.hashCode(liobn)) & (RECENT - 1);
    }

    boolean is(Rule wantedRule, long wantedLiobn, int wantedGeneration, Object wantedKind) {
      return rule == wantedRule
          && liobn == wantedLiobn
          && generation == wantedGeneration
          && kind.equals(wantedKind);
    }
  }

  /** A finding, and its data that every operation changes. */
  private record Storm(Draft draft, Draft.Count operations, Draft.Count lastEvent) {
    static Storm of(Draft draft) {
      return new Storm(draft, draft.changing("operations"), draft.changing("lastEvent"));
    }

    Draft count(long ordinal) {
      operations.value++;
      lastEvent.value = ordinal;
      return draft;
    }
  }

  private final Map<Key, Storm> storms = new HashMap<>();

  // The storms that rage: an operation of one of them must cost next to nothing.
  private final @Nullable Key[] recentKeys = new @Nullable Key[RECENT];
  private final @Nullable Storm[] recentStorms = new @Nullable Storm[RECENT];

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
    Storm storm = recentStorms[slot];
    boolean found = key != null && key.is(rule, liobn, generation, kind);
    return found && storm != null ? storm.count(ordinal) : null;
  }

  /** Counts an operation in the finding of that key, which {@code first} makes if need be. */
  Draft add(Key key, long ordinal, Supplier<Draft> first) {
    Storm storm = storm(key, first);
    recentKeys[key.slot()] = key;
    recentStorms[key.slot()] = storm;
    return storm.count(ordinal);
  }

  /** The same for an entry of an operation: the operation is counted with its first entry. */
  Draft entry(Key key, long ordinal, Supplier<Draft> first) {
    Storm storm = storm(key, first);
    return storm.lastEvent.value == ordinal ? storm.draft : add(key, ordinal, first);
  }

  private Storm storm(Key key, Supplier<Draft> first) {
    Storm storm = storms.get(key);
    if (storm == null) {
      Key kept = storms.size() < MOST_STORMS ? key : new Key(key.rule(), 0, 0, "and others");
      storm = storms.computeIfAbsent(kept, k -> Storm.of(first.get()));
    }
    return storm;
  }
}

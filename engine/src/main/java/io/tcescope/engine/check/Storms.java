package io.tcescope.engine.check;

import io.tcescope.engine.state.DmaWindow;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Operations that go wrong alike are one finding: its event is the first, its data counts them all.
 */
final class Storms {
  /** Drafts kept apart; a guest gone mad does not fill memory with them. */
  private static final int MOST_DRAFTS = 512;

  /** What operations of one storm have in common. */
  record Key(Rule rule, long liobn, int generation, Object kind) {
    static Key of(Rule rule, DmaWindow window, Object kind) {
      return new Key(rule, window.liobn(), window.generation(), kind);
    }
  }

  private final Map<Key, Draft> drafts = new HashMap<>();

  /** Counts an operation in the finding of that key, which {@code first} makes if need be. */
  Draft add(Key key, long ordinal, Supplier<Draft> first) {
    Draft draft = draft(key, first);
    return draft.count("operations", 1).data("lastEvent", ordinal);
  }

  /** The same for an entry of an operation: the operation is counted with its first entry. */
  Draft entry(Key key, long ordinal, Supplier<Draft> first) {
    Draft draft = draft(key, first);
    return draft.has("lastEvent", ordinal) ? draft : add(key, ordinal, first);
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

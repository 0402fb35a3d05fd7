package io.tcescope.queries.language;

import io.tcescope.engine.state.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names that what an event did ({@link Signal}) has in queries and in output. */
public final class Effects {
  private static final Map<String, Integer> BITS = new LinkedHashMap<>();

  static {
    BITS.put("opened", Signal.OPENED);
    BITS.put("closed", Signal.CLOSED);
    BITS.put("mapped", Signal.MAPPED);
    BITS.put("cleared", Signal.CLEARED);
    BITS.put("remapped", Signal.REMAPPED);
    BITS.put("permission-changed", Signal.PERMISSION_CHANGED);
    BITS.put("rewritten", Signal.REWRITTEN);
    BITS.put("cleared-unmapped", Signal.CLEARED_UNMAPPED);
    BITS.put("cut-allocation", Signal.CUT_ALLOCATION);
    BITS.put("sweeping", Signal.SWEEPING);
    BITS.put("swept", Signal.SWEPT);
    BITS.put("out-of-window", Signal.OUT_OF_WINDOW);
    BITS.put("dead-liobn", Signal.DEAD_LIOBN);
    BITS.put("unknown-liobn", Signal.UNKNOWN_LIOBN);
    BITS.put("refused", Signal.REFUSED);
    BITS.put("contradicted", Signal.CONTRADICTED);
    BITS.put("inference-contradicted", Signal.INFERENCE_CONTRADICTED);
    BITS.put("lost", Signal.LOST);
    BITS.put("misaligned", Signal.MISALIGNED);
    BITS.put("outside-memory", Signal.OUTSIDE_MEMORY);
    BITS.put("look-up", Signal.LOOK_UP);
    BITS.put("classified", Signal.CLASSIFIED);
    BITS.put("window-call", Signal.WINDOW_CALL);
    BITS.put("record", Signal.RECORD);
    BITS.put("odd-list", Signal.ODD_LIST);
    BITS.put("partial", Signal.PARTIAL);
    BITS.put("was-unknown", Signal.WAS_UNKNOWN);
    BITS.put("empty", Signal.EMPTY);
    BITS.put("over-512", Signal.OVER_512);
    BITS.put("straddling", Signal.STRADDLING);
    BITS.put("fault", Signal.FAULT);
  }

  private Effects() {}

  /** Names of the signals, in a fixed order. */
  public static List<String> names(int signals) {
    return BITS.entrySet().stream()
        .filter(effect -> (signals & effect.getValue()) != 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  static List<String> all() {
    return List.copyOf(BITS.keySet());
  }

  /** The signals whose names match. */
  static int matching(NamePattern pattern) {
    int signals = 0;
    for (Map.Entry<String, Integer> effect : BITS.entrySet()) {
      if (pattern.matches(effect.getKey())) {
        signals |= effect.getValue();
      }
    }
    return signals;
  }
}

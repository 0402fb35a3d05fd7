package io.tcescope.engine.why;

import static io.tcescope.engine.why.SymptomKind.ALLOC_FAILED;
import static io.tcescope.engine.why.SymptomKind.DDW_MAP_FAILED;
import static io.tcescope.engine.why.SymptomKind.DMA_FAULT;
import static io.tcescope.engine.why.SymptomKind.EEH_FREEZE;
import static io.tcescope.engine.why.SymptomKind.NETDEV_WATCHDOG;
import static io.tcescope.engine.why.SymptomKind.NOT_ADDRESSABLE;
import static io.tcescope.engine.why.SymptomKind.PERM0_ACCESS;
import static io.tcescope.engine.why.SymptomKind.PUT_FAILED;
import static io.tcescope.engine.why.SymptomKind.TX_HANG;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which broken rule explains which symptom, and how much: what took a mapping away outranks what
 * merely followed from it. Rules that are not here explain nothing by themselves.
 */
final class Explains {
  private record Power(int weight, Set<SymptomKind> kinds) {}

  private static final Set<SymptomKind> LOST_ACCESS =
      EnumSet.of(EEH_FREEZE, DMA_FAULT, NETDEV_WATCHDOG, TX_HANG, PERM0_ACCESS);
  private static final Set<SymptomKind> LOST_WINDOW = and(LOST_ACCESS, PUT_FAILED);
  private static final Set<SymptomKind> NO_WINDOW = and(LOST_WINDOW, NOT_ADDRESSABLE);
  private static final Set<SymptomKind> REFUSED = EnumSet.of(PUT_FAILED);
  private static final Set<SymptomKind> FULL = EnumSet.of(ALLOC_FAILED);
  private static final Set<SymptomKind> NOT_MADE = EnumSet.of(DDW_MAP_FAILED, ALLOC_FAILED);

  private static final Map<String, Power> POWERS = new HashMap<>();

  static {
    power("default-window-removed-in-use", 100, LOST_WINDOW);
    power("window-reset-in-use", 100, LOST_WINDOW);
    power("window-removed-in-use", 98, LOST_WINDOW);
    power("bridge-unplugged-in-use", 98, LOST_WINDOW);
    power("second-device-without-window-on-pe", 97, NO_WINDOW);
    power("windows-overlap", 96, LOST_ACCESS);
    power("32-bit-device-left-without-window", 95, NO_WINDOW);
    power("hot-unplug-with-live-tces", 90, LOST_WINDOW);
    power("direct-window-lmb-missing", 90, LOST_ACCESS);
    power("default-window-not-restored-after-failure", 85, NO_WINDOW);
    power("default-window-not-auto-restored", 85, NO_WINDOW);
    power("existing-ddw-misjudged-direct", 85, LOST_ACCESS);
    power("dma-after-unmap", 80, LOST_ACCESS);
    power("eeh-freeze-after-clear", 75, EnumSet.of(EEH_FREEZE));
    power("mappings-lost-by-default-restore", 70, LOST_ACCESS);
    power("tce-outside-partition-memory", 65, LOST_ACCESS);
    power("tce-double-map", 60, LOST_ACCESS);
    power("tce-in-mmio32-range", 60, LOST_ACCESS);
    power("free-failure-leaves-live-tces", 55, LOST_ACCESS);
    power("tce-free-size-mismatch", 50, LOST_ACCESS);
    power("indirect-partial-failure", 46, and(REFUSED, DDW_MAP_FAILED));
    power("ioba-out-of-window", 45, REFUSED);
    power("unknown-liobn", 44, REFUSED);
    power("tce-op-after-window-removal", 40, LOST_WINDOW);
    power("put-failure-ignored", 30, LOST_WINDOW);
    power("dma-to-unmapped", 20, LOST_ACCESS);
    power("iommu-pool-exhausted", 100, FULL);
    power("tce-leak", 90, FULL);
    power("create-exceeds-tce-budget", 70, NOT_MADE);
    power("ddw-zero-entry-table", 60, NOT_MADE);
    power("ddw-create-zero-size", 50, NOT_MADE);
    power("ddw-smaller-than-ram", 40, NOT_MADE);
  }

  private Explains() {}

  private static Set<SymptomKind> and(Set<SymptomKind> kinds, SymptomKind more) {
    Set<SymptomKind> all = EnumSet.copyOf(kinds);
    all.add(more);
    return all;
  }

  private static void power(String rule, int weight, Set<SymptomKind> kinds) {
    POWERS.put(rule, new Power(weight, kinds));
  }

  /** How well a broken rule explains such a symptom, 0 if not at all. */
  static int weight(String rule, SymptomKind kind) {
    Power power = POWERS.get(rule);
    return power != null && power.kinds.contains(kind) ? power.weight : 0;
  }

  /** True if a broken rule can be the cause of any symptom. */
  static boolean anything(String rule) {
    return POWERS.containsKey(rule);
  }
}

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

import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Severity;
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

  /** A device's access that nobody mapped, or that meets another's mapping. */
  private static final Set<SymptomKind> LOST_ACCESS =
      EnumSet.of(EEH_FREEZE, DMA_FAULT, NETDEV_WATCHDOG, TX_HANG, PERM0_ACCESS);

  private static final Set<SymptomKind> LOST_WINDOW = and(LOST_ACCESS, PUT_FAILED);
  private static final Set<SymptomKind> NO_WINDOW =
      and(and(LOST_WINDOW, NOT_ADDRESSABLE), DDW_MAP_FAILED);
  private static final Set<SymptomKind> REFUSED = EnumSet.of(PUT_FAILED, DDW_MAP_FAILED);
  private static final Set<SymptomKind> REFUSED_SILENTLY =
      and(and(LOST_ACCESS, PUT_FAILED), DDW_MAP_FAILED);
  private static final Set<SymptomKind> FULL = EnumSet.of(ALLOC_FAILED);
  private static final Set<SymptomKind> NOT_MADE = EnumSet.of(DDW_MAP_FAILED, ALLOC_FAILED);
  private static final Set<SymptomKind> TOO_HIGH =
      EnumSet.of(NOT_ADDRESSABLE, DMA_FAULT, EEH_FREEZE, PERM0_ACCESS);

  private static final Map<String, Power> POWERS = new HashMap<>();

  static {
    // What took a window, or all entries of one, away.
    power("default-window-removed-in-use", 100, NO_WINDOW);
    power("window-reset-in-use", 100, LOST_WINDOW);
    power("wrong-window-removed", 99, LOST_WINDOW);
    power("window-removed-in-use", 98, LOST_WINDOW);
    power("bridge-unplugged-in-use", 98, LOST_WINDOW);
    power("second-device-without-window-on-pe", 97, NO_WINDOW);
    power("windows-overlap", 96, LOST_ACCESS);
    power("32-bit-device-left-without-window", 95, NO_WINDOW);
    power("kexec-ghost-default-window", 94, NO_WINDOW);
    power("migration-window-change", 93, LOST_WINDOW);
    power("hot-unplug-with-live-tces", 90, LOST_WINDOW);
    power("default-window-not-restored-after-failure", 85, NO_WINDOW);
    power("default-window-not-auto-restored", 85, NO_WINDOW);
    power("window-missing-at-boot", 85, NO_WINDOW);
    // What took single entries away, or never made them.
    power("direct-window-lmb-missing", 90, LOST_ACCESS);
    power("direct-fill-incomplete", 90, and(LOST_ACCESS, DDW_MAP_FAILED));
    power("notifier-clobbers-dynamic-window", 89, LOST_ACCESS);
    power("kexec-direct-assumption", 86, LOST_ACCESS);
    power("existing-ddw-misjudged-direct", 85, LOST_ACCESS);
    power("direct-ddw-misjudged-dynamic", 85, LOST_ACCESS);
    power("kdump-uninitialised-table", 85, LOST_WINDOW);
    power("vio-buffer-unmapped-while-registered", 82, LOST_ACCESS);
    power("dma-after-unmap", 80, LOST_ACCESS);
    power("direct-window-not-identity", 78, LOST_ACCESS);
    power("eeh-freeze-after-clear", 75, EnumSet.of(EEH_FREEZE));
    power("bus-address-beyond-device-mask", 74, TOO_HIGH);
    power("dma-permission-violation", 73, LOST_ACCESS);
    power("large-page-offset-error", 72, LOST_ACCESS);
    power("mappings-lost-by-default-restore", 70, LOST_ACCESS);
    // What put a wrong entry there.
    power("tce-outside-partition-memory", 65, LOST_ACCESS);
    power("tce-double-map", 60, LOST_ACCESS);
    power("tce-in-mmio32-range", 60, LOST_ACCESS);
    power("ddw-overlaps-mmio32", 58, LOST_ACCESS);
    power("tce-misaligned-address", 56, and(LOST_ACCESS, PUT_FAILED));
    power("free-failure-leaves-live-tces", 55, LOST_ACCESS);
    power("tce-freed-page-still-mapped", 54, LOST_ACCESS);
    power("sriov-table-index-confusion", 52, LOST_WINDOW);
    power("tce-free-size-mismatch", 50, LOST_ACCESS);
    power("direct-window-tail-unmapped", 48, LOST_ACCESS);
    power("qemu-migration-table-mismatch", 60, LOST_WINDOW);
    power("kvm-wrong-entry-cleared", 53, LOST_ACCESS);
    power("kvm-shadow-page-mismatch", 53, LOST_ACCESS);
    power("race-same-entry", 52, LOST_ACCESS);
    power("thaw-dma-with-stale-mappings", 51, LOST_ACCESS);
    power("stale-entries-after-reset", 50, LOST_ACCESS);
    power("vio-register-unmapped", 50, LOST_ACCESS);
    power("rtce-redirected-cleared", 50, LOST_ACCESS);
    power("direct-window-lmb-not-cleared", 49, LOST_ACCESS);
    power("rollback-incomplete", 49, LOST_ACCESS);
    // What made a call fail.
    power("tce-resources-exhausted", 47, REFUSED);
    power("pmem-hotplug-out-of-window", 46, REFUSED);
    power("ioba-out-of-window", 45, REFUSED);
    power("unknown-liobn", 44, REFUSED);
    power("indirect-list-invalid", 44, REFUSED);
    power("put-through-negative-liobn", 43, REFUSED);
    power("indirect-partial-failure", 42, REFUSED_SILENTLY);
    power("stuff-count-over-512", 41, EnumSet.of(PUT_FAILED));
    power("stuff-partial-failure", 41, EnumSet.of(PUT_FAILED));
    // What followed.
    power("tce-op-after-window-removal", 40, LOST_WINDOW);
    power("put-failure-ignored", 30, LOST_WINDOW);
    power("dma-to-unmapped", 20, LOST_ACCESS);
    // What left too little room.
    power("iommu-pool-exhausted", 100, FULL);
    power("tce-leak", 90, FULL);
    power("ddw-leaked-on-error-path", 80, NOT_MADE);
    power("window-leak-across-hotplug", 80, NOT_MADE);
    power("create-exceeds-tce-budget", 70, NOT_MADE);
    power("ddw-zero-entry-table", 60, NOT_MADE);
    power("kdump-table-full", 55, FULL);
    power("window-ops-while-frozen", 52, NOT_MADE);
    power("ddw-create-zero-size", 50, NOT_MADE);
    power("remove-failed-ignored", 45, NOT_MADE);
    power("ddw-smaller-than-ram", 40, NOT_MADE);
    power("page-size-amplification", 30, FULL);
  }

  /** Rules that concern every window of a bridge, or two of them. */
  private static final Set<String> WHOLE_BRIDGE =
      Set.of(
          "window-reset-in-use",
          "bridge-unplugged-in-use",
          "windows-overlap",
          "hot-unplug-with-live-tces",
          "migration-window-change",
          "32-bit-device-left-without-window",
          "default-window-not-restored-after-failure",
          "default-window-not-auto-restored",
          "iommu-pool-exhausted");

  /** Rules that tell what may have led to a symptom, and no more. */
  private static final Set<String> CIRCUMSTANCES =
      Set.of("kdump-table-full", "window-ops-while-frozen");

  /** Rules that explain a failed call only by its window being gone. */
  private static final Set<String> LOST =
      Set.of(
          "default-window-removed-in-use",
          "window-reset-in-use",
          "wrong-window-removed",
          "window-removed-in-use",
          "bridge-unplugged-in-use",
          "second-device-without-window-on-pe",
          "kexec-ghost-default-window",
          "kdump-uninitialised-table",
          "migration-window-change",
          "hot-unplug-with-live-tces",
          "default-window-not-restored-after-failure",
          "default-window-not-auto-restored",
          "window-missing-at-boot",
          "tce-op-after-window-removal",
          "put-failure-ignored");

  /** Rules about calls on a LIOBN that no window has. */
  private static final Set<String> WITHOUT_WINDOW =
      Set.of("unknown-liobn", "put-through-negative-liobn");

  /**
   * Rules that the symptom itself gives away: what filled the window came before, and the event
   * that tells which window it is may be a later complaint than the first.
   */
  private static final Set<String> TOLD_LATE = Set.of("iommu-pool-exhausted");

  private Explains() {}

  private static Set<SymptomKind> and(Set<SymptomKind> kinds, SymptomKind more) {
    Set<SymptomKind> all = EnumSet.copyOf(kinds);
    all.add(more);
    return all;
  }

  private static void power(String rule, int weight, Set<SymptomKind> kinds) {
    POWERS.put(rule, new Power(weight, kinds));
  }

  /** Ids of the rules that explain something. */
  static Set<String> rules() {
    return POWERS.keySet();
  }

  /** How well a broken rule explains such a symptom, 0 if not at all. */
  static int weight(String rule, SymptomKind kind) {
    Power power = POWERS.get(rule);
    return power != null && power.kinds.contains(kind) ? power.weight : 0;
  }

  /** True if a broken rule can be the cause of any symptom. */
  static boolean anything(String rule) {
    Power power = POWERS.get(rule);
    return power != null && power.weight > 0;
  }

  /** True for a finding that can be the cause of any symptom. */
  static boolean anything(Finding finding) {
    boolean harmless =
        finding.rule().equals(Rule.WINDOW_OPS_WHILE_FROZEN.id())
            && !finding.severity().atLeast(Severity.ERROR);
    return anything(finding.rule()) && !harmless;
  }

  static boolean isCircumstance(String rule) {
    return CIRCUMSTANCES.contains(rule);
  }

  static boolean wholeBridge(String rule) {
    return WHOLE_BRIDGE.contains(rule);
  }

  static boolean isWithoutWindow(String rule) {
    return WITHOUT_WINDOW.contains(rule);
  }

  /** True if the event that decides may be later than the first sign of what it explains. */
  static boolean isToldLate(String rule) {
    return TOLD_LATE.contains(rule);
  }

  static boolean needsLostWindow(String rule) {
    return LOST.contains(rule);
  }
}

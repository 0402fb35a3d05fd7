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
import java.util.EnumMap;
import java.util.EnumSet;
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

  /** The most of what only happened about the same time. */
  static final int COINCIDENCE = 53;

  private static final Map<Rule, Power> POWERS = new EnumMap<>(Rule.class);

  static {
    // What took a window, or all entries of one, away.
    power(Rule.DEFAULT_WINDOW_REMOVED_IN_USE, 100, NO_WINDOW);
    power(Rule.WINDOW_RESET_IN_USE, 100, LOST_WINDOW);
    power(Rule.WRONG_WINDOW_REMOVED, 99, LOST_WINDOW);
    power(Rule.WINDOW_REMOVED_IN_USE, 98, LOST_WINDOW);
    power(Rule.BRIDGE_UNPLUGGED_IN_USE, 98, LOST_WINDOW);
    power(Rule.SECOND_DEVICE_WITHOUT_WINDOW_ON_PE, 97, NO_WINDOW);
    power(Rule.WINDOWS_OVERLAP, 96, LOST_ACCESS);
    power(Rule._32_BIT_DEVICE_LEFT_WITHOUT_WINDOW, 95, NO_WINDOW);
    power(Rule.KEXEC_GHOST_DEFAULT_WINDOW, 94, NO_WINDOW);
    power(Rule.MIGRATION_WINDOW_CHANGE, 93, LOST_WINDOW);
    power(Rule.HOT_UNPLUG_WITH_LIVE_TCES, 90, LOST_WINDOW);
    power(Rule.DEFAULT_WINDOW_NOT_RESTORED_AFTER_FAILURE, 85, NO_WINDOW);
    power(Rule.DEFAULT_WINDOW_NOT_AUTO_RESTORED, 85, NO_WINDOW);
    power(Rule.WINDOW_MISSING_AT_BOOT, 85, NO_WINDOW);
    // What took single entries away, or never made them.
    power(Rule.DIRECT_WINDOW_LMB_MISSING, 90, LOST_ACCESS);
    power(Rule.DIRECT_FILL_INCOMPLETE, 90, and(LOST_ACCESS, DDW_MAP_FAILED));
    power(Rule.NOTIFIER_CLOBBERS_DYNAMIC_WINDOW, 89, LOST_ACCESS);
    power(Rule.KEXEC_DIRECT_ASSUMPTION, 86, LOST_ACCESS);
    power(Rule.EXISTING_DDW_MISJUDGED_DIRECT, 85, LOST_ACCESS);
    power(Rule.DIRECT_DDW_MISJUDGED_DYNAMIC, 85, LOST_ACCESS);
    power(Rule.KDUMP_UNINITIALISED_TABLE, 85, LOST_WINDOW);
    power(Rule.VIO_BUFFER_UNMAPPED_WHILE_REGISTERED, 82, LOST_ACCESS);
    power(Rule.DMA_AFTER_UNMAP, 80, LOST_ACCESS);
    power(Rule.DIRECT_WINDOW_NOT_IDENTITY, 78, LOST_ACCESS);
    power(Rule.EEH_FREEZE_AFTER_CLEAR, 75, EnumSet.of(EEH_FREEZE));
    power(Rule.BUS_ADDRESS_BEYOND_DEVICE_MASK, 74, TOO_HIGH);
    power(Rule.DMA_PERMISSION_VIOLATION, 73, LOST_ACCESS);
    power(Rule.LARGE_PAGE_OFFSET_ERROR, 72, LOST_ACCESS);
    power(Rule.MAPPINGS_LOST_BY_DEFAULT_RESTORE, 70, LOST_ACCESS);
    // What put a wrong entry there.
    power(Rule.TCE_OUTSIDE_PARTITION_MEMORY, 65, LOST_ACCESS);
    power(Rule.TCE_DOUBLE_MAP, 60, LOST_ACCESS);
    power(Rule.TCE_IN_MMIO32_RANGE, 60, LOST_ACCESS);
    power(Rule.DDW_OVERLAPS_MMIO32, 58, LOST_ACCESS);
    power(Rule.TCE_MISALIGNED_ADDRESS, 56, and(LOST_ACCESS, PUT_FAILED));
    power(Rule.FREE_FAILURE_LEAVES_LIVE_TCES, 55, LOST_ACCESS);
    power(Rule.TCE_FREED_PAGE_STILL_MAPPED, 54, LOST_ACCESS);
    power(Rule.SRIOV_TABLE_INDEX_CONFUSION, 52, LOST_WINDOW);
    power(Rule.TCE_FREE_SIZE_MISMATCH, 50, LOST_ACCESS);
    power(Rule.DIRECT_WINDOW_TAIL_UNMAPPED, 48, LOST_ACCESS);
    power(Rule.QEMU_MIGRATION_TABLE_MISMATCH, 60, LOST_WINDOW);
    power(Rule.KVM_WRONG_ENTRY_CLEARED, 53, LOST_ACCESS);
    power(Rule.KVM_SHADOW_PAGE_MISMATCH, 53, LOST_ACCESS);
    power(Rule.RACE_SAME_ENTRY, 52, LOST_ACCESS);
    power(Rule.THAW_DMA_WITH_STALE_MAPPINGS, 51, LOST_ACCESS);
    power(Rule.STALE_ENTRIES_AFTER_RESET, 50, LOST_ACCESS);
    power(Rule.VIO_REGISTER_UNMAPPED, 50, LOST_ACCESS);
    power(Rule.RTCE_REDIRECTED_CLEARED, 50, LOST_ACCESS);
    power(Rule.DIRECT_WINDOW_LMB_NOT_CLEARED, 49, LOST_ACCESS);
    power(Rule.ROLLBACK_INCOMPLETE, 49, LOST_ACCESS);
    // What made a call fail.
    power(Rule.TCE_RESOURCES_EXHAUSTED, 47, and(REFUSED, ALLOC_FAILED));
    power(Rule.PMEM_HOTPLUG_OUT_OF_WINDOW, 46, REFUSED);
    power(Rule.IOBA_OUT_OF_WINDOW, 45, REFUSED);
    power(Rule.UNKNOWN_LIOBN, 44, REFUSED);
    power(Rule.INDIRECT_LIST_INVALID, 44, REFUSED);
    power(Rule.PUT_THROUGH_NEGATIVE_LIOBN, 43, REFUSED);
    power(Rule.INDIRECT_PARTIAL_FAILURE, 42, REFUSED_SILENTLY);
    power(Rule.STUFF_COUNT_OVER_512, 41, EnumSet.of(PUT_FAILED));
    power(Rule.STUFF_PARTIAL_FAILURE, 41, EnumSet.of(PUT_FAILED));
    // What followed.
    power(Rule.TCE_OP_AFTER_WINDOW_REMOVAL, 40, LOST_WINDOW);
    power(Rule.PUT_FAILURE_IGNORED, 30, LOST_WINDOW);
    power(Rule.DMA_TO_UNMAPPED, 20, LOST_ACCESS);
    // What left too little room.
    power(Rule.IOMMU_POOL_EXHAUSTED, 100, FULL);
    power(Rule.TCE_LEAK, 90, FULL);
    power(Rule.DDW_LEAKED_ON_ERROR_PATH, 80, NOT_MADE);
    power(Rule.WINDOW_LEAK_ACROSS_HOTPLUG, 80, NOT_MADE);
    power(Rule.CREATE_EXCEEDS_TCE_BUDGET, 70, NOT_MADE);
    power(Rule.DDW_ZERO_ENTRY_TABLE, 60, NOT_MADE);
    power(Rule.KDUMP_TABLE_FULL, 55, FULL);
    power(Rule.WINDOW_OPS_WHILE_FROZEN, 52, NOT_MADE);
    power(Rule.DDW_CREATE_ZERO_SIZE, 50, NOT_MADE);
    power(Rule.REMOVE_FAILED_IGNORED, 45, NOT_MADE);
    power(Rule.DDW_SMALLER_THAN_RAM, 40, NOT_MADE);
    power(Rule.PAGE_SIZE_AMPLIFICATION, 30, FULL);
  }

  /** Rules that concern every window of a bridge, or two of them. */
  private static final Set<Rule> WHOLE_BRIDGE =
      EnumSet.of(
          Rule.WINDOW_RESET_IN_USE,
          Rule.BRIDGE_UNPLUGGED_IN_USE,
          Rule.WINDOWS_OVERLAP,
          Rule.HOT_UNPLUG_WITH_LIVE_TCES,
          Rule.MIGRATION_WINDOW_CHANGE,
          Rule._32_BIT_DEVICE_LEFT_WITHOUT_WINDOW,
          Rule.DEFAULT_WINDOW_NOT_RESTORED_AFTER_FAILURE,
          Rule.DEFAULT_WINDOW_NOT_AUTO_RESTORED,
          Rule.IOMMU_POOL_EXHAUSTED);

  /** Rules that tell what may have led to a symptom, and no more. */
  private static final Set<Rule> CIRCUMSTANCES =
      EnumSet.of(Rule.KDUMP_TABLE_FULL, Rule.WINDOW_OPS_WHILE_FROZEN);

  /** Rules that may also tell of what is as it should be; then they explain nothing. */
  private static final Set<Rule> HARMLESS =
      EnumSet.of(Rule.WINDOW_OPS_WHILE_FROZEN, Rule.UNKNOWN_LIOBN, Rule.STUFF_COUNT_OVER_512);

  /** Rules that explain a failed call only by its window being gone. */
  private static final Set<Rule> LOST =
      EnumSet.of(
          Rule.DEFAULT_WINDOW_REMOVED_IN_USE,
          Rule.WINDOW_RESET_IN_USE,
          Rule.WRONG_WINDOW_REMOVED,
          Rule.WINDOW_REMOVED_IN_USE,
          Rule.BRIDGE_UNPLUGGED_IN_USE,
          Rule.SECOND_DEVICE_WITHOUT_WINDOW_ON_PE,
          Rule.KEXEC_GHOST_DEFAULT_WINDOW,
          Rule.KDUMP_UNINITIALISED_TABLE,
          Rule.MIGRATION_WINDOW_CHANGE,
          Rule.HOT_UNPLUG_WITH_LIVE_TCES,
          Rule.DEFAULT_WINDOW_NOT_RESTORED_AFTER_FAILURE,
          Rule.DEFAULT_WINDOW_NOT_AUTO_RESTORED,
          Rule.WINDOW_MISSING_AT_BOOT,
          Rule.TCE_OP_AFTER_WINDOW_REMOVAL,
          Rule.PUT_FAILURE_IGNORED);

  /** Rules about calls on a LIOBN that no window has. */
  private static final Set<Rule> WITHOUT_WINDOW =
      EnumSet.of(Rule.UNKNOWN_LIOBN, Rule.PUT_THROUGH_NEGATIVE_LIOBN);

  /**
   * Rules that the symptom itself gives away: what filled the window came before, and the event
   * that tells which window it is may be a later complaint than the first.
   */
  private static final Set<Rule> TOLD_LATE = EnumSet.of(Rule.IOMMU_POOL_EXHAUSTED);

  private Explains() {}

  private static Set<SymptomKind> and(Set<SymptomKind> kinds, SymptomKind more) {
    Set<SymptomKind> all = EnumSet.copyOf(kinds);
    all.add(more);
    return all;
  }

  private static void power(Rule rule, int weight, Set<SymptomKind> kinds) {
    POWERS.put(rule, new Power(weight, kinds));
  }

  /** The rules that explain something. */
  static Set<Rule> rules() {
    return POWERS.keySet();
  }

  /** How well a broken rule explains such a symptom, 0 if not at all. */
  static int weight(Rule rule, SymptomKind kind) {
    Power power = POWERS.get(rule);
    return power != null && power.kinds.contains(kind) ? power.weight : 0;
  }

  /** True if a broken rule can be the cause of any symptom. */
  static boolean anything(Rule rule) {
    Power power = POWERS.get(rule);
    return power != null && power.weight > 0;
  }

  /** True for a finding that can be the cause of any symptom. */
  static boolean anything(Finding finding) {
    return Rule.of(finding.rule())
        .filter(Explains::anything)
        .filter(rule -> !HARMLESS.contains(rule) || finding.severity().atLeast(Severity.ERROR))
        .isPresent();
  }

  static boolean isCircumstance(Rule rule) {
    return CIRCUMSTANCES.contains(rule);
  }

  static boolean wholeBridge(Rule rule) {
    return WHOLE_BRIDGE.contains(rule);
  }

  static boolean isWithoutWindow(Rule rule) {
    return WITHOUT_WINDOW.contains(rule);
  }

  /** True if the event that decides may be later than the first sign of what it explains. */
  static boolean isToldLate(Rule rule) {
    return TOLD_LATE.contains(rule);
  }

  static boolean needsLostWindow(Rule rule) {
    return LOST.contains(rule);
  }
}

package io.tcescope.engine.check;

import static io.tcescope.engine.check.Need.BOTH_SIDES_OF_KVM;
import static io.tcescope.engine.check.Need.DEVICE_ACCESSES;
import static io.tcescope.engine.check.Need.EEH_CALLS;
import static io.tcescope.engine.check.Need.FAILED_WINDOW_CALLS;
import static io.tcescope.engine.check.Need.FREEZES;
import static io.tcescope.engine.check.Need.GUEST_LOG;
import static io.tcescope.engine.check.Need.KVM;
import static io.tcescope.engine.check.Need.LISTS;
import static io.tcescope.engine.check.Need.MEMORY_CHANGES;
import static io.tcescope.engine.check.Need.MIGRATED_TABLES;
import static io.tcescope.engine.check.Need.MIGRATION;
import static io.tcescope.engine.check.Need.MMIO32;
import static io.tcescope.engine.check.Need.POWERVM;
import static io.tcescope.engine.check.Need.QEMU_TABLES;
import static io.tcescope.engine.check.Need.RAM;
import static io.tcescope.engine.check.Need.REMOTE_CALLS;
import static io.tcescope.engine.check.Need.RESET_EXTENSION;
import static io.tcescope.engine.check.Need.TABLE_CALLS;
import static io.tcescope.engine.check.Need.VCPU_CALLS;
import static io.tcescope.engine.check.Need.VIO_CALLS;
import static io.tcescope.engine.check.Need.WINDOW_CALLS;
import static io.tcescope.engine.check.Severity.CRITICAL;
import static io.tcescope.engine.check.Severity.ERROR;
import static io.tcescope.engine.check.Severity.INFO;
import static io.tcescope.engine.check.Severity.WARNING;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The built-in rules: how bad a finding of each usually is, and what a recording must hold so that
 * the rule can judge at all. What they say of themselves stands in {@code rules.txt}. A finding
 * carries its own severity.
 */
public enum Rule {
  // Life of a window.

  DEFAULT_WINDOW_REMOVED_IN_USE(CRITICAL, WINDOW_CALLS, TABLE_CALLS),
  MAPPINGS_LOST_BY_DEFAULT_RESTORE(CRITICAL, WINDOW_CALLS, TABLE_CALLS),
  DEFAULT_WINDOW_REMOVED_WITHOUT_RESET_EXTENSION(ERROR, RESET_EXTENSION),
  DEFAULT_WINDOW_CLEAN_IS_EMPTY(INFO, WINDOW_CALLS, TABLE_CALLS),
  DEFAULT_WINDOW_REMOVED_NEEDLESSLY(WARNING, WINDOW_CALLS),
  DEFAULT_WINDOW_NOT_RESTORED_AFTER_FAILURE(CRITICAL, WINDOW_CALLS),
  DEFAULT_WINDOW_NOT_AUTO_RESTORED(ERROR, WINDOW_CALLS),
  DDW_LEAKED_ON_ERROR_PATH(CRITICAL, WINDOW_CALLS, TABLE_CALLS),
  WRONG_WINDOW_REMOVED(CRITICAL, WINDOW_CALLS, TABLE_CALLS),
  WINDOW_REMOVED_IN_USE(CRITICAL, WINDOW_CALLS, TABLE_CALLS),
  WINDOW_RESET_IN_USE(CRITICAL, WINDOW_CALLS, TABLE_CALLS),
  STALE_ENTRIES_AFTER_RESET(WARNING, WINDOW_CALLS, TABLE_CALLS, POWERVM),
  TCE_OP_AFTER_WINDOW_REMOVAL(CRITICAL, TABLE_CALLS),
  UNKNOWN_LIOBN(ERROR, TABLE_CALLS),
  LIOBN_REUSE(WARNING, WINDOW_CALLS),
  DDW_AT_BUS_ZERO(WARNING, WINDOW_CALLS),
  DDW_OVERLAPS_MMIO32(ERROR, WINDOW_CALLS, MMIO32),
  TCE_IN_MMIO32_RANGE(CRITICAL, TABLE_CALLS, MMIO32),
  DDW_REFUSED_WITHOUT_MMIO32(INFO, WINDOW_CALLS, TABLE_CALLS),
  DDW_OVERLAPS_MSI_WINDOW(ERROR, WINDOW_CALLS),
  WINDOWS_OVERLAP(CRITICAL, WINDOW_CALLS),
  DDW_SMALLER_THAN_RAM(INFO, WINDOW_CALLS, RAM),
  CREATE_EXCEEDS_TCE_BUDGET(ERROR, WINDOW_CALLS, FAILED_WINDOW_CALLS),
  WINDOW_CREATE_SIZE_MISMATCH(ERROR, WINDOW_CALLS),
  DDW_ZERO_ENTRY_TABLE(CRITICAL, WINDOW_CALLS),
  DDW_CREATE_ZERO_SIZE(WARNING, WINDOW_CALLS),
  DDW_CREATE_RETRY_STORM(WARNING, WINDOW_CALLS, FAILED_WINDOW_CALLS),
  REMOVE_FAILED_IGNORED(ERROR, WINDOW_CALLS, FAILED_WINDOW_CALLS),
  WINDOW_LEAK_ACROSS_HOTPLUG(ERROR, WINDOW_CALLS),
  BRIDGE_UNPLUGGED_IN_USE(CRITICAL, TABLE_CALLS),
  HOT_UNPLUG_WITH_LIVE_TCES(CRITICAL, WINDOW_CALLS, TABLE_CALLS),
  DDW_ENABLE_RACE(WARNING, WINDOW_CALLS),
  DDW_PERMANENTLY_DISABLED(INFO, WINDOW_CALLS),
  EXISTING_DDW_MISJUDGED_DIRECT(CRITICAL, RAM, TABLE_CALLS),
  DIRECT_DDW_MISJUDGED_DYNAMIC(ERROR, TABLE_CALLS),
  KEXEC_DIRECT_ASSUMPTION(CRITICAL, DEVICE_ACCESSES, TABLE_CALLS, RAM),
  KEXEC_GHOST_DEFAULT_WINDOW(ERROR, WINDOW_CALLS),
  KDUMP_TABLE_FULL(INFO),
  KDUMP_UNINITIALISED_TABLE(ERROR, GUEST_LOG),
  SRIOV_TABLE_INDEX_CONFUSION(ERROR, TABLE_CALLS),
  BUS_ADDRESS_BEYOND_DEVICE_MASK(ERROR),
  _32_BIT_DEVICE_LEFT_WITHOUT_WINDOW(ERROR, WINDOW_CALLS),
  SECOND_DEVICE_WITHOUT_WINDOW_ON_PE(CRITICAL, WINDOW_CALLS, TABLE_CALLS),
  LIMITED_ADDRESS_RESET_FAILED(WARNING, WINDOW_CALLS, FAILED_WINDOW_CALLS),
  WINDOW_MISSING_AT_BOOT(ERROR, FREEZES),
  PMEM_NOT_COVERED(WARNING, TABLE_CALLS),
  PMEM_HOTPLUG_OUT_OF_WINDOW(ERROR, TABLE_CALLS),
  VFIO_UNSET_UNSET_WINDOW(WARNING, WINDOW_CALLS, FAILED_WINDOW_CALLS),
  IN_USE_TEST_WRONG(WARNING, GUEST_LOG, TABLE_CALLS),
  // Single entries.

  TCE_DOUBLE_MAP(CRITICAL, TABLE_CALLS),
  TCE_REMAP_IDENTICAL(INFO, TABLE_CALLS),
  TCE_PERMISSION_CHANGED(WARNING, TABLE_CALLS),
  TCE_CLEAR_UNMAPPED(WARNING, TABLE_CALLS),
  TCE_FREE_SIZE_MISMATCH(ERROR, TABLE_CALLS),
  TCE_LEAK(WARNING, TABLE_CALLS),
  TCE_ALIAS(INFO, TABLE_CALLS),
  TCE_FREED_PAGE_STILL_MAPPED(CRITICAL, MEMORY_CHANGES, TABLE_CALLS),
  DMA_TO_UNMAPPED(CRITICAL, DEVICE_ACCESSES, TABLE_CALLS),
  DMA_AFTER_UNMAP(CRITICAL, DEVICE_ACCESSES, TABLE_CALLS),
  DMA_PERMISSION_VIOLATION(CRITICAL, FREEZES, TABLE_CALLS),
  TCE_OUTSIDE_PARTITION_MEMORY(CRITICAL, TABLE_CALLS, RAM),
  TCE_MISALIGNED_ADDRESS(ERROR, TABLE_CALLS),
  IOBA_MISALIGNED(WARNING, TABLE_CALLS),
  IOBA_OUT_OF_WINDOW(ERROR, TABLE_CALLS),
  PUT_THROUGH_NEGATIVE_LIOBN(INFO, TABLE_CALLS),
  GET_MISMATCH(ERROR, TABLE_CALLS),
  // Calls on several entries, and calls that fail.

  INDIRECT_PARTIAL_FAILURE(ERROR, TABLE_CALLS),
  INDIRECT_LIST_INVALID(ERROR, TABLE_CALLS),
  INDIRECT_NOT_CONTIGUOUS(INFO, LISTS),
  STUFF_COUNT_OVER_512(INFO, TABLE_CALLS),
  STUFF_PARTIAL_FAILURE(ERROR, TABLE_CALLS),
  STUFF_SETS_PERMISSION(WARNING, TABLE_CALLS),
  PUT_FAILURE_IGNORED(CRITICAL),
  TCE_RESOURCES_EXHAUSTED(ERROR, TABLE_CALLS),
  ROLLBACK_INCOMPLETE(ERROR, TABLE_CALLS),
  FREE_FAILURE_LEAVES_LIVE_TCES(CRITICAL, TABLE_CALLS),
  TOO_HARD_UNRESOLVED(WARNING, BOTH_SIDES_OF_KVM),
  KVM_WRONG_ENTRY_CLEARED(ERROR, KVM, DEVICE_ACCESSES),
  KVM_SHADOW_PAGE_MISMATCH(ERROR, KVM, DEVICE_ACCESSES),
  STRADDLING_RANGE_UNCHECKED(WARNING, TABLE_CALLS),
  RACE_SAME_ENTRY(ERROR, VCPU_CALLS),
  INVALID_FREE_ENTRY(ERROR, GUEST_LOG),
  // The guest's allocator.

  IOMMU_POOL_EXHAUSTED(ERROR),
  PAGE_SIZE_AMPLIFICATION(INFO, TABLE_CALLS),
  SEGMENT_BOUNDARY_CROSSED(WARNING, TABLE_CALLS),
  ENTRY_ZERO_USED(WARNING, TABLE_CALLS),
  // 1:1 windows and memory.

  DIRECT_WINDOW_LMB_MISSING(CRITICAL, MEMORY_CHANGES, TABLE_CALLS),
  DIRECT_WINDOW_LMB_NOT_CLEARED(ERROR, MEMORY_CHANGES, TABLE_CALLS),
  NOTIFIER_CLOBBERS_DYNAMIC_WINDOW(CRITICAL, TABLE_CALLS),
  DIRECT_WINDOW_NOT_IDENTITY(ERROR, TABLE_CALLS),
  DIRECT_WINDOW_TAIL_UNMAPPED(WARNING, RAM, TABLE_CALLS),
  DIRECT_FILL_INCOMPLETE(CRITICAL, TABLE_CALLS),
  LARGE_PAGE_OFFSET_ERROR(ERROR, DEVICE_ACCESSES, TABLE_CALLS),
  // EEH.

  EEH_FREEZE_AFTER_CLEAR(CRITICAL, FREEZES, TABLE_CALLS),
  EEH_FREEZE_UNEXPLAINED(WARNING, FREEZES, TABLE_CALLS),
  WINDOW_OPS_WHILE_FROZEN(INFO, FREEZES, WINDOW_CALLS),
  THAW_DMA_WITH_STALE_MAPPINGS(WARNING, EEH_CALLS, TABLE_CALLS),
  // Migration and virtual I/O.

  MIGRATION_WINDOW_CHANGE(ERROR, MIGRATION),
  SUSPEND_WITH_LIVE_TCES(WARNING, MIGRATION, TABLE_CALLS),
  QEMU_MIGRATION_TABLE_MISMATCH(ERROR, MIGRATED_TABLES),
  VIO_BUFFER_UNMAPPED_WHILE_REGISTERED(CRITICAL, VIO_CALLS, TABLE_CALLS),
  VIO_REGISTER_UNMAPPED(ERROR, VIO_CALLS, TABLE_CALLS),
  RTCE_REDIRECTED_CLEARED(WARNING, REMOTE_CALLS, TABLE_CALLS),
  // The recording itself.

  TRACE_LOST_EVENTS(WARNING),
  MODEL_MISMATCH(WARNING),
  TRACE_HOLE_SUSPECTED(WARNING, TABLE_CALLS),
  KERNEL_PATH_HIDDEN(INFO, QEMU_TABLES),
  CLOCK_DISORDER(INFO);

  private static final Map<String, Rule> BY_ID = new HashMap<>();

  static {
    for (Rule rule : values()) {
      BY_ID.put(rule.id(), rule);
    }
  }

  private final String id;
  private final Severity severity;

  @SuppressWarnings("ImmutableEnumChecker") // the list cannot be modified
  private final List<Need> needs;

  Rule(Severity severity, Need... needs) {
    String words = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.id = words.startsWith("-") ? words.substring(1) : words; // no name begins with a digit
    this.severity = severity;
    this.needs = List.copyOf(Arrays.asList(needs));
  }

  /** The rule's name in every output, as in {@code default-window-removed-in-use}. */
  public String id() {
    return id;
  }

  /** How bad a finding of this rule usually is. */
  public Severity severity() {
    return severity;
  }

  /** What the rule finds, in a sentence. */
  public String summary() {
    return RuleTexts.of(id).finds();
  }

  /** What follows from it. */
  public String why() {
    return RuleTexts.of(id).why();
  }

  /** What to do about it. */
  public String fix() {
    return RuleTexts.of(id).fix();
  }

  /** A case that it finds. */
  public String example() {
    return RuleTexts.of(id).example();
  }

  /** What must be recorded or known for the rule to be applicable. */
  public List<Need> needs() {
    return needs;
  }

  /** The rule of that name, empty if none is built in. */
  public static Optional<Rule> of(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }
}

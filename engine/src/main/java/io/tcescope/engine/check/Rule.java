package io.tcescope.engine.check;

import static io.tcescope.engine.check.Need.DEVICE_ACCESSES;
import static io.tcescope.engine.check.Need.FAILED_WINDOW_CALLS;
import static io.tcescope.engine.check.Need.FREEZES;
import static io.tcescope.engine.check.Need.MEMORY_CHANGES;
import static io.tcescope.engine.check.Need.MMIO32;
import static io.tcescope.engine.check.Need.RAM;
import static io.tcescope.engine.check.Need.TABLE_CALLS;
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
 * The built-in rules: what each finds, why it matters, what to do about it, and what a recording
 * must hold so that the rule can judge at all. The severity is the usual one; a finding carries its
 * own.
 */
public enum Rule {
  // Life of a window.

  DEFAULT_WINDOW_REMOVED_IN_USE(
      CRITICAL,
      "The default window was removed while entries in it were live.",
      "Drivers go on using bus addresses of a window that is gone: every transfer through them is"
          + " lost, often without an error; a network card hangs, a disk reports writes as done"
          + " that never arrive, a PE freezes.",
      "Let the guest test whether the default window is in use before it removes it (Linux 5.15"
          + " and later do); load the driver of the 64-bit device first; or allow a second window.",
      WINDOW_CALLS,
      TABLE_CALLS),
  WINDOW_REMOVED_IN_USE(
      CRITICAL,
      "A window other than the default one was removed while entries in it were live.",
      "Buffers that outlive the removal are no longer reachable: the device faults or the PE"
          + " freezes, typically right after a driver was unloaded or a device unplugged.",
      "Wait until all mappings are freed before removing the window (Linux 6.13 waits up to 120 s).",
      WINDOW_CALLS,
      TABLE_CALLS),
  WINDOW_RESET_IN_USE(
      CRITICAL,
      "The windows of a PE were reset while entries were live.",
      "The platform drops every mapping and answers success; devices that still use them fault.",
      "Stop the devices and free their mappings before ibm,reset-pe-dma-windows.",
      WINDOW_CALLS,
      TABLE_CALLS),
  DEFAULT_WINDOW_REMOVED_NEEDLESSLY(
      WARNING,
      "The default window was removed although a further window was available.",
      "Devices of the PE that can address 32 bits only are left without DMA.",
      "Remove the default window only when the query says that no window is available.",
      WINDOW_CALLS),
  DEFAULT_WINDOW_CLEAN_IS_EMPTY(
      INFO,
      "The clearing of the default window before its removal had a count of 0 and cleared nothing.",
      "Linux reads ibm,dma-window as if it were a property of its own, so its clear covers no page;"
          + " what was live is still live at the removal.",
      "Nothing to do if the window was empty; else see default-window-removed-in-use.",
      WINDOW_CALLS,
      TABLE_CALLS),
  DEFAULT_WINDOW_NOT_RESTORED_AFTER_FAILURE(
      CRITICAL,
      "The default window was removed, no other window was made, and it was not restored.",
      "The PE has no window at all: no device on it can do DMA until the guest reboots.",
      "Let the guest call ibm,reset-pe-dma-windows when the new window cannot be made.",
      WINDOW_CALLS),
  DEFAULT_WINDOW_NOT_AUTO_RESTORED(
      ERROR,
      "The last window of a PE was removed and the platform did not restore the default one.",
      "The PE has no window: every map fails. LoPAR demands the restore; QEMU forgets it for a"
          + " window on the first LIOBN, and always before 7.1.",
      "Reset the PE's windows explicitly, or keep the default window.",
      WINDOW_CALLS),
  MAPPINGS_LOST_BY_DEFAULT_RESTORE(
      CRITICAL,
      "The default window came back empty, and mappings made before its removal are still used.",
      "Bus addresses look valid and no call fails, but the entries behind them are gone: device"
          + " reads return nothing, writes are lost.",
      "Do not remove a window in use; after a restore every driver of the PE must map anew.",
      WINDOW_CALLS,
      TABLE_CALLS),
  SECOND_DEVICE_WITHOUT_WINDOW_ON_PE(
      CRITICAL,
      "A second device of the PE uses the default window that another device's driver removed.",
      "Only the device that made the new window gets it; the others keep a table without a window"
          + " and fail at the first map, or crash the guest.",
      "Allow two windows for PEs with several functions, or one function per PE.",
      WINDOW_CALLS,
      TABLE_CALLS),
  DDW_LEAKED_ON_ERROR_PATH(
      CRITICAL,
      "A window was created, could not be filled, and was never removed.",
      "It occupies the PE's window: later creates fail although nobody uses it.",
      "Remove the window by the LIOBN that the create returned when its set-up fails.",
      WINDOW_CALLS,
      TABLE_CALLS),
  DDW_ENABLE_RACE(
      WARNING,
      "A second window was asked for while the same device's window existed.",
      "Two drivers set up DMA for one PE at once; one may use a window that is not filled yet.",
      "Serialise the set-up per PE.",
      WINDOW_CALLS),
  TCE_OP_AFTER_WINDOW_REMOVAL(
      CRITICAL,
      "Entries of a window were used after the window was removed.",
      "The driver does not know that its window is gone; every map fails and is ignored.",
      "Find out who removed the window and why the driver was not told.",
      TABLE_CALLS),
  HOT_UNPLUG_WITH_LIVE_TCES(
      CRITICAL,
      "A device was unplugged while mappings were live, and they were freed when the window was"
          + " gone.",
      "Late users of the buffers (page pools) free through a dead window: errors or a crash.",
      "Wait for outstanding mappings before the unplug (Linux 6.13).",
      WINDOW_CALLS,
      TABLE_CALLS),
  BRIDGE_UNPLUGGED_IN_USE(
      CRITICAL,
      "A PCI host bridge was unplugged while entries in its windows were live.",
      "All its windows vanish without a call; devices that still work lose their memory.",
      "Let the guest release the bridge's devices before the unplug.",
      TABLE_CALLS),
  UNKNOWN_LIOBN(
      ERROR,
      "A call names a LIOBN that never had a window.",
      "The caller uses a stale or corrupted handle.",
      "Check where the LIOBN comes from; if the call succeeded, the recording started too late.",
      TABLE_CALLS),
  LIOBN_REUSE(
      WARNING,
      "A LIOBN names a second, different window.",
      "A late free of the old window's mapping clears entries of the new one.",
      "Free every mapping of a window before it is removed.",
      WINDOW_CALLS),
  DDW_AT_BUS_ZERO(
      WARNING,
      "A created window starts at bus address 0.",
      "Its addresses coincide with 32-bit bus space; Linux before 5.15 took 0 for no window.",
      "Keep the default window while creating another.",
      WINDOW_CALLS),
  DDW_OVERLAPS_MMIO32(
      ERROR,
      "A created window covers the bridge's 32-bit MMIO range.",
      "DMA to such an address can land in another device's registers.",
      "Limit the window or place it above 4 GiB.",
      WINDOW_CALLS,
      MMIO32),
  DDW_OVERLAPS_MSI_WINDOW(
      ERROR,
      "A created window covers the bridge's MSI doorbell.",
      "DMA to that page raises interrupts instead of writing memory.",
      "Limit the window to 4 TiB or place it above.",
      WINDOW_CALLS),
  TCE_IN_MMIO32_RANGE(
      CRITICAL,
      "An entry maps a bus address inside the bridge's 32-bit MMIO range.",
      "A device that uses it talks to another device instead of memory.",
      "Reserve the range in the guest's allocator for this window.",
      TABLE_CALLS,
      MMIO32),
  WINDOWS_OVERLAP(
      CRITICAL,
      "Two live windows of one PE cover the same bus addresses.",
      "Only one of them translates: the devices of the other are dead although every call"
          + " succeeds.",
      "Remove the extra window before the default one; on QEMU a new window is placed at"
          + " 0x800000000000000 whenever any window exists.",
      WINDOW_CALLS),
  DDW_SMALLER_THAN_RAM(
      INFO,
      "The platform's largest window does not cover the guest's memory.",
      "No 1:1 mapping is possible: each DMA needs a call, or the device stays in the default"
          + " window.",
      "Allow a larger window, or larger I/O pages.",
      WINDOW_CALLS,
      RAM),
  CREATE_EXCEEDS_TCE_BUDGET(
      ERROR,
      "A create asked for more entries than the last query offered.",
      "The platform refuses, and the guest gives up on a 64-bit window for this PE.",
      "Use larger I/O pages, or ask for no more than the largest block.",
      WINDOW_CALLS,
      FAILED_WINDOW_CALLS),
  WINDOW_CREATE_SIZE_MISMATCH(
      ERROR,
      "The window granted differs from the one asked for.",
      "The guest computes bus addresses that the window does not have.",
      "A fault of the platform: compare the create's arguments with the table it made.",
      WINDOW_CALLS),
  DDW_ZERO_ENTRY_TABLE(
      CRITICAL,
      "A window of 2^32 or more entries was asked for and became a table of none.",
      "The create fails, and the next create on that bridge ends QEMU with an assertion.",
      "Use larger I/O pages, or a smaller window.",
      WINDOW_CALLS),
  DDW_CREATE_ZERO_SIZE(
      WARNING,
      "The guest asked for a window of one byte.",
      "A Linux guest without the hot-plug memory property takes its memory for empty; it never gets"
          + " a 64-bit window, and all I/O goes through the 1 GiB default window.",
      "Give the guest a maxmem (for QEMU: -m 2G,slots=4,maxmem=4G).",
      WINDOW_CALLS),
  REMOVE_FAILED_IGNORED(
      ERROR,
      "The removal of an existing window failed and was not tried again.",
      "The guest forgets the window, the hypervisor keeps it.",
      "Look for the reason of the failure; the window blocks later creates.",
      WINDOW_CALLS,
      FAILED_WINDOW_CALLS),
  VFIO_UNSET_UNSET_WINDOW(
      WARNING,
      "A window that does not exist was removed.",
      "Clean-up code removes windows it never set, or removes them twice.",
      "Remember which windows were set.",
      WINDOW_CALLS,
      FAILED_WINDOW_CALLS),

  // Single entries.

  TCE_DOUBLE_MAP(
      CRITICAL,
      "A live entry was overwritten with another address.",
      "The former owner's DMA goes to someone else's page: silent memory corruption.",
      "Find the two owners of the bus address; one of them freed too early, or an unmap failed.",
      TABLE_CALLS),
  TCE_REMAP_IDENTICAL(
      INFO,
      "A live entry was written again with the same value.",
      "Harmless by itself; after a clear that failed it is how a driver reuses a stale mapping.",
      "Look at the clear before it.",
      TABLE_CALLS),
  TCE_PERMISSION_CHANGED(
      WARNING,
      "A live entry was overwritten with other permissions.",
      "A mapping for reading was widened or narrowed without being unmapped.",
      "Unmap before mapping in another direction.",
      TABLE_CALLS),
  TCE_CLEAR_UNMAPPED(
      WARNING,
      "Entries were cleared that were clear already.",
      "A buffer was unmapped twice; the allocator hands out its address while another owns it.",
      "Find the second unmap of the buffer.",
      TABLE_CALLS),
  TCE_FREE_SIZE_MISMATCH(
      ERROR,
      "A clear cuts through a mapping, or covers pages between mappings.",
      "The driver frees with another size than it mapped: pages stay reachable, or a neighbour's"
          + " pages go.",
      "Unmap with the address and size that the map returned.",
      TABLE_CALLS),
  TCE_LEAK(
      WARNING,
      "Mappings are never freed.",
      "The window fills until no driver of the PE can map any more.",
      "Find the map without an unmap, by the first of the listed addresses.",
      TABLE_CALLS),
  TCE_OUTSIDE_PARTITION_MEMORY(
      CRITICAL,
      "An entry maps an address where the partition has no memory.",
      "QEMU stores it and the device reads junk or faults; PowerVM refuses it.",
      "Look for a bad pointer handed to the DMA API.",
      TABLE_CALLS,
      RAM),
  TCE_MISALIGNED_ADDRESS(
      ERROR,
      "An entry has address bits below the window's page size.",
      "The hypervisor ignores or refuses them; the device reaches another place than meant.",
      "Check the page size that the guest assumes for the window.",
      TABLE_CALLS),
  IOBA_OUT_OF_WINDOW(
      ERROR,
      "A call names a bus address outside its window.",
      "The caller computes with another start or size than the window has.",
      "Compare the window's bounds with what the guest assumes.",
      TABLE_CALLS),
  DMA_TO_UNMAPPED(
      CRITICAL,
      "A device accessed a bus address that maps nothing.",
      "The access faults; on hardware the PE freezes.",
      "Find who gave the device this address.",
      DEVICE_ACCESSES,
      TABLE_CALLS),
  DMA_AFTER_UNMAP(
      CRITICAL,
      "A device accessed a bus address after it was unmapped.",
      "The driver unmapped a buffer that the device still uses; on hardware the PE freezes.",
      "Stop the device, or wait for its completion, before unmapping.",
      DEVICE_ACCESSES,
      TABLE_CALLS),
  EXISTING_DDW_MISJUDGED_DIRECT(
      CRITICAL,
      "A dynamic window is large enough to be taken for a 1:1 window.",
      "Linux 5.15 to 6.6 judge an existing window by its size: devices then use addresses that"
          + " nobody mapped.",
      "Linux 6.7 or later.",
      RAM,
      TABLE_CALLS),

  // Calls on several entries, and calls that fail.

  INDIRECT_PARTIAL_FAILURE(
      ERROR,
      "An indirect put failed after some of its entries were set.",
      "Those entries stay live, and Linux tells the driver that the mapping succeeded.",
      "Look at the entry that failed.",
      TABLE_CALLS),
  STUFF_PARTIAL_FAILURE(
      ERROR,
      "A stuff failed after some of its entries were set.",
      "QEMU does not undo it, PowerVM sets nothing: what is live depends on the platform.",
      "Keep the range inside the window.",
      TABLE_CALLS),
  STUFF_COUNT_OVER_512(
      INFO,
      "A stuff names more than 512 entries.",
      "PowerVM refuses it (H_P4) and clears nothing: stale entries stay live.",
      "Linux 6.4 and later clear 512 at a time.",
      TABLE_CALLS),
  STRADDLING_RANGE_UNCHECKED(
      WARNING,
      "A call's range leaves the window behind its first entry.",
      "KVM checks the first entry only; what happens to the others is not defined.",
      "Keep the range inside the window.",
      TABLE_CALLS),
  PUT_FAILURE_IGNORED(
      CRITICAL,
      "A map failed and the guest went on as if it had succeeded.",
      "Only H_NOT_ENOUGH_RESOURCES reaches the driver; after any other error it uses a bus address"
          + " that maps nothing. A disk reports writes as done that never arrive.",
      "Look for the reason of the failure; the absence of driver errors proves nothing.",
      TABLE_CALLS),
  TCE_RESOURCES_EXHAUSTED(
      ERROR,
      "The hypervisor has no room for more mappings.",
      "Drivers back off or fail; throughput collapses.",
      "Raise the partition's entitlement, or find the leak.",
      TABLE_CALLS),
  ROLLBACK_INCOMPLETE(
      ERROR,
      "A mapping that failed half way was not taken back exactly.",
      "Entries stay live that no driver knows of.",
      "Clear what was put before the failure, no more and no less.",
      TABLE_CALLS),
  FREE_FAILURE_LEAVES_LIVE_TCES(
      CRITICAL,
      "The clearing of live entries failed, and the guest gave the addresses free.",
      "The device still reaches the old pages; the next user of the address maps over them.",
      "Look for the reason of the failure.",
      TABLE_CALLS),

  // The guest's allocator.

  IOMMU_POOL_EXHAUSTED(
      ERROR,
      "A window has no room for the mappings its drivers want.",
      "Maps fail inside the guest, no call shows it; drivers drop packets or retry for ever.",
      "Give the PE a larger window or larger I/O pages; find leaks."),
  PAGE_SIZE_AMPLIFICATION(
      INFO,
      "Nearly every mapping takes 16 entries: 64K pages of the guest on a table of 4K pages.",
      "Such mappings fit only the last quarter of the table.",
      "Use a window of 64K pages.",
      TABLE_CALLS),
  SEGMENT_BOUNDARY_CROSSED(
      WARNING,
      "A mapping crosses a 4 GiB boundary of bus addresses.",
      "Linux never makes one; a device that adds 32-bit offsets wraps.",
      "Check the segment boundary of the device.",
      TABLE_CALLS),

  // 1:1 windows and memory.

  DIRECT_WINDOW_LMB_MISSING(
      CRITICAL,
      "Memory was added but not mapped in the 1:1 window.",
      "Devices use the new memory's bus addresses without entries: DMA faults, a frozen PE.",
      "Look at the guest's memory notifier.",
      MEMORY_CHANGES,
      TABLE_CALLS),
  DIRECT_WINDOW_LMB_NOT_CLEARED(
      ERROR,
      "Memory was removed but is still mapped in the 1:1 window.",
      "Devices can reach pages that may belong to another partition.",
      "Look at the guest's memory notifier.",
      MEMORY_CHANGES,
      TABLE_CALLS),
  DIRECT_WINDOW_TAIL_UNMAPPED(
      WARNING,
      "The end of memory is not mapped in the 1:1 window.",
      "Linux rounds a memory range down to whole I/O pages.",
      "Make the memory a multiple of the I/O page.",
      RAM,
      TABLE_CALLS),

  // EEH.

  EEH_FREEZE_AFTER_CLEAR(
      CRITICAL,
      "A PE froze right after entries of it were cleared.",
      "The driver unmapped a buffer that the device still used.",
      "Stop the device before unmapping.",
      FREEZES,
      TABLE_CALLS),

  // The recording itself.

  TRACE_LOST_EVENTS(
      WARNING,
      "The recorder says that it lost records.",
      "What they changed is unknown from there on.",
      "Record fewer kinds of event, or to a faster place."),
  MODEL_MISMATCH(
      WARNING,
      "A call's result contradicts the replayed state.",
      "The recording is taken at its word; what the state was built on is in doubt.",
      "Check that the recording is whole and the platform is right."),
  TRACE_HOLE_SUSPECTED(
      WARNING,
      "Events are missing, and nothing in the recording says so.",
      "Results contradict the replayed state, so it is quietly wrong since some earlier point.",
      "Record without switching events off; do not cut files together.",
      TABLE_CALLS);

  private static final Map<String, Rule> BY_ID = new HashMap<>();

  static {
    for (Rule rule : values()) {
      BY_ID.put(rule.id(), rule);
    }
  }

  private final String id;
  private final Severity severity;
  private final String summary;
  private final String why;
  private final String fix;

  @SuppressWarnings("ImmutableEnumChecker") // the list cannot be modified
  private final List<Need> needs;

  Rule(Severity severity, String summary, String why, String fix, Need... needs) {
    this.id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.severity = severity;
    this.summary = summary;
    this.why = why;
    this.fix = fix;
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
    return summary;
  }

  /** What follows from it. */
  public String why() {
    return why;
  }

  /** What to do about it. */
  public String fix() {
    return fix;
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

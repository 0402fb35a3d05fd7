package io.tcescope.engine.event;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one record of a recording is. The name in quotes is the {@code call} of every output format.
 */
public enum EventKind {
  H_PUT_TCE("H_PUT_TCE", Group.TCE),
  H_GET_TCE("H_GET_TCE", Group.TCE),
  H_STUFF_TCE("H_STUFF_TCE", Group.TCE),
  H_PUT_TCE_INDIRECT("H_PUT_TCE_INDIRECT", Group.TCE),

  QUERY_PE_DMA_WINDOW("ibm,query-pe-dma-window", Group.DDW),
  CREATE_PE_DMA_WINDOW("ibm,create-pe-dma-window", Group.DDW),
  REMOVE_PE_DMA_WINDOW("ibm,remove-pe-dma-window", Group.DDW),
  RESET_PE_DMA_WINDOW("ibm,reset-pe-dma-window", Group.DDW),

  /** QEMU (re)allocates a table; alone it tells neither size nor place. */
  NEW_TABLE("new_table", Group.TABLE),
  /** A table as migration writes it: its true geometry. */
  PRE_SAVE("pre_save", Group.TABLE),
  /** A table as an incoming migration loads it: true geometry, contents unknown. */
  POST_LOAD("post_load", Group.TABLE),
  /** A window that exists, all clear, at this point (CSV). */
  WINDOW("window", Group.TABLE),

  /** A device's look-up of a bus address. */
  DMA("dma", Group.DEVICE),
  /** The guest driver maps a buffer (dma:* trace points). */
  DMA_MAP("dma_map", Group.DEVICE),
  /** The guest driver unmaps a buffer (dma:* trace points). */
  DMA_UNMAP("dma_unmap", Group.DEVICE),

  /** The guest's iommu allocator hands out a range of a table. */
  ALLOC("alloc", Group.GUEST),
  /** The guest's iommu allocator takes a range back. */
  FREE("free", Group.GUEST),
  /** The guest's iommu allocator found no room. */
  ALLOC_FAILED("alloc_failed", Group.GUEST),
  /** A hypervisor call of which only opcode and status are recorded. */
  HCALL("hcall", Group.GUEST),
  /** An RTAS call other than the four window calls. */
  RTAS("rtas", Group.GUEST),
  /** A function of the guest kernel was entered or left (kprobe) that is no call of its own. */
  PROBE("probe", Group.GUEST),

  DRC_ATTACH("drc", Group.PLATFORM),
  DRC_UNPLUG_REQUEST("drc", Group.PLATFORM),
  DRC_UNREALIZE("drc", Group.PLATFORM),
  DRC_RESET("drc", Group.PLATFORM),
  /** The guest gives a connector up: set-indicator 9001, state 0. */
  DRC_ISOLATED("drc", Group.PLATFORM),
  DRC("drc", Group.PLATFORM),
  VIO_REGISTER_CRQ("vio", Group.PLATFORM),
  VIO_FREE_CRQ("vio", Group.PLATFORM),
  /** The partner's entries are copied into the caller's table; LIOBN and address are his. */
  H_PUT_RTCE("H_PUT_RTCE", Group.PLATFORM),
  /** Copies of the partner's entries are given back. */
  H_REMOVE_RTCE("H_REMOVE_RTCE", Group.PLATFORM),
  /** Interrupt set-up and delivery: a sign that a device works. */
  INTERRUPT("interrupt", Group.PLATFORM),
  MEMORY_ADDED("lmb+", Group.PLATFORM),
  MEMORY_REMOVED("lmb-", Group.PLATFORM),
  EEH("eeh", Group.PLATFORM),
  UNPLUG("unplug", Group.PLATFORM),
  MACHINE_RESET("machine-reset", Group.PLATFORM),
  QUIESCE("quiesce", Group.PLATFORM),
  /** The partition is about to be suspended, as for its migration. */
  SUSPEND("suspend", Group.PLATFORM),
  /** A fact about the machine, {@code key=value} in the text. */
  PLATFORM("platform", Group.PLATFORM),

  /**
   * Records are missing here, or one cannot be read. With LIOBN, what is missing is about that
   * window alone; with a bus address and pages too, about these at most.
   */
  LOST("lost", Group.RECORD),
  /** A line of text that is no call: dmesg, a foreign subsystem, an emulator's warning. */
  LOG("log", Group.RECORD);

  /** Kinds that belong together. */
  public enum Group {
    TCE,
    DDW,
    TABLE,
    DEVICE,
    GUEST,
    PLATFORM,
    RECORD
  }

  private static final Map<String, EventKind> BY_CALL = new HashMap<>();

  static {
    for (EventKind kind : values()) {
      BY_CALL.putIfAbsent(kind.call, kind);
    }
    for (EventKind kind : values()) {
      if (kind.group == Group.DDW) {
        BY_CALL.put(kind.call + "s", kind);
      }
    }
    BY_CALL.put("access", DMA);
    BY_CALL.put("H_REG_CRQ", VIO_REGISTER_CRQ);
    BY_CALL.put("H_FREE_CRQ", VIO_FREE_CRQ);
  }

  private final String call;
  private final Group group;

  EventKind(String call, Group group) {
    this.call = call;
    this.group = group;
  }

  /** The call's name in output and in CSV. */
  public String call() {
    return call;
  }

  public Group group() {
    return group;
  }

  /** True if what such a record tells may change which windows there are, or what they hold. */
  public boolean changesTables() {
    return switch (this) {
      case H_PUT_TCE,
          H_STUFF_TCE,
          H_PUT_TCE_INDIRECT,
          CREATE_PE_DMA_WINDOW,
          REMOVE_PE_DMA_WINDOW,
          RESET_PE_DMA_WINDOW,
          NEW_TABLE,
          POST_LOAD,
          WINDOW,
          DRC_ATTACH,
          DRC_UNREALIZE,
          VIO_FREE_CRQ,
          UNPLUG,
          MACHINE_RESET,
          QUIESCE,
          LOST ->
          true;
      default -> false;
    };
  }

  /** The four hypervisor calls on TCE tables, the bulk of every recording. */
  public boolean isTceCall() {
    return group == Group.TCE;
  }

  /** The kind with that {@code call} (RTAS window calls with or without plural s), null if none. */
  public static @Nullable EventKind ofCall(String call) {
    return BY_CALL.get(call);
  }
}

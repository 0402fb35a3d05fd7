package io.tcescope.traces.guest;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trace point or probe can say about a call, by the names that recorders use for it. A probe
 * is defined by whoever records, so each argument has the names of the kernel's own source and the
 * usual short ones.
 */
public enum Argument {
  /** Pointer to the guest's {@code struct iommu_table}. */
  TABLE("tbl", "table"),
  LIOBN("liobn", "index"),
  /** LIOBN as the big-endian word that the guest's memory holds. */
  LIOBN_BIG_ENDIAN("liobn_be"),
  IOBA("ioba"),
  TCE("tce"),
  /** Number of the first entry, counted from bus address 0. */
  TCE_NUMBER("tcenum"),
  TCE_SHIFT("tceshift", "shift"),
  PAGES("npages", "count"),
  /** Kernel virtual address of a buffer. */
  VIRTUAL_ADDRESS("uaddr", "vaddr"),
  DIRECTION("dir", "direction"),
  RESULT("rc", "ret", "arg1", "retval", "hcall_rc"),
  /** Index that the allocator found, counted from the table's start. */
  ENTRY("entry"),
  DMA_ADDRESS("dma", "dma_addr"),
  SIZE("size"),
  PHYSICAL_ADDRESS("phys_addr"),
  OPCODE("opcode", "req", "hcall"),
  TOKEN("token"),
  INPUTS("nargs"),
  OUTPUTS("nret"),
  A0("a0"),
  A1("a1"),
  A2("a2"),
  A3("a3"),
  A4("a4"),
  START_PFN("start_pfn"),
  PFNS("num_pfn"),
  /** Fields of {@code struct iommu_table}; the numbered ones are its words in order. */
  TABLE_LIOBN("it_index", "it_w7"),
  TABLE_OFFSET("it_offset", "it_w5"),
  TABLE_SIZE("it_size"),
  TABLE_SHIFT("it_page_shift"),
  GPR4("gpr4"),
  GPR5("gpr5"),
  GPR6("gpr6"),
  GPR7("gpr7"),
  VCPU("vcpu_id");

  private static final Map<String, Argument> BY_NAME = new HashMap<>();

  static {
    for (Argument argument : values()) {
      for (String name : argument.names.split(" ", -1)) {
        BY_NAME.put(name, argument);
      }
    }
  }

  /** All names, separated by blanks: an enum holds nothing that could change. */
  private final String names;

  Argument(String... names) {
    this.names = String.join(" ", names);
  }

  /** The bit that stands for the argument in a mask. */
  public long bit() {
    return 1L << place();
  }

  /** Where a record keeps the argument's value. */
  @SuppressWarnings("EnumOrdinal") // An index into arrays in memory, never stored.
  int place() {
    return ordinal();
  }

  /** The argument that goes by that name, null if none does. */
  public static @Nullable Argument named(String name) {
    return BY_NAME.get(name);
  }
}

package io.tcescope.traces.guest;

import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One kind of record of a kernel tracer: a trace point or a probe.
 *
 * @param name the name without its system, such as {@code hcall_entry}
 * @param shape what its records look like and mean
 * @param function the probed function, {@link GuestFunction#OTHER} for a trace point
 */
public record RecordType(String name, Shape shape, GuestFunction function) {
  /** What the records of a type look like. */
  public enum Shape {
    HCALL_ENTRY,
    HCALL_EXIT,
    RTAS_INPUT,
    RTAS_OUTPUT,
    RTAS_LL_ENTRY,
    RTAS_LL_EXIT,
    KVM_HCALL_ENTER,
    KVM_HCALL_EXIT,
    DMA_MAP,
    DMA_MAP_LIST,
    DMA_UNMAP,
    DMA_OTHER,
    PROBE_ENTRY,
    PROBE_RETURN,
    MARK,
    /** Of a name that differs from a trace point's in one letter: what became of its record. */
    MISSPELT,
    OTHER;

    /** A mask of the arguments without which a record says nothing. */
    long needs() {
      return switch (this) {
        case HCALL_ENTRY -> Argument.OPCODE.bit();
        case HCALL_EXIT -> Argument.OPCODE.bit() | Argument.RESULT.bit();
        case RTAS_OUTPUT -> Argument.RESULT.bit();
        case RTAS_LL_EXIT -> Argument.TOKEN.bit() | Argument.INPUTS.bit() | Argument.OUTPUTS.bit();
        case KVM_HCALL_ENTER -> Argument.OPCODE.bit() | Argument.VCPU.bit() | REGISTERS;
        case KVM_HCALL_EXIT -> Argument.RESULT.bit() | Argument.VCPU.bit();
        case DMA_MAP, DMA_UNMAP -> Argument.DMA_ADDRESS.bit() | Argument.SIZE.bit();
        default -> 0;
      };
    }
  }

  private static final long REGISTERS =
      Argument.GPR4.bit() | Argument.GPR5.bit() | Argument.GPR6.bit() | Argument.GPR7.bit();

  private static final Map<String, Shape> TRACE_POINTS =
      Map.ofEntries(
          Map.entry("hcall_entry", Shape.HCALL_ENTRY),
          Map.entry("hcall_exit", Shape.HCALL_EXIT),
          Map.entry("rtas_input", Shape.RTAS_INPUT),
          Map.entry("rtas_output", Shape.RTAS_OUTPUT),
          Map.entry("rtas_ll_entry", Shape.RTAS_LL_ENTRY),
          Map.entry("rtas_ll_exit", Shape.RTAS_LL_EXIT),
          Map.entry("kvm_hcall_enter", Shape.KVM_HCALL_ENTER),
          Map.entry("kvm_hcall_exit", Shape.KVM_HCALL_EXIT),
          Map.entry("dma_map_page", Shape.DMA_MAP),
          Map.entry("dma_map_resource", Shape.DMA_MAP),
          Map.entry("dma_map_phys", Shape.DMA_MAP),
          Map.entry("dma_alloc", Shape.DMA_MAP),
          Map.entry("dma_alloc_pages", Shape.DMA_MAP),
          Map.entry("dma_map_sg", Shape.DMA_MAP_LIST),
          Map.entry("dma_alloc_sgt", Shape.DMA_MAP_LIST),
          Map.entry("dma_unmap_page", Shape.DMA_UNMAP),
          Map.entry("dma_unmap_resource", Shape.DMA_UNMAP),
          Map.entry("dma_unmap_phys", Shape.DMA_UNMAP),
          Map.entry("dma_free", Shape.DMA_UNMAP),
          Map.entry("dma_free_pages", Shape.DMA_UNMAP),
          Map.entry("tracing_mark_write", Shape.MARK),
          Map.entry("print", Shape.MARK));

  /**
   * The type of records with that name.
   *
   * @param place the probed function where the recording tells it, null where only the probe's name
   *     can say
   * @param isReturn true if the record says that a function returned
   */
  public static RecordType of(String name, @Nullable GuestFunction place, boolean isReturn) {
    Shape shape = TRACE_POINTS.get(name);
    if (shape != null) {
      return new RecordType(name, shape, GuestFunction.OTHER);
    }
    if (place == null && isMisspelt(name)) {
      return new RecordType(name, Shape.MISSPELT, GuestFunction.OTHER);
    }
    if (name.startsWith("dma_")) {
      return new RecordType(name, Shape.DMA_OTHER, GuestFunction.OTHER);
    }
    GuestFunction function = place != null ? place : GuestFunction.ofProbe(name);
    if (function == GuestFunction.OTHER) {
      return new RecordType(name, Shape.OTHER, function);
    }
    boolean returns = isReturn || (place == null && GuestFunction.saysReturn(name));
    return new RecordType(name, returns ? Shape.PROBE_RETURN : Shape.PROBE_ENTRY, function);
  }

  private static boolean isMisspelt(String name) {
    return TRACE_POINTS.keySet().stream().anyMatch(known -> differsInOneLetter(known, name));
  }

  private static boolean differsInOneLetter(String known, String name) {
    if (known.length() != name.length()) {
      return false;
    }
    return IntStream.range(0, name.length()).filter(i -> known.charAt(i) != name.charAt(i)).count()
        == 1;
  }
}

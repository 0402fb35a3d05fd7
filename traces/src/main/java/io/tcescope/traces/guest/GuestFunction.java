package io.tcescope.traces.guest;

import io.tcescope.engine.event.EventKind;
import java.util.HashMap;
import java.util.Map;

/**
 * The functions of a Linux guest that make, change or give back mappings ({@code
 * arch/powerpc/kernel/iommu.c}, {@code platforms/pseries/iommu.c}, {@code kernel/rtas.c}), by
 * symbol and by the short names that probes on them usually have.
 */
public enum GuestFunction {
  BUILD_MULTI("tce_buildmulti_pSeriesLP", "buildmulti"),
  FREE_MULTI("tce_freemulti_pSeriesLP", "freemulti"),
  BUILD("tce_build_pSeriesLP", "build"),
  FREE("tce_free_pSeriesLP", "free"),
  SET_RANGE("tce_setrange_multi_pSeriesLP", "setrange"),
  CLEAR_RANGE("tce_clearrange_multi_pSeriesLP", "clearrange"),
  RANGE_ALLOC("iommu_range_alloc"),
  IOMMU_ALLOC("iommu_alloc"),
  IOMMU_FREE("__iommu_free", "iommu_free"),
  ALLOC_COHERENT("iommu_alloc_coherent"),
  FREE_COHERENT("iommu_free_coherent"),
  MAP_SG("ppc_iommu_map_sg"),
  INIT_TABLE("iommu_init_table"),
  RTAS_CALL("rtas_call"),
  OTHER("");

  /** As far behind the symbol Linux's own {@code arch_kprobe_on_func_entry} looks (ELFv2). */
  private static final int FARTHEST_ENTRY = 16;

  private static final Map<String, GuestFunction> BY_NAME = new HashMap<>();

  static {
    for (GuestFunction function : values()) {
      for (String name : function.names.split(" ", -1)) {
        BY_NAME.put(name, function);
      }
    }
  }

  /** All names, separated by blanks: an enum holds nothing that could change. */
  private final String names;

  GuestFunction(String... names) {
    this.names = String.join(" ", names);
  }

  /** True if the function makes that hypervisor call. */
  boolean makes(EventKind call) {
    return switch (this) {
      case BUILD_MULTI, SET_RANGE ->
          call == EventKind.H_PUT_TCE_INDIRECT || call == EventKind.H_PUT_TCE;
      case FREE_MULTI, CLEAR_RANGE -> call == EventKind.H_STUFF_TCE;
      case BUILD, FREE -> call == EventKind.H_PUT_TCE;
      default -> false;
    };
  }

  /** True if something depends on what a probe reads where the function is entered. */
  public boolean tellsWhenEntered() {
    return this != MAP_SG && this != ALLOC_COHERENT && this != FREE_COHERENT;
  }

  /** True if something depends on what a probe reads where the function returns. */
  public boolean tellsWhenLeft() {
    return this == RANGE_ALLOC || this == IOMMU_ALLOC || this == RTAS_CALL;
  }

  /** The function with that symbol; compilers add {@code .isra.0} and the like to clones. */
  public static GuestFunction ofSymbol(String symbol) {
    int suffix = symbol.indexOf('.');
    return BY_NAME.getOrDefault(suffix < 0 ? symbol : symbol.substring(0, suffix), OTHER);
  }

  /** True if code so far behind a function's symbol is where the function is entered. */
  public static boolean isEntry(long offset) {
    return offset >= 0 && offset <= FARTHEST_ENTRY;
  }

  /** The function a probe is on, by the probe's own name. */
  static GuestFunction ofProbe(String probe) {
    return BY_NAME.getOrDefault(withoutReturn(probe), OTHER);
  }

  /** True if the probe's name says that it is hit when the function returns. */
  static boolean saysReturn(String probe) {
    return !withoutReturn(probe).equals(probe);
  }

  /** {@code _ret} is the usual suffix, {@code __return} and {@code _exit} are perf's and tools'. */
  private static String withoutReturn(String probe) {
    for (String suffix : new String[] {"__return", "_return", "_ret", "_exit"}) {
      if (probe.endsWith(suffix)) {
        return probe.substring(0, probe.length() - suffix.length());
      }
    }
    return probe;
  }
}

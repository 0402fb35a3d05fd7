package io.tcescope.engine.why;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How trouble with a guest's DMA shows itself. */
public enum SymptomKind {
  /** The platform stopped a PE. */
  EEH_FREEZE("eeh-freeze"),
  /** A device reported or met a failed access. */
  DMA_FAULT("dma-fault"),
  /** The kernel gave up on a transmit queue. */
  NETDEV_WATCHDOG("netdev-watchdog"),
  /** A driver found its transmit ring stuck. */
  TX_HANG("tx-hang"),
  /** The guest's allocator found no room. */
  ALLOC_FAILED("alloc-failed"),
  /** Calls that map failed, or unmaps on a table whose maps would. */
  PUT_FAILED("put-failed"),
  /** A device cannot address the only window there is. */
  NOT_ADDRESSABLE("not-addressable"),
  /** A 64-bit window could not be made or filled. */
  DDW_MAP_FAILED("ddw-map-failed"),
  /** A device looked up an address that maps nothing. */
  PERM0_ACCESS("perm0-access");

  private final String label;

  SymptomKind(String label) {
    this.label = label;
  }

  /** The name in output. */
  public String label() {
    return label;
  }

  /** The names of all kinds, for help. */
  public static String labels() {
    return Arrays.stream(values()).map(SymptomKind::label).collect(Collectors.joining(", "));
  }
}

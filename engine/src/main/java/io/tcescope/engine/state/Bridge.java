package io.tcescope.engine.state;

import java.util.ArrayList;
import java.util.List;

/**
 * A PCI host bridge, which under QEMU is also the PE: the two windows of one BUID. It knows its
 * default window's place and size, and a table that was allocated for a reason not yet told.
 */
public final class Bridge {
  /** No bridge: VIO windows, and windows of which no record names the bridge. */
  public static final Bridge NONE = new Bridge(0, 0);

  /** How many windows the platform allows is not known. */
  static final long CAPACITY_UNKNOWN = -1;

  /** QEMU and KVM give a bridge two ({@code SPAPR_PCI_DMA_MAX_WINDOWS}), other firmware no more. */
  public static final int MOST_WINDOWS = 2;

  private final long buid;
  private long defaultLiobn;

  /** The default window's extent as far as known. */
  Extent defaultExtent = Extent.DEFAULT;

  Geometry defaultGeometry = Geometry.ASSUMED;

  /**
   * True if the recording shows the bridge from its start, so that what it did not show is not
   * there.
   */
  boolean fromStart;

  boolean unplugged;
  long capacity = CAPACITY_UNKNOWN;

  /** LIOBN of a new_table that no event has explained yet, 0 if none. */
  long pendingLiobn;

  boolean pendingInKernel;
  long pendingEvent;

  /** A window of which no record has told the LIOBN yet. */
  UnnamedWindow unnamed = UnnamedWindow.NONE;

  /** The window that was closed last, and by a remove: what an automatic restore follows. */
  long lastRemovedLiobn;

  /** The last window of each of its LIOBNs, in their order; of {@link #NONE} it is not known. */
  private final List<DmaWindow> windows = new ArrayList<>(2);

  Bridge(long buid, long defaultLiobn) {
    this.buid = buid;
    this.defaultLiobn = defaultLiobn;
  }

  Bridge copy() {
    Bridge copy = new Bridge(buid, defaultLiobn);
    copy.defaultExtent = defaultExtent;
    copy.defaultGeometry = defaultGeometry;
    copy.fromStart = fromStart;
    copy.unplugged = unplugged;
    copy.capacity = capacity;
    copy.pendingLiobn = pendingLiobn;
    copy.pendingInKernel = pendingInKernel;
    copy.pendingEvent = pendingEvent;
    copy.unnamed = unnamed;
    copy.lastRemovedLiobn = lastRemovedLiobn;
    return copy;
  }

  /** Takes a window, in place of the one that had its LIOBN before. */
  void add(DmaWindow window) {
    if (this != NONE) {
      remove(window.liobn());
      int at = 0;
      while (at < windows.size()
          && Long.compareUnsigned(windows.get(at).liobn(), window.liobn()) < 0) {
        at++;
      }
      windows.add(at, window);
    }
  }

  /** The LIOBN names a window of another bridge now. */
  void remove(long liobn) {
    windows.removeIf(window -> window.liobn() == liobn);
  }

  List<DmaWindow> windows() {
    return windows;
  }

  /**
   * True if it has no window that no record has named: the recording shows it from its start, or
   * has named as many of its LIOBNs as a bridge can have windows.
   */
  public boolean showsAllWindows() {
    return fromStart || windows.size() >= MOST_WINDOWS;
  }

  /**
   * True if a record has told of its default window, or would have: if none is open now, there is
   * none.
   */
  public boolean showsDefault() {
    return fromStart || windows.stream().anyMatch(this::isInPlaceOfDefault);
  }

  /** True for its default window, and for another one on that one's LIOBN. */
  boolean isInPlaceOfDefault(DmaWindow window) {
    return defaultLiobn == 0 ? window.role() == Role.DEFAULT : window.liobn() == defaultLiobn;
  }

  /** Its 64-bit Bus Unit ID; 0 for {@link #NONE}. */
  public long buid() {
    return buid;
  }

  /** The LIOBN of its default window, 0 if not known. */
  public long defaultLiobn() {
    return defaultLiobn;
  }

  void defaultLiobn(long liobn) {
    defaultLiobn = liobn;
  }

  /** A default window's true extent, where it is told, is the one it comes back with. */
  void rememberDefault(DmaWindow window) {
    if (this != NONE && window.role() == Role.DEFAULT && window.hasGeometry()) {
      defaultExtent = window.extent();
      defaultGeometry = window.geometry();
    }
  }

  /** A remove took that window away. */
  void removed(DmaWindow window) {
    if (this != NONE) {
      lastRemovedLiobn = window.liobn();
    }
  }

  /** Its default window is not where every other bridge has it, and no record tells where. */
  void forgetDefault() {
    if (this != NONE) {
      defaultExtent = Extent.UNKNOWN;
      defaultGeometry = Geometry.UNKNOWN;
    }
  }

  /** The recording shows all its windows from here on; what was counted before may lack some. */
  void showsFromHere() {
    if (!fromStart) {
      fromStart = true;
      capacity = CAPACITY_UNKNOWN;
    }
  }

  public boolean isUnplugged() {
    return unplugged;
  }

  boolean hasPending() {
    return pendingLiobn != 0;
  }
}

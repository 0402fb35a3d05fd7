package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;

/**
 * One TCE table as a device sees it: a range of bus addresses, its entries, and who opened it. A
 * LIOBN names several windows over time, told apart by their generation.
 */
public final class DmaWindow {
  /** No window at all: contains no page. */
  public static final DmaWindow NONE = new DmaWindow();

  private final long liobn;
  private final int generation;
  private final Bridge bridge;
  private final Role role;
  private final long start;
  private final int pageShift;
  private final Sweep sweep;
  private final Usage usage;

  TceTable table;
  Geometry geometry;
  long openedBy;
  boolean open;
  boolean inKernel;
  long closedBy;
  Change.Cause closedFor = Change.Cause.NONE;

  /** Ordinal of the last call whose success proves that the window is there, as it is. */
  long provedBy;

  long entries;
  long mapped;
  long nonzero;
  long unknown;
  long peakMapped;

  private DmaWindow() {
    this(-1, 0, Bridge.NONE, Role.UNKNOWN, 0, new Extent(0, 12, 0), Geometry.UNKNOWN);
    open = false;
  }

  DmaWindow(
      long liobn,
      int generation,
      Bridge bridge,
      Role role,
      long openedBy,
      Extent extent,
      Geometry geometry) {
    this.liobn = liobn;
    this.generation = generation;
    this.bridge = bridge;
    this.role = role;
    this.openedBy = openedBy;
    this.start = extent.start();
    this.pageShift = extent.pageShift();
    this.entries = extent.entries();
    this.geometry = geometry;
    this.provedBy = openedBy;
    this.table = new TceTable(Math.max(1, entries), Mark.FRESH);
    this.open = true;
    this.sweep = new Sweep();
    this.usage = new Usage();
  }

  private DmaWindow(DmaWindow other, Bridge bridge) {
    this.liobn = other.liobn;
    this.generation = other.generation;
    this.bridge = bridge;
    this.role = other.role;
    this.openedBy = other.openedBy;
    this.start = other.start;
    this.pageShift = other.pageShift;
    this.entries = other.entries;
    this.geometry = other.geometry;
    this.table = other.table.snapshot();
    this.open = other.open;
    this.inKernel = other.inKernel;
    this.closedBy = other.closedBy;
    this.closedFor = other.closedFor;
    this.provedBy = other.provedBy;
    this.mapped = other.mapped;
    this.nonzero = other.nonzero;
    this.unknown = other.unknown;
    this.peakMapped = other.peakMapped;
    this.sweep = other.sweep.copy();
    this.usage = other.usage.copy();
  }

  /** The window as it is now, for a snapshot whose bridges are copies too. */
  DmaWindow copy(Bridge copiedBridge) {
    return new DmaWindow(this, copiedBridge);
  }

  /** The window as it is now, entries shared until either side writes. */
  public DmaWindow copy() {
    return new DmaWindow(this, bridge);
  }

  public long liobn() {
    return liobn;
  }

  /** From 1 for each LIOBN; 0 for {@link #NONE}. */
  public int generation() {
    return generation;
  }

  /** Its PCI host bridge (PE); {@link Bridge#NONE} for VIO and where it is not known. */
  public Bridge bridge() {
    return bridge;
  }

  public Role role() {
    return role;
  }

  /** Ordinal of the event that opened it, 0 if it was there before the recording. */
  public long openedBy() {
    return openedBy;
  }

  /** Ordinal of the event that closed it, 0 while it is open. */
  public long closedBy() {
    return closedBy;
  }

  /** Why it was closed, {@link Change.Cause#NONE} while it is open. */
  public Change.Cause closedFor() {
    return closedFor;
  }

  public boolean isOpen() {
    return open;
  }

  public Geometry geometry() {
    return geometry;
  }

  /** False if start, page and size are unknown; entries are then by 4K page of the whole bus. */
  public boolean hasGeometry() {
    return geometry != Geometry.UNKNOWN;
  }

  /** First bus address. */
  public long start() {
    return start;
  }

  /** First bus address behind it; 0 for a window that ends with the address space. */
  public long end() {
    return start + (entries << pageShift);
  }

  public int pageShift() {
    return pageShift;
  }

  public long pageSize() {
    return 1L << pageShift;
  }

  public long entries() {
    return entries;
  }

  /** Known entries with permission bits: the live ones. */
  public long mapped() {
    return mapped;
  }

  /** Known entries that are not zero. */
  public long nonzero() {
    return nonzero;
  }

  /** Entries of which the recording does not tell the value. */
  public long unknown() {
    return unknown;
  }

  /** The most entries that were live at once. */
  public long peakMapped() {
    return peakMapped;
  }

  /** True if the host kernel keeps the table, so that its traffic is not in the recording. */
  public boolean isInKernel() {
    return inKernel;
  }

  public Mapping mapping() {
    return usage.mapping();
  }

  /** How the guest fills the window, as far as calls have shown. */
  public Usage usage() {
    return usage;
  }

  /** The clears that may be, or were, a sweep of the whole window. */
  public Sweep sweep() {
    return sweep;
  }

  /**
   * The window as it was before the teardown sweep that directly precedes this moment, or as it is
   * where there is none: what was in use when the guest decided to take it down.
   */
  public DmaWindow inUse() {
    return sweep.isComplete() ? sweep.before() : this;
  }

  /**
   * Index of the entry that serves a bus address, as the hypervisor computes it; may be outside.
   */
  public long indexOf(long ioba) {
    return (ioba - start) >>> pageShift;
  }

  /** First bus address of an entry. */
  public long iobaOf(long index) {
    return start + (index << pageShift);
  }

  public boolean contains(long index) {
    return Long.compareUnsigned(index, entries) < 0;
  }

  /** True if the window serves the bus address. */
  public boolean covers(long ioba) {
    return contains(indexOf(ioba));
  }

  /** Raw value of an entry; meaningless where {@link #mark} says unknown. */
  public long tce(long index) {
    return table.value(index);
  }

  /** How an entry is known and who wrote it ({@link Mark}). */
  public long mark(long index) {
    return table.mark(index);
  }

  public boolean isLive(long index) {
    return Tce.isMapped(table.value(index)) && !Mark.isUnknown(table.mark(index));
  }

  /** True if the entry is known to map nothing. */
  public boolean isKnownClear(long index) {
    return !Tce.isMapped(table.value(index)) && !Mark.isUnknown(table.mark(index));
  }

  /** All entries ever written, in order; what lies between is {@link TceTable#background()}. */
  public void visit(TceTable.Visitor visitor) {
    table.visit(visitor);
  }

  public TceTable table() {
    return table;
  }

  /** Everything the table held is unknown from now on, for that reason. */
  void forget(Knowledge why, long writer) {
    table.clear(Mark.of(why, writer));
    mapped = 0;
    nonzero = 0;
    unknown = entries;
    sweep.interrupt();
  }

  Extent extent() {
    return new Extent(start, pageShift, entries);
  }

  /** The table turns out to have another size than was assumed. */
  void resize(long newEntries) {
    if (newEntries > entries) {
      table = table.grownTo(newEntries);
    }
    if (Mark.isUnknown(table.background())) {
      unknown += newEntries - entries;
    }
    entries = newEntries;
  }

  /** Two others have had its LIOBN since: nobody asks for what it held any more. */
  void release() {
    table = new TceTable(1, Mark.FRESH);
    sweep.interrupt();
  }

  @Override
  public String toString() {
    return Notation.window(liobn, generation);
  }
}

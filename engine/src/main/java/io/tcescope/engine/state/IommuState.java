package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Tce;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All DMA windows of a machine and their entries. {@link #apply} is the only way to change it;
 * after k events it is what the recording tells of the hypervisor's memory at that moment, no more.
 */
public final class IommuState {
  /** Bit 31 of a LIOBN tells a PCI window, QEMU's {@code SPAPR_IS_PCI_LIOBN}. */
  private static final int PCI_BIT = 31;

  private static final long QEMU_BUID = 0x800000020000000L;
  private static final int BRIDGE_SHIFT = 8;
  private static final long WINDOW_NUMBER = 0xff;

  private final Rules rules;
  private final Map<Long, Bridge> bridges = new LinkedHashMap<>();
  private final Change change = new Change();
  private final TceCalls tceCalls = new TceCalls(this, change);
  private final WindowCalls windowCalls = new WindowCalls(this, change);
  private final MachineEvents machineEvents = new MachineEvents(this, change);
  private final LiobnMap windows = new LiobnMap();
  private final Map<Long, DmaWindow> predecessors = new LinkedHashMap<>();
  private DmaWindow last = DmaWindow.NONE;
  private boolean started;
  private boolean fromStart;
  private boolean lossy;
  private long events;
  private long ramEnd;

  /**
   * How a replay is to read a recording: fixed before it starts.
   *
   * @param inferLists a list of which one value is recorded rises by one page an entry
   * @param showsRestores every automatic restore of a default window is an event of its own, as in
   *     QEMU's own recordings; elsewhere the replay applies it
   */
  public record Rules(
      Platform platform, boolean inferLists, boolean showsRestores, Machine machine) {}

  public IommuState(Rules rules) {
    this.rules = rules;
    ramEnd = rules.machine().ram().orElse(0);
    rules
        .machine()
        .defaultWindows()
        .forEach((liobn, extent) -> bridgeOf(liobn).defaultExtent = extent);
  }

  /** Applies the next event and says what it did; the answer is valid until the next call. */
  public Change apply(Event event) {
    events = event.ordinal();
    change.begin(events);
    if (event.has(Event.WITNESS)) {
      change.signal(Signal.RECORD);
      return change;
    }
    if (!started) {
      start(event);
    }
    switch (event.kind()) {
      case H_PUT_TCE -> tceCalls.put(event);
      case H_GET_TCE -> tceCalls.get(event);
      case H_STUFF_TCE -> tceCalls.stuff(event);
      case H_PUT_TCE_INDIRECT -> tceCalls.indirect(event);
      case DMA -> tceCalls.lookUp(event);
      case QUERY_PE_DMA_WINDOW -> windowCalls.query(event);
      case CREATE_PE_DMA_WINDOW -> windowCalls.create(event);
      case REMOVE_PE_DMA_WINDOW -> windowCalls.remove(event);
      case RESET_PE_DMA_WINDOW -> windowCalls.reset(event);
      case NEW_TABLE -> machineEvents.newTable(event);
      case PRE_SAVE -> machineEvents.preSave(event);
      case POST_LOAD -> machineEvents.postLoad(event);
      case WINDOW -> machineEvents.window(event);
      case DRC_ATTACH -> machineEvents.attach(event);
      case DRC_UNREALIZE -> machineEvents.unrealize(event);
      case VIO_FREE_CRQ -> machineEvents.freeCrq(event);
      case UNPLUG -> machineEvents.unplug(event);
      case MACHINE_RESET -> machineEvents.machineReset();
      case QUIESCE -> machineEvents.quiesce(Knowledge.OBSERVED);
      case LOST -> lost();
      case PLATFORM -> platform(event);
      case DMA_MAP,
          DMA_UNMAP,
          ALLOC,
          FREE,
          ALLOC_FAILED,
          HCALL,
          RTAS,
          PROBE,
          DRC_UNPLUG_REQUEST,
          DRC_RESET,
          DRC,
          VIO_REGISTER_CRQ,
          INTERRUPT,
          MEMORY_ADDED,
          MEMORY_REMOVED,
          EEH,
          LOG ->
          change.signal(Signal.RECORD);
    }
    return change;
  }

  /**
   * The first record that concerns tables tells whether the recording shows the machine from its
   * start: QEMU allocates every table there, and a complete account declares its windows.
   */
  private void start(Event event) {
    switch (event.kind().group()) {
      case TABLE -> fromStart = true;
      case TCE, DDW, DEVICE -> fromStart = false;
      case GUEST, PLATFORM, RECORD -> {
        return;
      }
    }
    started = true;
  }

  private void lost() {
    lossy = true;
    change.signal(Signal.LOST);
    forgetAll(Knowledge.LOST);
  }

  private void platform(Event event) {
    change.signal(Signal.RECORD);
    rules.machine().accept(event.text());
    ramEnd = rules.machine().ram().orElse(0);
  }

  /** The state as it is now; neither side sees what the other does next. */
  public IommuState snapshot() {
    IommuState copy = new IommuState(rules);
    Map<Bridge, Bridge> copies = new LinkedHashMap<>();
    copies.put(Bridge.NONE, Bridge.NONE);
    copy.bridges.clear();
    bridges.forEach(
        (buid, bridge) -> {
          Bridge twin = bridge.copy();
          copies.put(bridge, twin);
          copy.bridges.put(buid, twin);
        });
    for (DmaWindow window : windows.sorted()) {
      copy.windows.put(window.copy(copies.getOrDefault(window.bridge(), Bridge.NONE)));
    }
    copy.started = started;
    copy.fromStart = fromStart;
    copy.lossy = lossy;
    copy.events = events;
    return copy;
  }

  /**
   * The state as someone who asks now should see it: tables that were allocated and not explained
   * yet are taken for what they are if nothing else comes (a machine reset, a failed create).
   */
  public IommuState settled() {
    IommuState copy = snapshot();
    List.copyOf(copy.bridges.values()).forEach(copy.machineEvents::settle);
    return copy;
  }

  /** Ordinal of the last event applied. */
  public long events() {
    return events;
  }

  public Rules rules() {
    return rules;
  }

  /** True once the recording has said that records are missing. */
  public boolean isLossy() {
    return lossy;
  }

  /** True if the recording shows the machine from its start. */
  public boolean isFromStart() {
    return fromStart;
  }

  /** The windows that exist, in ascending order of their LIOBN. */
  public List<DmaWindow> windows() {
    List<DmaWindow> open = new ArrayList<>();
    for (DmaWindow window : windows.sorted()) {
      if (window.isOpen()) {
        open.add(window);
      }
    }
    return open;
  }

  /** The windows that exist on a bridge. */
  public List<DmaWindow> windows(Bridge bridge) {
    List<DmaWindow> open = windows();
    open.removeIf(window -> window.bridge() != bridge);
    return open;
  }

  /**
   * The window a LIOBN names now, or named last if it is closed; {@link DmaWindow#NONE} if never
   * one.
   */
  public DmaWindow window(long liobn) {
    return windows.get(liobn);
  }

  /** All bridges a record has named. */
  public List<Bridge> bridges() {
    return List.copyOf(bridges.values());
  }

  // What follows is for the three classes that apply events.

  /** The window a call names, open or closed; settles what its bridge still owes. */
  DmaWindow called(long liobn) {
    DmaWindow window = last;
    if (window.liobn() != liobn || !window.isOpen()) {
      window = windows.get(liobn);
    }
    if (window == DmaWindow.NONE) {
      Bridge bridge = bridgeIfKnown(liobn);
      if (bridge.hasPending()) {
        machineEvents.settle(bridge);
        window = windows.get(liobn);
      }
    } else if (window.bridge().hasPending()) {
      machineEvents.settle(window.bridge());
      window = windows.get(liobn);
    }
    last = window;
    change.window = window;
    return window;
  }

  /** Opens a window, all clear; one that is still open by that LIOBN goes. */
  DmaWindow open(
      Bridge bridge,
      long liobn,
      Role role,
      DmaWindow.Extent extent,
      Geometry how,
      Change.Cause why) {
    DmaWindow previous = windows.get(liobn);
    if (previous.isOpen()) {
      close(previous, why);
    }
    long since = why == Change.Cause.ASSUMED ? 0 : events;
    DmaWindow window =
        new DmaWindow(liobn, previous.generation() + 1, bridge, role, since, extent, how);
    if (rules.platform() == Platform.POWERVM && previous != DmaWindow.NONE) {
      predecessors.put(liobn, previous);
    }
    windows.put(window);
    last = window;
    change.open(window, why);
    return window;
  }

  void close(DmaWindow window, Change.Cause why) {
    window.open = false;
    window.closedBy = events;
    if (last == window) {
      last = DmaWindow.NONE;
    }
    change.close(window, why);
  }

  /** Everything that was known is not known any more, for that reason. */
  void forgetAll(Knowledge why) {
    for (DmaWindow window : windows.sorted()) {
      if (window.isOpen()) {
        window.forget(why, events);
      }
    }
  }

  /**
   * The record cannot be true: events are missing. What the tables hold is not known any more,
   * unless the recording says itself that it lost records, which explains as much as need be.
   */
  void contradict(String what) {
    if (lossy) {
      return;
    }
    change.contradict(what);
    forgetAll(Knowledge.HOLE);
  }

  /** Says so if a mapping leads outside the partition's memory, where its size is known. */
  void checkMemory(long tce, DmaWindow window, Change what) {
    if (ramEnd != 0
        && Long.compareUnsigned(Tce.realAddress(tce, window.pageShift()), ramEnd) >= 0) {
      what.signal(Signal.OUTSIDE_MEMORY);
    }
  }

  /** True for LIOBNs of PCI windows under QEMU. */
  static boolean isPci(long liobn) {
    return liobn >>> PCI_BIT == 1;
  }

  /** True for the LIOBN of a bridge's first window, which is its default window at boot. */
  static boolean isFirst(long liobn) {
    return (liobn & WINDOW_NUMBER) == 0;
  }

  boolean numbersLikeQemu() {
    return rules.platform() != Platform.POWERVM;
  }

  /** The bridge that owns a LIOBN, made known if QEMU's numbering tells it. */
  Bridge bridgeOf(long liobn) {
    DmaWindow known = windows.get(liobn);
    if (known.bridge() != Bridge.NONE) {
      return known.bridge();
    }
    if (!numbersLikeQemu() || !isPci(liobn)) {
      return Bridge.NONE;
    }
    return bridge(buidOf(liobn));
  }

  private Bridge bridgeIfKnown(long liobn) {
    if (!numbersLikeQemu() || !isPci(liobn)) {
      return Bridge.NONE;
    }
    return bridges.getOrDefault(buidOf(liobn), Bridge.NONE);
  }

  private static long buidOf(long liobn) {
    return QEMU_BUID + ((liobn & ~(1L << PCI_BIT)) >>> BRIDGE_SHIFT);
  }

  /** The bridge with that BUID. */
  Bridge bridge(long buid) {
    return bridges.computeIfAbsent(
        buid,
        key -> {
          long number = key - QEMU_BUID;
          boolean qemu =
              numbersLikeQemu() && number >= 0 && number < 1L << (PCI_BIT - BRIDGE_SHIFT);
          return new Bridge(key, qemu ? 1L << PCI_BIT | number << BRIDGE_SHIFT : 0);
        });
  }

  /** QEMU's number of a bridge: the index its BUID, LIOBNs and DRCs are made of. */
  Bridge bridgeNumber(long number) {
    return bridge(QEMU_BUID + number);
  }

  /** True if what the recording did not show is not there. */
  boolean isKnownFromStart(Bridge bridge) {
    return bridge == Bridge.NONE ? fromStart : bridge.fromStart;
  }

  void settle(Bridge bridge) {
    machineEvents.settle(bridge);
  }

  /** The boot-time window of a bridge, all clear. */
  DmaWindow openDefault(Bridge bridge, Change.Cause why) {
    return open(
        bridge,
        bridge.defaultLiobn(),
        Role.DEFAULT,
        bridge.defaultExtent,
        bridge.defaultGeometry,
        why);
  }

  /** The table is in the host kernel: what it holds is not in this recording. */
  void keepInKernel(DmaWindow window, boolean inKernel) {
    if (inKernel) {
      window.inKernel = true;
      window.forget(Knowledge.IN_KERNEL, events);
    }
  }

  /**
   * The window that had this one's LIOBN before it and was closed, {@link DmaWindow#NONE} if none.
   */
  DmaWindow previous(DmaWindow window) {
    return predecessors.getOrDefault(window.liobn(), DmaWindow.NONE);
  }
}

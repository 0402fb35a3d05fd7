package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Tce;
import java.util.List;
import java.util.Set;

/**
 * All DMA windows of a machine and their entries. {@link #apply} is the only way to change it;
 * after k events it is what the recording tells of the hypervisor's memory at that moment, no more.
 */
public final class IommuState {
  private final Rules rules;
  private final Change change = new Change();
  private final Windows windows;
  private final TceCalls tceCalls;
  private final WindowCalls windowCalls;
  private final MachineEvents machineEvents;
  private final MigrationEvents migrationEvents;
  private final Reboots reboots = new Reboots();
  private final Beginning beginning;
  private boolean lossy;
  private long lastHole;
  private long events;
  private long ramEnd;

  /** Of a snapshot: the age of tables at which it was taken. */
  private long age;

  /**
   * How a replay is to read a recording: fixed before it starts.
   *
   * @param inferLists a list of which one value is recorded rises by one page an entry
   * @param showsRestores every automatic restore of a default window is an event of its own, as in
   *     QEMU's own recordings; elsewhere the replay applies it
   * @param showsTables the recorder sees which entries calls change; elsewhere only windows are
   *     known
   * @param writesLists the recorder writes the list of every indirect put, so that one of which it
   *     wrote only the list's place had none that could be read
   * @param unrecorded calls that the guest made and the recorder did not write
   */
  public record Rules(
      Platform platform,
      boolean inferLists,
      boolean showsRestores,
      boolean showsTables,
      boolean writesLists,
      Machine machine,
      Set<EventKind> unrecorded) {
    /** The same, with lists completed or not; where calls are missing, tables are not shown. */
    public Rules with(boolean lists, Set<EventKind> missing) {
      boolean shows = showsTables && missing.isEmpty();
      return new Rules(platform, lists, showsRestores, shows, writesLists, machine, missing);
    }

    /** For a recorder that sees the tables. */
    public Rules(Platform platform, boolean inferLists, boolean showsRestores, Machine machine) {
      this(platform, inferLists, showsRestores, true, false, machine, Set.of());
    }
  }

  public IommuState(Rules rules) {
    this.rules = rules;
    windows = new Windows(rules, change);
    beginning = new Beginning(windows);
    tceCalls = new TceCalls(this, windows, change);
    windowCalls = new WindowCalls(this, windows, change);
    machineEvents = new MachineEvents(this, windows, change);
    migrationEvents = new MigrationEvents(this, windows, change);
    ramEnd = rules.machine().ram().orElse(0);
    lossy = !rules.unrecorded().isEmpty();
  }

  /** Applies the next event and says what it did; the answer is valid until the next call. */
  public Change apply(Event event) {
    events = event.ordinal();
    windows.now = events;
    change.begin(events);
    if (!rules.showsTables() && reboots.shownBy(event)) {
      windows.restart();
    }
    if (event.has(Event.WITNESS)) {
      change.signal(Signal.RECORD);
      if (event.has(Event.CONTRADICTION)) {
        contradict(event.text(), events);
      } else if (isLeftToEmulator(event) && !rules.showsRestores()) {
        tceCalls.leftToEmulator(event);
      }
      return change;
    }
    if (!beginning.isOver()) {
      beginning.note(event);
    }
    switch (event.kind()) {
      case H_PUT_TCE, H_GET_TCE, H_STUFF_TCE, H_PUT_TCE_INDIRECT -> tceCalls.apply(event);
      case DMA -> tceCalls.lookUp(event);
      case QUERY_PE_DMA_WINDOW, CREATE_PE_DMA_WINDOW, REMOVE_PE_DMA_WINDOW, RESET_PE_DMA_WINDOW ->
          windowCalls.apply(event);
      case NEW_TABLE -> machineEvents.newTable(event);
      case PRE_SAVE -> migrationEvents.preSave(event);
      case POST_LOAD -> migrationEvents.postLoad(event);
      case WINDOW -> machineEvents.window(event);
      case PROBE -> windowCalls.tableMade(event);
      case DRC_ATTACH -> machineEvents.attach(event);
      case DRC_UNREALIZE -> machineEvents.unrealize(event);
      case VIO_FREE_CRQ -> machineEvents.freeCrq(event);
      case VIO_REGISTER_CRQ -> machineEvents.registerCrq();
      case UNPLUG -> machineEvents.unplug(event);
      case MACHINE_RESET -> machineEvents.machineReset();
      case QUIESCE -> machineEvents.quiesce(Knowledge.OBSERVED);
      case LOST -> lost(event);
      case PLATFORM -> platform(event);
      case DMA_MAP,
          DMA_UNMAP,
          ALLOC,
          FREE,
          ALLOC_FAILED,
          HCALL,
          RTAS,
          DRC_UNPLUG_REQUEST,
          DRC_RESET,
          DRC_ISOLATED,
          DRC,
          H_PUT_RTCE,
          H_REMOVE_RTCE,
          SUSPEND,
          INTERRUPT,
          MEMORY_ADDED,
          MEMORY_REMOVED,
          EEH,
          LOG ->
          change.signal(Signal.RECORD);
    }
    return change;
  }

  private static boolean isLeftToEmulator(Event event) {
    return event.kind().isTceCall()
        && event.has(Event.LIOBN | Event.STATUS)
        && event.status() == HcallStatus.H_TOO_HARD;
  }

  private void lost(Event event) {
    change.signal(Signal.LOST);
    if (event.has(Event.LIOBN)) {
      tceCalls.lost(event);
    } else {
      lossy = true;
      machineEvents.lost();
    }
  }

  private void platform(Event event) {
    change.signal(Signal.RECORD);
    rules.machine().accept(event.text());
    ramEnd = rules.machine().ram().orElse(0);
  }

  /** The state as it is now; neither side sees what the other does next. */
  public IommuState snapshot() {
    IommuState copy = new IommuState(rules);
    copy.age = TceTable.age();
    copy.windows.copyFrom(windows);
    copy.reboots.copyFrom(reboots);
    copy.beginning.copyFrom(beginning);
    copy.lossy = lossy;
    copy.lastHole = lastHole;
    copy.events = events;
    return copy;
  }

  /**
   * How much of this snapshot an earlier one does not share, in leaves of 512 entries (8 KiB each).
   */
  public long leavesNotIn(IommuState earlier) {
    return windows.all().stream().mapToLong(window -> window.table.leavesSince(earlier.age)).sum();
  }

  /**
   * The state as someone who asks now should see it: tables that were allocated and not explained
   * yet are taken for what they are if nothing else comes (a machine reset, a failed create), and
   * no entry is believed where calls that may have changed it since are not recorded.
   */
  public IommuState settled() {
    IommuState copy = snapshot();
    copy.machineEvents.settleAll();
    if (!rules.unrecorded().isEmpty()) {
      copy.windows.forgetAll(Knowledge.LOST);
    }
    return copy;
  }

  /** Ordinal of the last event applied. */
  public long events() {
    return events;
  }

  public Rules rules() {
    return rules;
  }

  /** True once a boot's quiesce or a machine reset has freed the queues of all VIO devices. */
  public boolean sawQuiesce() {
    return windows.crqRow.cameAgain();
  }

  /** True once records are known to be missing. */
  public boolean isLossy() {
    return lossy;
  }

  /** True if the recording shows the machine from its start. */
  public boolean isFromStart() {
    return windows.fromStart;
  }

  /** True if the recording shows every window that the LIOBN has named. */
  public boolean isFromStart(long liobn) {
    return Numbering.isPci(liobn) ? windows.fromStart : windows.virtualFromStart;
  }

  /** The windows that exist, in ascending order of their LIOBN. */
  public List<DmaWindow> windows() {
    return windows.open();
  }

  /** The windows that exist on a bridge. */
  public List<DmaWindow> windows(Bridge bridge) {
    return windows.open(bridge);
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
    return windows.bridges();
  }

  // What follows is for the three classes that apply events.

  /** The window a call names, open or closed; settles what its bridge still owes. */
  DmaWindow called(long liobn) {
    DmaWindow window = windows.get(liobn);
    Bridge bridge = window == DmaWindow.NONE ? windows.bridgeIfKnown(liobn) : window.bridge();
    if (bridge.hasPending()) {
      machineEvents.settle(bridge);
      window = windows.get(liobn);
    }
    change.window = window;
    return window;
  }

  /**
   * The record cannot be true: events are missing. What the tables hold is not known any more,
   * unless what the record disproves was last proved before a hole that is known already: then that
   * one explains it. A recording that says itself that it lost records needs no other explanation.
   *
   * @param provedBy ordinal of the event that last proved what is now disproved
   */
  void contradict(String what, long provedBy) {
    if (lossy) {
      return;
    }
    change.contradict(what, provedBy);
    if (provedBy >= lastHole) {
      lastHole = events;
      windows.forgetAll(Knowledge.HOLE);
    }
  }

  /** Says so if a mapping leads outside the partition's memory, where its size is known. */
  void checkMemory(long tce, DmaWindow window, Change what) {
    if (ramEnd != 0
        && Long.compareUnsigned(Tce.realAddress(tce, window.pageShift()), ramEnd) >= 0) {
      what.signal(Signal.OUTSIDE_MEMORY);
    }
  }

  /** True if records are known to be missing behind that event. */
  boolean lacksRecordsSince(long event) {
    return lossy || lastHole > event;
  }

  void settle(Bridge bridge) {
    machineEvents.settle(bridge);
  }

  /** What may have been a machine reset was one: it alone clears tables of virtual devices. */
  void settleReset() {
    settle(windows.bridgeIfKnown(Numbering.defaultLiobn(Numbering.buidOfBridge(0))));
  }
}

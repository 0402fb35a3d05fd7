package io.tcescope.engine.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The windows and bridges of a machine, open and closed, by LIOBN and BUID. */
final class Windows {
  private final Platform platform;
  private final Machine machine;
  private final boolean showsTables;
  private final Change change;
  private final Map<Long, Bridge> bridges = new LinkedHashMap<>();
  private LiobnMap windows = new LiobnMap();

  /** Of windows that a reboot made unknown, how many each LIOBN had named. */
  private final Map<Long, Integer> generations = new LinkedHashMap<>();

  /** The window before the last one of each LIOBN: who still names it must not keep its entries. */
  private final Map<Long, DmaWindow> gone = new LinkedHashMap<>();

  private DmaWindow last = DmaWindow.NONE;

  /** CRQs that were freed last. */
  CrqRow crqRow;

  /** True if the recording shows the machine from its start. */
  boolean fromStart;

  /** The same of its virtual devices, whose tables are made once in an emulator's life. */
  boolean virtualFromStart;

  /** Ordinal of the current event. */
  long now;

  Windows(IommuState.Rules rules, Change change) {
    this.platform = rules.platform();
    this.machine = rules.machine();
    this.showsTables = rules.showsTables();
    this.change = change;
    this.crqRow = new CrqRow(!rules.showsRestores()); // others tell of a quiesce itself
  }

  /** Takes over all windows and bridges of another machine as they are now. */
  void copyFrom(Windows other) {
    Map<Bridge, Bridge> copies = new LinkedHashMap<>();
    copies.put(Bridge.NONE, Bridge.NONE);
    bridges.clear();
    other.bridges.forEach(
        (buid, bridge) -> {
          Bridge twin = bridge.copy();
          copies.put(bridge, twin);
          bridges.put(buid, twin);
        });
    for (DmaWindow window : other.windows.sorted()) {
      put(window.copy(copies.getOrDefault(window.bridge(), Bridge.NONE)));
    }
    generations.putAll(other.generations);
    crqRow = other.crqRow.copy();
    fromStart = other.fromStart;
    virtualFromStart = other.virtualFromStart;
    now = other.now;
  }

  /**
   * The window a LIOBN names now, or named last if it is closed; {@link DmaWindow#NONE} if never
   * one.
   */
  DmaWindow get(long liobn) {
    DmaWindow window = last;
    if (window.liobn() != liobn || !window.isOpen()) {
      window = windows.get(liobn);
      last = window;
    }
    return window;
  }

  /** The last window of each LIOBN, open or closed. */
  List<DmaWindow> all() {
    return List.of(windows.sorted());
  }

  /** The windows that exist, in ascending order of their LIOBN. */
  List<DmaWindow> open() {
    List<DmaWindow> open = new ArrayList<>();
    for (DmaWindow window : windows.sorted()) {
      if (window.isOpen()) {
        open.add(window);
      }
    }
    return open;
  }

  /** The windows of VIO devices that exist. */
  List<DmaWindow> vio() {
    return open().stream().filter(window -> window.role() == Role.VIO).toList();
  }

  /** A device's CRQ is freed; true if in one row with those of all other devices. */
  boolean freesAllCrqs(long unit) {
    crqRow.noteRecorded();
    return crqRow.completes(unit, now, vio(), fromStart);
  }

  /** The windows that exist on a bridge, in ascending order of their LIOBN. */
  List<DmaWindow> open(Bridge bridge) {
    return of(bridge).filter(DmaWindow::isOpen).toList();
  }

  /** The last window of each LIOBN of a bridge; those of none are found among all. */
  private Stream<DmaWindow> of(Bridge bridge) {
    return bridge == Bridge.NONE
        ? Arrays.stream(windows.sorted()).filter(window -> window.bridge() == bridge)
        : bridge.windows().stream();
  }

  private void put(DmaWindow window) {
    DmaWindow previous = windows.get(window.liobn());
    if (previous.bridge() != window.bridge()) {
      previous.bridge().remove(window.liobn());
    }
    windows.put(window);
    window.bridge().add(window);
  }

  List<Bridge> bridges() {
    return List.copyOf(bridges.values());
  }

  /** Opens a window, all clear; one that is still open by that LIOBN goes. */
  DmaWindow open(
      Bridge bridge, long liobn, Role role, Extent extent, Geometry how, Change.Cause why) {
    DmaWindow previous = windows.get(liobn);
    if (previous.isOpen()) {
      close(previous, why);
    }
    long since = why == Change.Cause.ASSUMED ? 0 : now;
    int generation = Math.max(previous.generation(), generations.getOrDefault(liobn, 0)) + 1;
    DmaWindow window = new DmaWindow(liobn, generation, bridge, role, since, extent, how);
    if (previous != DmaWindow.NONE) {
      DmaWindow old = gone.put(liobn, previous);
      if (old != null) {
        old.release();
      }
    }
    if (!showsTables) {
      window.forget(Knowledge.NEVER_SEEN, since);
    }
    put(window);
    last = window;
    change.open(window, why);
    return window;
  }

  /** Puts another account of the same window in its place. */
  void replace(DmaWindow window, DmaWindow same) {
    window.open = false;
    put(same);
    last = same;
    change.replace(window, same);
  }

  void close(DmaWindow window, Change.Cause why) {
    window.open = false;
    window.closedBy = now;
    if (last == window) {
      last = DmaWindow.NONE;
    }
    change.close(window, why);
  }

  /**
   * The machine that a guest told of was reset, or another emulator starts: all windows go, and
   * which there are now is not told yet.
   */
  void restart() {
    change.signal(Signal.REBOOT);
    for (DmaWindow window : windows.sorted()) {
      generations.put(window.liobn(), window.generation());
      if (window.isOpen()) {
        close(window, Change.Cause.MACHINE_RESET);
      }
    }
    windows = new LiobnMap();
    bridges.clear();
    gone.clear();
    crqRow = crqRow.next();
  }

  /** Records are missing: nothing that was known is known any more. */
  void lost() {
    crqRow.lost();
    forgetAll(Knowledge.LOST);
  }

  /** Everything that was known is not known any more, for that reason. */
  void forgetAll(Knowledge why) {
    for (DmaWindow window : windows.sorted()) {
      if (window.isOpen()) {
        window.forget(why, now);
      }
    }
  }

  /** What a window of that LIOBN is at boot. */
  static Role roleOf(long liobn) {
    if (!Numbering.isPci(liobn)) {
      return Role.VIO;
    }
    return Numbering.isFirst(liobn) ? Role.DEFAULT : Role.DDW;
  }

  /**
   * What a window is that came or changed unseen: only a VIO device's LIOBN stands for one role.
   */
  Role roleUnseen(long liobn) {
    return numbersLikeQemu() && !Numbering.isPci(liobn) ? Role.VIO : Role.UNKNOWN;
  }

  /** True if LIOBNs, BUIDs and DRCs are numbered as QEMU numbers them. */
  boolean numbersLikeQemu() {
    return platform != Platform.POWERVM;
  }

  /** The bridge that owns a LIOBN, made known if QEMU's numbering tells it. */
  Bridge bridgeOf(long liobn) {
    DmaWindow known = windows.get(liobn);
    if (known.bridge() != Bridge.NONE) {
      return known.bridge();
    }
    OptionalLong buid = qemuBuidOf(liobn);
    return buid.isEmpty() ? Bridge.NONE : bridge(buid.getAsLong());
  }

  Bridge bridgeIfKnown(long liobn) {
    OptionalLong buid = qemuBuidOf(liobn);
    return buid.isEmpty() ? Bridge.NONE : bridges.getOrDefault(buid.getAsLong(), Bridge.NONE);
  }

  private OptionalLong qemuBuidOf(long liobn) {
    return numbersLikeQemu() ? Numbering.buidOfLiobn(liobn) : OptionalLong.empty();
  }

  /** The bridge with that BUID. */
  Bridge bridge(long buid) {
    return bridges.computeIfAbsent(buid, this::newBridge);
  }

  private Bridge newBridge(long buid) {
    Bridge bridge = new Bridge(buid, numbersLikeQemu() ? Numbering.defaultLiobn(buid) : 0);
    bridge.defaultExtent = machine.defaultWindow(bridge.defaultLiobn());
    return bridge;
  }

  /** QEMU's number of a bridge: the index its BUID, LIOBNs and DRCs are made of. */
  Bridge bridgeNumber(long number) {
    return bridge(Numbering.buidOfBridge(number));
  }

  /** True if what the recording did not show is not there. */
  boolean isKnownFromStart(Bridge bridge) {
    return bridge == Bridge.NONE ? virtualFromStart : bridge.fromStart;
  }

  /** Ordinal of the event that last opened or closed a window of a bridge. */
  long lastWindowCall(Bridge bridge) {
    return of(bridge)
        .mapToLong(window -> Math.max(window.openedBy(), window.closedBy()))
        .max()
        .orElse(0);
  }

  /** The boot-time window of a bridge, all clear; none where no record has told its LIOBN. */
  DmaWindow openDefault(Bridge bridge, Change.Cause why) {
    if (bridge.defaultLiobn() == 0) {
      return DmaWindow.NONE;
    }
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
      window.forget(Knowledge.IN_KERNEL, now);
    }
  }
}

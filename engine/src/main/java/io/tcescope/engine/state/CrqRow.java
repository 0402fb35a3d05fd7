package io.tcescope.engine.state;

import java.util.ArrayList;
import java.util.List;

/**
 * CRQs freed one after the other. QEMU frees those of all VIO devices, with or without a table, in
 * the order of their bus: at its start, at a machine reset and at RTAS quiesce (RULES.md M1, M2). A
 * guest frees the queue of one device.
 */
final class CrqRow {
  /** Records of other threads may stand between the lines of a row. */
  private static final long GAP = 16;

  /**
   * All VIO devices, as the row at the emulator's start names them; empty if it is not recorded.
   */
  private final List<Long> all = new ArrayList<>();

  private final List<Long> row = new ArrayList<>();
  private boolean atStart;
  private boolean again;
  private boolean recorded;
  private long last;

  /**
   * @param recorded true if a quiesce shows, whether or not queues are seen to be freed
   */
  CrqRow(boolean recorded) {
    this.recorded = recorded;
  }

  CrqRow copy() {
    CrqRow copy = new CrqRow(recorded);
    copy.all.addAll(all);
    copy.row.addAll(row);
    copy.atStart = atStart;
    copy.again = again;
    copy.last = last;
    return copy;
  }

  /** The row of another machine by the same recorder. */
  CrqRow next() {
    return new CrqRow(recorded);
  }

  /** A queue is registered or freed: such events are recorded. */
  void noteRecorded() {
    recorded = true;
  }

  /** True if such events are recorded. */
  boolean isRecorded() {
    return recorded;
  }

  /** Records are missing: the row at the start may have had more devices. */
  void lost() {
    all.clear();
    row.clear();
  }

  /**
   * The CRQ of a device is freed; true if those of all devices are now, so that every table is
   * clear.
   *
   * @param vio the VIO windows
   * @param fromStart true if the recording shows the machine from its start
   */
  boolean completes(long unit, long event, List<DmaWindow> vio, boolean fromStart) {
    if (event - last > GAP || row.contains(unit)) {
      row.clear();
      atStart = all.isEmpty() && fromStart && vio.stream().allMatch(CrqRow::isUntouched);
    }
    last = event;
    row.add(unit);
    if (atStart) {
      all.add(unit);
      return false;
    }
    boolean complete = all.isEmpty() ? coversMoreThan(vio) : row.equals(all);
    again |= complete;
    return complete;
  }

  /** True once all were freed after the emulator's start. */
  boolean cameAgain() {
    return again;
  }

  private static boolean isUntouched(DmaWindow window) {
    return window.nonzero() == 0 && window.unknown() == 0;
  }

  /** The NVRAM and the console have a CRQ to be freed and no table. */
  private boolean coversMoreThan(List<DmaWindow> vio) {
    return row.size() > vio.size() && vio.stream().allMatch(window -> row.contains(window.liobn()));
  }
}

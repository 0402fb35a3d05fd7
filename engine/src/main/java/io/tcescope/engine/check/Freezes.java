package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PEs that freeze right after entries of theirs were cleared. Every cleared entry knows who cleared
 * it, so the suspects are found in the tables when the freeze comes.
 */
final class Freezes implements Check {
  private static final long SUSPICIOUS_NANOSECONDS = 5_000_000_000L;

  /** Where nothing has a time, only the last events before the freeze are suspicious. */
  private static final long SUSPICIOUS_EVENTS = 1000;

  /** What a guest or its hypervisor does to windows while devices are at work. */
  private static final Set<Change.Cause> DEEDS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Change.Cause.CREATE,
              Change.Cause.REMOVE,
              Change.Cause.RESET,
              Change.Cause.AUTO_RESTORE,
              Change.Cause.UNPLUG));

  private static final int SUSPECTS_KEPT = 16;
  private static final long NANOSECONDS_PER_MILLISECOND = 1_000_000;

  private record Suspect(DmaWindow window, long clearedBy, long index) {
    Past.Question beforeTheClear() {
      return new Past.Question(clearedBy, window, index);
    }
  }

  private record Freeze(
      long ordinal, long buid, OptionalLong ioba, List<Suspect> suspects, long trouble) {}

  private final Faults faults;
  private final FreezeRecords records = new FreezeRecords();
  private final List<Freeze> freezes = new ArrayList<>();

  /** The last call of each PE that failed or changed its windows. */
  private final Map<Bridge, long[]> troubles = new HashMap<>();

  Freezes(Faults faults) {
    this.faults = faults;
  }

  @Override
  public int interests() {
    return Signal.RECORD | Signal.REFUSED | Signal.OPENED | Signal.CLOSED | Signal.FAULT;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind() != EventKind.EEH) {
      if (change.has(Signal.REFUSED | Signal.FAULT) || DEEDS.contains(change.cause())) {
        troubleOf(change.window().bridge())[0] = event.ordinal();
      }
      return;
    }
    if (!records.begins(event)) {
      return;
    }
    List<Suspect> suspects = new ArrayList<>();
    for (DmaWindow window : PciDomain.windows(event, state)) {
      suspects.addAll(cleared(window));
      readOnly(event, window, findings);
    }
    suspects.sort(Comparator.comparingLong(Suspect::clearedBy).reversed());
    OptionalLong ioba =
        event.has(Event.IOBA) ? OptionalLong.of(event.ioba()) : OptionalLong.empty();
    List<Suspect> last = suspects.stream().limit(SUSPECTS_KEPT).toList();
    long buid = PciDomain.buid(event, state).orElse(0);
    freezes.add(new Freeze(event.ordinal(), buid, ioba, last, lastTrouble(buid)));
  }

  @Override
  public void rebooted() {
    troubles.clear();
  }

  /** Refused calls come in storms, so that this must not allocate each time. */
  private long[] troubleOf(Bridge bridge) {
    long[] latest = troubles.get(bridge);
    if (latest == null) {
      latest = new long[1];
      troubles.put(bridge, latest);
    }
    return latest;
  }

  private long lastTrouble(long buid) {
    return troubles.entrySet().stream()
        .filter(entry -> entry.getKey().buid() == buid)
        .mapToLong(entry -> entry.getValue()[0])
        .max()
        .orElse(0);
  }

  /** The log names an address that is mapped, but for the device to read only. */
  private static void readOnly(Event event, DmaWindow window, Findings findings) {
    long index = window.indexOf(event.ioba());
    boolean named = event.has(Event.IOBA) && window.hasGeometry() && window.contains(index);
    if (named && window.isLive(index) && Tce.permission(window.tce(index)) == Tce.READ) {
      boolean write = event.text().toLowerCase(Locale.ROOT).contains("write");
      findings
          .report(Rule.DMA_PERMISSION_VIOLATION, event.ordinal())
          .atMost(write ? Confidence.CERTAIN : Confidence.INFERRED)
          .window(window)
          .ioba(event)
          .address("tce", window.tce(index))
          .message("The PE froze at {ioba} of {liobn}, which is mapped for reading only ({tce})")
          .evidence(Mark.writer(window.mark(index)), "maps it for reading")
          .evidence(event.ordinal(), "freezes the PE");
      findings.explain();
    }
  }

  /** The last clears of a window, each with the first entry it cleared. */
  private static List<Suspect> cleared(DmaWindow window) {
    LastClears clears = new LastClears(window.openedBy());
    window.visit(clears::stretch);
    List<Suspect> list = new ArrayList<>();
    for (int i = 0; i < clears.size; i++) {
      list.add(new Suspect(window, clears.writers[i], clears.indexes[i]));
    }
    return list;
  }

  /** Clears from the oldest to the newest; nearly all of a table's are older than those kept. */
  private static final class LastClears {
    private final long openedBy;
    private final long[] writers = new long[SUSPECTS_KEPT];
    private final long[] indexes = new long[SUSPECTS_KEPT];
    private int size;

    LastClears(long openedBy) {
      this.openedBy = openedBy;
    }

    void stretch(long first, long count, long value, long step, long mark) {
      long writer = Mark.writer(mark);
      boolean full = size == SUSPECTS_KEPT;
      if (writer <= (full ? writers[0] : openedBy) || Mark.isUnknown(mark) || Tce.isMapped(value)) {
        return;
      }
      int at = size;
      while (at > 0 && writers[at - 1] > writer) {
        at--;
      }
      if (at == 0 || writers[at - 1] != writer) {
        insert(at, writer, first, full);
      }
    }

    /** Where all places are taken, the oldest goes. */
    private void insert(int place, long writer, long index, boolean full) {
      int at = full ? place - 1 : place;
      if (full) {
        move(1, 0, at);
      } else {
        move(at, at + 1, size++ - at);
      }
      writers[at] = writer;
      indexes[at] = index;
    }

    private void move(int from, int to, int count) {
      System.arraycopy(writers, from, writers, to, count);
      System.arraycopy(indexes, from, indexes, to, count);
    }
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    Map<Past.Question, Long> before =
        past.tces(
            freezes.stream()
                .flatMap(freeze -> recent(freeze, past))
                .map(Suspect::beforeTheClear)
                .toList());
    for (Freeze freeze : freezes) {
      recent(freeze, past)
          .filter(suspect -> wasMapped(before.get(suspect.beforeTheClear())))
          .findFirst()
          .ifPresentOrElse(
              suspect -> report(suspect, freeze, findings, past),
              () -> unexplained(freeze, state, findings, past));
    }
  }

  private static Stream<Suspect> recent(Freeze freeze, Past past) {
    return freeze.suspects().stream().filter(suspect -> isRecent(suspect, freeze, past));
  }

  private static void unexplained(Freeze freeze, IommuState state, Findings findings, Past past) {
    boolean trouble = freeze.trouble() > 0 && isRecent(freeze.trouble(), freeze, past);
    if (trouble || findings.has(Rule.DMA_PERMISSION_VIOLATION, freeze.ordinal())) {
      return;
    }
    List<String> windows =
        state.windows().stream()
            .filter(window -> window.bridge().buid() == freeze.buid() && freeze.buid() != 0)
            .map(window -> Hex.of(window.liobn()))
            .toList();
    boolean timed = past.time(freeze.ordinal()).isPresent();
    findings
        .report(Rule.EEH_FREEZE_UNEXPLAINED, freeze.ordinal())
        .atMost(timed && !windows.isEmpty() ? Confidence.INFERRED : Confidence.LOW)
        .address("buid", freeze.buid())
        .data("windows", windows)
        .message(
            "PE {buid} froze, and nothing shortly before in its {windows:window|windows} {windows}"
                + " explains it")
        .evidence(freeze.ordinal(), "freezes the PE");
  }

  private static boolean isRecent(Suspect suspect, Freeze freeze, Past past) {
    return isRecent(suspect.clearedBy(), freeze, past);
  }

  private static boolean isRecent(long ordinal, Freeze freeze, Past past) {
    OptionalLong between = past.between(ordinal, freeze.ordinal());
    return between.isPresent()
        ? between.getAsLong() <= SUSPICIOUS_NANOSECONDS
        : freeze.ordinal() - ordinal <= SUSPICIOUS_EVENTS;
  }

  private static boolean wasMapped(@Nullable Long tce) {
    return tce != null && Tce.isMapped(tce);
  }

  private void report(Suspect suspect, Freeze freeze, Findings findings, Past past) {
    DmaWindow window = suspect.window();
    long ioba = window.iobaOf(suspect.index());
    OptionalLong between = past.between(suspect.clearedBy(), freeze.ordinal());
    Draft draft =
        findings
            .report(Rule.EEH_FREEZE_AFTER_CLEAR, freeze.ordinal())
            .window(window)
            .ioba(ioba)
            .address("buid", window.bridge().buid())
            .data("clearedBy", suspect.clearedBy())
            .message("PE {buid} froze right after {ioba} in {liobn} was unmapped")
            .evidence(suspect.clearedBy(), "unmaps the address");
    if (between.isPresent()) {
      draft.data("millisecondsAfter", between.getAsLong() / NANOSECONDS_PER_MILLISECOND);
    }
    boolean named =
        freeze.ioba().isPresent() && window.indexOf(freeze.ioba().getAsLong()) == suspect.index();
    OptionalLong access =
        faults.faults().stream()
            .filter(fault -> fault.clearedBy == suspect.clearedBy())
            .mapToLong(fault -> fault.ordinal)
            .filter(ordinal -> ordinal < freeze.ordinal())
            .findFirst();
    access.ifPresent(ordinal -> draft.evidence(ordinal, "is a device's access to it"));
    if (!named && access.isEmpty()) {
      draft.atMost(between.isPresent() ? Confidence.INFERRED : Confidence.LOW);
    }
    draft.evidence(freeze.ordinal(), "freezes the PE");
  }
}

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

  private static final long NANOSECONDS_PER_MILLISECOND = 1_000_000;

  private record Suspect(DmaWindow window, long clearedBy, long index) {
    Past.Question beforeTheClear() {
      return new Past.Question(clearedBy, window, index);
    }
  }

  /** A freeze; {@code fault} if it names an address that mapped nothing. */
  private record Freeze(
      long ordinal, long buid, Faults.@Nullable Fault fault, List<Suspect> suspects, long trouble) {
    boolean names(Suspect suspect) {
      return fault != null && fault.window == suspect.window() && fault.index == suspect.index();
    }
  }

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
    Faults.Fault fault = null;
    for (DmaWindow window : PciDomain.windows(event, state)) {
      suspects.addAll(cleared(window));
      readOnly(event, window, findings);
      fault = fault == null ? namedFault(event, window) : fault;
    }
    suspects.sort(Comparator.comparingLong(Suspect::clearedBy).reversed());
    List<Suspect> last =
        fault == null
            ? suspects.stream().limit(LastClears.KEPT).toList()
            : List.of(new Suspect(fault.window, fault.clearedBy, fault.index));
    long buid = PciDomain.buid(event, state).orElse(0);
    freezes.add(new Freeze(event.ordinal(), buid, fault, last, lastTrouble(buid)));
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

  /** The record names an address that is known to map nothing: no other can be the cause. */
  private static Faults.@Nullable Fault namedFault(Event event, DmaWindow window) {
    long index = window.indexOf(event.ioba());
    boolean named = event.has(Event.IOBA) && window.hasGeometry() && window.contains(index);
    long mark = named ? window.mark(index) : 0;
    if (!named || Mark.isUnknown(mark) || window.isLive(index)) {
      return null;
    }
    Faults.Place place = new Faults.Place(window, Mark.writer(mark), true);
    Faults.Fault fault = new Faults.Fault(place, index, event.ioba(), event.ordinal());
    fault.count = 1;
    fault.last = event.ordinal();
    return fault;
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
    clears.forEach((writer, index) -> list.add(new Suspect(window, writer, index)));
    return list;
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    Map<Past.Question, Long> before =
        past.tces(
            freezes.stream()
                .flatMap(freeze -> judged(freeze, past))
                .filter(suspect -> suspect.clearedBy() != 0)
                .map(Suspect::beforeTheClear)
                .toList());
    for (Freeze freeze : freezes) {
      recent(freeze, past)
          .filter(suspect -> wasMapped(before.get(suspect.beforeTheClear())))
          .findFirst()
          .ifPresentOrElse(
              suspect -> report(suspect, freeze, findings, past),
              () -> unexplained(freeze, state, before, findings, past));
    }
  }

  /** A clear of the very address that is named is told however old it is. */
  private static Stream<Suspect> judged(Freeze freeze, Past past) {
    return freeze.fault() == null ? recent(freeze, past) : freeze.suspects().stream();
  }

  private static Stream<Suspect> recent(Freeze freeze, Past past) {
    return freeze.suspects().stream().filter(suspect -> isRecent(suspect, freeze, past));
  }

  private void unexplained(
      Freeze freeze,
      IommuState state,
      Map<Past.Question, Long> before,
      Findings findings,
      Past past) {
    Faults.Fault fault = freeze.fault();
    if (fault != null) {
      boolean told = faults.faults().stream().anyMatch(access -> access.tells(fault));
      if (!told) {
        Suspect suspect = freeze.suspects().getFirst();
        Faults.report(fault, before.get(suspect.beforeTheClear()), findings, past);
      }
      return;
    }
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
    boolean named = freeze.names(suspect);
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

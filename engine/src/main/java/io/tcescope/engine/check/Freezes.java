package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * PEs that freeze right after entries of theirs were cleared. Every cleared entry knows who cleared
 * it, so the suspects are found in the tables when the freeze comes.
 */
final class Freezes implements Check {
  private static final long SUSPICIOUS_NANOSECONDS = 5_000_000_000L;

  /** Where nothing has a time, only the last events before the freeze are suspicious. */
  private static final long SUSPICIOUS_EVENTS = 1000;

  private static final int SUSPECTS_KEPT = 16;
  private static final long DOMAIN_MASK = 0xffff;
  private static final long NANOSECONDS_PER_MILLISECOND = 1_000_000;

  /** EEH lines that tell of the way back, not of the freeze. */
  private static final Pattern RECOVERY = Pattern.compile("(?i)recover|thaw");

  private record Suspect(DmaWindow window, long clearedBy, long index) {}

  private record Freeze(long ordinal, OptionalLong ioba, List<Suspect> suspects) {}

  private final Faults faults;
  private final List<Freeze> freezes = new ArrayList<>();

  Freezes(Faults faults) {
    this.faults = faults;
  }

  @Override
  public int interests() {
    return Signal.RECORD;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind() != EventKind.EEH || RECOVERY.matcher(event.text()).find()) {
      return;
    }
    List<Suspect> suspects = new ArrayList<>();
    for (DmaWindow window : state.windows()) {
      if (isOf(event, window)) {
        suspects.addAll(cleared(window));
      }
    }
    suspects.sort(Comparator.comparingLong(Suspect::clearedBy).reversed());
    OptionalLong ioba =
        event.has(Event.IOBA) ? OptionalLong.of(event.ioba()) : OptionalLong.empty();
    List<Suspect> last = suspects.stream().limit(SUSPECTS_KEPT).toList();
    freezes.add(new Freeze(event.ordinal(), ioba, last));
  }

  /** A guest's log names the PE by its PCI domain, which is the low end of the BUID. */
  private static boolean isOf(Event event, DmaWindow window) {
    long buid = window.bridge().buid();
    return event.has(Event.BUID)
        ? buid == event.buid()
        : event.has(Event.ID) && buid != 0 && (buid & DOMAIN_MASK) == event.id();
  }

  /** The last clears of a window, each with the first entry it cleared. */
  private static List<Suspect> cleared(DmaWindow window) {
    TreeMap<Long, Long> byEvent = new TreeMap<>();
    window.visit(
        (first, count, value, step, mark) -> {
          long writer = Mark.writer(mark);
          boolean clear = !Mark.isUnknown(mark) && !Tce.isMapped(value) && writer > 0;
          if (clear && writer > window.openedBy()) {
            byEvent.putIfAbsent(writer, first);
            if (byEvent.size() > SUSPECTS_KEPT) {
              byEvent.pollFirstEntry();
            }
          }
        });
    List<Suspect> list = new ArrayList<>();
    byEvent.forEach((writer, index) -> list.add(new Suspect(window, writer, index)));
    return list;
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    for (Freeze freeze : freezes) {
      freeze.suspects().stream()
          .filter(suspect -> isRecent(suspect, freeze, past))
          .filter(suspect -> wasMapped(suspect, past))
          .findFirst()
          .ifPresent(suspect -> report(suspect, freeze, findings, past));
    }
  }

  private static boolean isRecent(Suspect suspect, Freeze freeze, Past past) {
    OptionalLong between = past.between(suspect.clearedBy(), freeze.ordinal());
    return between.isPresent()
        ? between.getAsLong() <= SUSPICIOUS_NANOSECONDS
        : freeze.ordinal() - suspect.clearedBy() <= SUSPICIOUS_EVENTS;
  }

  private static boolean wasMapped(Suspect suspect, Past past) {
    OptionalLong old = past.tceBefore(suspect.clearedBy(), suspect.window(), suspect.index());
    return old.isPresent() && Tce.isMapped(old.getAsLong());
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

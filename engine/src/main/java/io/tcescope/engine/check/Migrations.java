package io.tcescope.engine.check;

import static io.tcescope.engine.event.Phrases.phrase;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Phrases;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a partition's suspend and migration, and a migration of QEMU, mean for windows. */
final class Migrations implements Check {
  private static final Phrases<EventKind> SUSPENDING =
      new Phrases<>(
          List.of(
              phrase("partition migration", "(?i)partition migration", EventKind.SUSPEND),
              phrase("ibm,suspend-me", "(?i)ibm,suspend-me", EventKind.SUSPEND),
              phrase("suspending ", "(?i)suspending (?:the )?partition", EventKind.SUSPEND)));

  /** Signs so close together tell of one suspend. */
  private static final long SAME_SUSPEND = 1000;

  private static final int OWN_PAGE_SHIFT = 12;

  private record Offer(long block, long mask, long ordinal) {}

  /** A table as a migration or a snapshot of the machine holds it. */
  private record Table(long entries, long start, int pageShift) {
    static Table of(Event event) {
      return new Table(event.entries(), event.start(), event.pageShift());
    }
  }

  /** All the ways in which a table was saved, any of which may be loaded, and the latest. */
  private static final class Saves {
    final Set<Table> tables = new HashSet<>();
    Table latest = new Table(0, 0, 0);
    long ordinal;

    void add(Event event) {
      latest = Table.of(event);
      tables.add(latest);
      ordinal = event.ordinal();
    }
  }

  /** A guest with more broken tables than that has other trouble than a migration. */
  private static final int MOST_TABLES = 512;

  private final Storms storms = new Storms();
  private final Map<Long, Offer> offers = new HashMap<>();
  private final Map<Long, Saves> saves = new HashMap<>();

  /** Tables whose maps failed before any suspend, as the guest's log tells. */
  private final Set<Long> brokenBefore = new HashSet<>();

  private long suspended;
  private long lastSign;

  @Override
  public int interests() {
    return Signal.RECORD | Signal.WINDOW_CALL | (suspended == 0 ? 0 : Signal.REFUSED);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    switch (event.kind()) {
      case SUSPEND -> suspended(event, state, findings);
      case LOG -> {
        if (SUSPENDING.in(event.text()).isPresent()) {
          suspended(event, state, findings);
        }
      }
      case QUERY_PE_DMA_WINDOW -> queried(event, state, findings);
      case PRE_SAVE -> saves.computeIfAbsent(event.liobn(), liobn -> new Saves()).add(event);
      case POST_LOAD -> loaded(event, state, findings);
      default -> {
        if (event.has(Event.WITNESS)) {
          told(event, state, findings);
        } else {
          refused(event, change, findings);
        }
      }
    }
  }

  @Override
  public void rebooted() {
    suspended = 0;
    lastSign = 0;
    offers.clear();
    brokenBefore.clear();
  }

  private void suspended(Event event, IommuState state, Findings findings) {
    boolean same = lastSign > 0 && event.ordinal() - lastSign < SAME_SUSPEND;
    lastSign = event.ordinal();
    if (same) {
      return;
    }
    suspended = event.ordinal();
    long live = 0;
    List<String> windows = new ArrayList<>();
    for (DmaWindow window : state.windows()) {
      boolean physical = window.role() == Role.DEFAULT || window.role() == Role.DDW;
      if (physical && window.mapping() != Mapping.DIRECT && window.mapped() > 0) {
        live += window.mapped();
        windows.add(Hex.of(window.liobn()));
      }
    }
    if (live > 0) {
      findings
          .report(Rule.SUSPEND_WITH_LIVE_TCES, event.ordinal())
          .data("live", live)
          .data("windows", windows)
          .message(
              "The partition is suspended with {live} live {live:entry|entries} in"
                  + " {windows:window|windows} {windows}")
          .evidence(event.ordinal(), "suspends the partition");
    }
  }

  private void queried(Event event, IommuState state, Findings findings) {
    if (!event.has(Event.BUID | Event.LARGEST_BLOCK | Event.PAGE_MASK)) {
      return;
    }
    Offer now = new Offer(event.largestBlock(), event.pageMask(), event.ordinal());
    Offer before = offers.put(event.buid(), now);
    boolean changed =
        before != null
            && before.ordinal() < suspended
            && (before.block() != now.block() || before.mask() != now.mask());
    if (!changed) {
      return;
    }
    for (DmaWindow window : state.windows()) {
      boolean old = window.role() == Role.DDW && window.openedBy() < suspended;
      if (old && window.bridge().buid() == event.buid()) {
        change(event, window, findings)
            .evidence(before.ordinal(), "offers other windows before the migration");
      }
    }
  }

  private Draft change(Event event, DmaWindow window, Findings findings) {
    return storms
        .add(
            Storms.Key.of(Rule.MIGRATION_WINDOW_CHANGE, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.MIGRATION_WINDOW_CHANGE, event.ordinal())
                    .atMost(Confidence.INFERRED)
                    .window(window)
                    .data("operations", 0L)
                    .data("suspendedBy", suspended)
                    .message("Window {liobn} of before the migration does not hold any more")
                    .evidence(suspended, "suspends the partition"))
        .evidence(event.ordinal(), "shows that the windows are others now");
  }

  /** A call inside a window of before that is refused for its arguments. */
  private void refused(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    boolean strange =
        suspended > 0
            && event.kind().isTceCall()
            && event.kind() != EventKind.H_STUFF_TCE
            && event.status() == HcallStatus.H_PARAMETER
            && window.isOpen()
            && window.role() != Role.VIO
            && window.openedBy() < suspended
            && window.hasGeometry()
            && event.has(Event.IOBA)
            && window.covers(event.ioba());
    if (strange) {
      change(event, window, findings);
    }
  }

  /**
   * True if a table of the machine's own has another size in the migration. Own tables have 4K
   * pages; a created window that took the default one's place, which is no mismatch, seldom has.
   */
  private static boolean isOther(Table loaded, long ownEntries) {
    return ownEntries != 0
        && loaded.entries() != 0
        && loaded.entries() != ownEntries
        && loaded.pageShift() == OWN_PAGE_SHIFT;
  }

  /** A map that fails by the guest's own words, which tell the table and not where in it. */
  private void told(Event event, IommuState state, Findings findings) {
    boolean failed =
        !state.rules().showsTables()
            && GuestMapFailures.isFailedMap(event)
            && event.has(Event.LIOBN)
            && event.status() == HcallStatus.H_PARAMETER;
    if (!failed) {
      return;
    }
    long liobn = event.liobn();
    DmaWindow window = state.window(liobn);
    boolean ofBefore =
        window == DmaWindow.NONE || (window.isOpen() && window.openedBy() < suspended);
    if (suspended == 0 && brokenBefore.size() < MOST_TABLES) {
      brokenBefore.add(liobn);
    } else if (suspended > 0 && ofBefore && !brokenBefore.contains(liobn)) {
      storms
          .add(
              new Storms.Key(
                  Rule.MIGRATION_WINDOW_CHANGE, liobn, window.generation(), "in the guest's words"),
              event.ordinal(),
              () ->
                  findings
                      .report(Rule.MIGRATION_WINDOW_CHANGE, event.ordinal())
                      .atMost(Confidence.LOW)
                      .liobn(liobn, window.generation())
                      .data("operations", 0L)
                      .data("suspendedBy", suspended)
                      .message("Maps on {liobn} fail since the partition was suspended")
                      .evidence(suspended, "suspends the partition"))
          .evidence(event.ordinal(), "is a map that fails after it");
    }
  }

  /**
   * What is loaded as it was saved once is right, whatever was there before. It may have been saved
   * before the recording, or by an emulator that is no more.
   */
  private void loaded(Event event, IommuState state, Findings findings) {
    Table loaded = Table.of(event);
    Saves source = saves.get(event.liobn());
    long before = event.has(Event.PAGES) ? event.pages() : 0;
    boolean wrong = source == null ? isOther(loaded, before) : !source.tables.contains(loaded);
    if (!wrong) {
      return;
    }
    Draft draft =
        findings
            .report(Rule.QEMU_MIGRATION_TABLE_MISMATCH, event.ordinal())
            .liobn(event.liobn())
            .address("entries", loaded.entries())
            .address("start", loaded.start())
            .data("pageShift", loaded.pageShift());
    if (source != null) {
      draft
          .atMost(state.isFromStart() ? Confidence.INFERRED : Confidence.LOW)
          .address("savedEntries", source.latest.entries())
          .message(
              "Table {liobn} was saved with {savedEntries} entries and loaded with {entries}, or"
                  + " at another place")
          .evidence(source.ordinal, "saves the table");
    } else {
      draft
          .atMost(Confidence.INFERRED)
          .address("ownEntries", before)
          .message("Table {liobn} has {ownEntries} entries here and {entries} in the migration");
    }
    draft.evidence(event.ordinal(), "loads the table");
  }
}

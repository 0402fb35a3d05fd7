package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Notation;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What guests ask of the four window calls, and what they make of the answers. */
final class WindowRequests implements Check {
  /** QEMU counts a table's entries in 32 bits. */
  private static final long QEMU_ENTRY_LIMIT = 1L << 32;

  private final WindowHistory history;
  private final Set<Long> toldSmall = new HashSet<>();

  /** Tables without memory, by LIOBN, and the last time such a LIOBN got a table again. */
  private final Map<Long, Draft> emptyTables = new HashMap<>();

  /** Windows of one byte asked for, by PE: Linux asks once, but several recorders may tell. */
  private final Map<Long, Draft> zeroSizes = new HashMap<>();

  private long fatalTable;
  private long fatalLiobn;

  /** Removes of windows that exist which were refused. */
  private final Map<Long, Draft> refusedRemoves = new HashMap<>();

  WindowRequests(WindowHistory history) {
    this.history = history;
  }

  @Override
  public int interests() {
    return Signal.WINDOW_CALL | Signal.RECORD;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    switch (event.kind()) {
      case NEW_TABLE -> newTable(event, findings);
      case QUERY_PE_DMA_WINDOW -> query(event, state, findings);
      case CREATE_PE_DMA_WINDOW -> create(event, change, state, findings);
      case REMOVE_PE_DMA_WINDOW -> remove(event, change, findings);
      default -> {} // no other record asks for a window
    }
  }

  private void newTable(Event event, Findings findings) {
    long liobn = event.liobn();
    if (event.has(Event.NO_TABLE)) {
      emptyTables.put(liobn, zeroEntries(event, findings).liobn(liobn));
    } else if (emptyTables.containsKey(liobn)) {
      fatalTable = event.ordinal();
      fatalLiobn = liobn;
    }
  }

  private static Draft zeroEntries(Event event, Findings findings) {
    return findings
        .report(Rule.DDW_ZERO_ENTRY_TABLE, event.ordinal())
        .severity(Severity.ERROR)
        .message("A window of 2^32 or more entries does not fit QEMU's 32-bit table size")
        .evidence(event.ordinal(), "asks for the window; its table has no entries");
  }

  private void query(Event event, IommuState state, Findings findings) {
    if (!event.has(Event.BUID | Event.LARGEST_BLOCK | Event.PAGE_MASK)
        || !event.has(Event.AVAILABLE)) {
      return;
    }
    Machine machine = state.rules().machine();
    OptionalLong memory = machine.maxmem().isPresent() ? machine.maxmem() : machine.ram();
    int shift = PageSizes.largestShift(event.pageMask());
    if (memory.isEmpty() || shift == 0 || toldSmall.contains(event.buid())) {
      return;
    }
    long needed = pages(memory.getAsLong(), shift);
    if (Long.compareUnsigned(event.largestBlock(), needed) < 0) {
      toldSmall.add(event.buid());
      findings
          .report(Rule.DDW_SMALLER_THAN_RAM, event.ordinal())
          .address("buid", event.buid())
          .address("block", event.largestBlock())
          .address("needed", needed)
          .data("pageShift", shift)
          .message(
              "The largest block is too small for a 1:1 window: {needed} pages of "
                  + Notation.pageSize(shift)
                  + " needed, {block} offered")
          .evidence(event.ordinal(), "tells the largest block");
    }
  }

  private static long pages(long bytes, int shift) {
    long size = Long.highestOneBit(bytes);
    return (size == bytes ? size : size << 1) >>> shift;
  }

  private void create(Event event, Change change, IommuState state, Findings findings) {
    boolean refused = change.has(Signal.REFUSED);
    boolean tooMany =
        event.has(Event.ENTRIES)
            && Long.compareUnsigned(event.entries(), QEMU_ENTRY_LIMIT) >= 0
            && state.rules().platform() == Platform.QEMU;
    if (refused && tooMany) {
      zeroEntries(event, findings).address("entries", event.entries());
    } else {
      budget(event, refused, findings);
    }
    if (refused && event.has(Event.SIZE) && event.size() == 1) {
      zeroSizes
          .computeIfAbsent(event.buid(), buid -> zeroSize(event, findings))
          .count("operations", 1);
    }
    race(event, change, state, findings);
  }

  private static Draft zeroSize(Event event, Findings findings) {
    return findings
        .report(Rule.DDW_CREATE_ZERO_SIZE, event.ordinal())
        .address("buid", event.buid())
        .data("operations", 0L)
        .message("The guest asked for a window of one byte (window shift 0)")
        .evidence(event.ordinal(), "asks for it and is refused");
  }

  private void budget(Event event, boolean refused, Findings findings) {
    Optional<WindowHistory.Query> query = history.query(event.buid());
    if (query.isEmpty() || query.get().block() == 0 || !event.has(Event.ENTRIES)) {
      return;
    }
    long block = query.get().block();
    if (Long.compareUnsigned(event.entries(), block) <= 0) {
      return;
    }
    findings
        .report(Rule.CREATE_EXCEEDS_TCE_BUDGET, event.ordinal())
        .severity(refused ? Severity.ERROR : Severity.INFO)
        .address("buid", event.buid())
        .address("entries", event.entries())
        .address("block", block)
        .message(
            refused
                ? "A window of {entries} entries was asked for, {block} were offered"
                : "The platform granted {entries} entries, more than the {block} it offered")
        .evidence(query.get().ordinal(), "offers the largest block")
        .evidence(event.ordinal(), "asks for more");
  }

  /** The same request for the same device twice: its set-up is not serialised. */
  private void race(Event event, Change change, IommuState state, Findings findings) {
    if (!event.has(Event.BUID | Event.CONFIG_ADDRESS | Event.PAGE_SHIFT | Event.ENTRIES)) {
      return;
    }
    for (DmaWindow window : state.windows()) {
      Optional<WindowHistory.Creation> made = history.creation(window);
      boolean twin =
          made.isPresent()
              && !change.opened().contains(window)
              && window.bridge().buid() == event.buid()
              && made.get().configAddress() == event.configAddress()
              && made.get().pageShift() == event.pageShift()
              && made.get().entries() == event.entries();
      if (twin) {
        findings
            .report(Rule.DDW_ENABLE_RACE, event.ordinal())
            .window(window)
            .address("configAddress", event.configAddress())
            .message("A second window was asked for while {liobn} of the same device exists")
            .evidence(made.get().ordinal(), "created the first window")
            .evidence(event.ordinal(), "asks for the same again");
        return;
      }
    }
  }

  private void remove(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    if (!change.has(Signal.REFUSED)) {
      Draft retried = refusedRemoves.remove(event.liobn());
      if (retried != null) {
        findings.withdraw(retried);
      }
      return;
    }
    if (window.isOpen()) {
      refusedRemoves.computeIfAbsent(
          event.liobn(),
          liobn ->
              findings
                  .report(Rule.REMOVE_FAILED_IGNORED, event.ordinal())
                  .window(window)
                  .data("status", event.status())
                  .message("Window {liobn} could not be removed (status {status})")
                  .evidence(event.ordinal(), "is refused, and nobody tried again"));
    } else {
      findings
          .report(Rule.VFIO_UNSET_UNSET_WINDOW, event.ordinal())
          .liobn(event.liobn())
          .message("Window {liobn} was to be removed, but there is none")
          .evidence(window.closedBy(), "removed it already")
          .evidence(event.ordinal(), "is refused");
    }
  }

  /** The recording ends with the table that QEMU cannot make: it has died there. */
  @Override
  public void end(IommuState state, Findings findings, Past past) {
    Draft draft = emptyTables.get(fatalLiobn);
    if (fatalTable != 0 && fatalTable == state.events() && draft != null) {
      draft
          .severity(Severity.CRITICAL)
          .message(
              "A window of 2^32 or more entries was asked for; QEMU died at the next create or"
                  + " reset")
          .evidence(fatalTable, "makes the table again: the recording's last event");
    }
  }
}

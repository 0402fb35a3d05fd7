package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.EntryCount;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** 1:1 windows and the memory they should cover; dynamic ones large enough to be taken for such. */
final class DirectWindows implements Check {
  /** Memory came or went while a 1:1 window was open; the guest has until the end to follow. */
  private record Block(DmaWindow window, boolean added, long address, long size, long ordinal) {
    long first() {
      return address >>> window.pageShift();
    }

    long pages() {
      return Math.max(1, size >>> window.pageShift());
    }
  }

  private final WindowHistory history;
  private final List<Block> blocks = new ArrayList<>();

  DirectWindows(WindowHistory history) {
    this.history = history;
  }

  @Override
  public int interests() {
    return Signal.RECORD | Signal.CLASSIFIED;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    boolean added = event.kind() == EventKind.MEMORY_ADDED;
    if (added || event.kind() == EventKind.MEMORY_REMOVED) {
      memory(event, added, state);
    }
    if (change.has(Signal.CLASSIFIED)) {
      classified(event, change.window(), state, findings);
    }
  }

  private void memory(Event event, boolean added, IommuState state) {
    blocks.removeIf(block -> block.address() == event.start());
    for (DmaWindow window : state.windows()) {
      if (isDirect(window)) {
        blocks.add(
            new Block(window, added, event.start(), Memory.blockSize(event), event.ordinal()));
      }
    }
  }

  private static boolean isDirect(DmaWindow window) {
    return window.mapping() == Mapping.DIRECT || window.mapping() == Mapping.HYBRID;
  }

  /**
   * Linux 5.15 to 6.6 take a window that they find for a 1:1 one if it is as large as memory can
   * grow. A window that the recording saw being made was not found.
   */
  private void classified(Event event, DmaWindow window, IommuState state, Findings findings) {
    Machine machine = state.rules().machine();
    OptionalLong memory = machine.maxmem().isPresent() ? machine.maxmem() : machine.ram();
    boolean candidate = window.role() == Role.DDW && window.mapping() == Mapping.DYNAMIC;
    if (!candidate || memory.isEmpty() || history.creation(window).isPresent()) {
      return;
    }
    long size = window.entries() << window.pageShift();
    if (Long.compareUnsigned(size, memory.getAsLong()) >= 0) {
      findings
          .report(Rule.EXISTING_DDW_MISJUDGED_DIRECT, event.ordinal())
          .severity(Severity.WARNING)
          .atMost(Confidence.LOW)
          .window(window)
          .ioba(event)
          .address("size", size)
          .address("memory", memory.getAsLong())
          .message(
              "Dynamic window {liobn} is as large as memory: Linux 5.15 to 6.6 would take it for a"
                  + " 1:1 window")
          .evidence(window.openedBy(), "made the window")
          .evidence(event.ordinal(), "maps something that is not 1:1");
    }
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    for (Block block : blocks) {
      if (block.window().isOpen()) {
        judge(block, findings);
      }
    }
    OptionalLong ram = state.rules().machine().ram();
    for (DmaWindow window : state.windows()) {
      if (window.mapping() == Mapping.DIRECT && ram.isPresent()) {
        tail(window, ram.getAsLong(), state, findings);
      }
    }
  }

  private static void judge(Block block, Findings findings) {
    DmaWindow window = block.window();
    EntryCount count = EntryCount.of(window, block.first(), block.pages());
    long live = count.live();
    long clear = block.pages() - live - count.unknown(); // what lies outside is not mapped either
    if (block.added() && clear > 0) {
      describe(findings.report(Rule.DIRECT_WINDOW_LMB_MISSING, block.ordinal()), block)
          .data("missing", clear)
          .message(
              "Memory was added, but {missing} {missing:entry|entries} of 1:1 window {liobn}"
                  + " {missing:does|do} not map it")
          .evidence(block.ordinal(), "adds the memory");
    } else if (!block.added() && live > 0) {
      describe(findings.report(Rule.DIRECT_WINDOW_LMB_NOT_CLEARED, block.ordinal()), block)
          .data("live", live)
          .message(
              "Memory was removed, but {live} {live:entry|entries} of 1:1 window {liobn} still"
                  + " {live:maps|map} it")
          .evidence(block.ordinal(), "removes the memory");
    }
  }

  private static Draft describe(Draft draft, Block block) {
    DmaWindow window = block.window();
    long first = window.iobaOf(block.first());
    return draft
        .window(window)
        .ioba(first)
        .address("firstIoba", first)
        .address("endIoba", window.iobaOf(block.first() + block.pages()));
  }

  private static void tail(DmaWindow window, long ram, IommuState state, Findings findings) {
    long index = ram >>> window.pageShift();
    boolean odd = (ram & (window.pageSize() - 1)) != 0;
    if (odd && window.contains(index) && window.isKnownClear(index)) {
      findings
          .report(Rule.DIRECT_WINDOW_TAIL_UNMAPPED, state.events())
          .window(window)
          .ioba(window.iobaOf(index))
          .address("ram", ram)
          .address("unmapped", ram & (window.pageSize() - 1))
          .message("The last {unmapped} bytes of memory are not mapped in 1:1 window {liobn}")
          .evidence(window.openedBy(), "made the window");
    }
  }
}

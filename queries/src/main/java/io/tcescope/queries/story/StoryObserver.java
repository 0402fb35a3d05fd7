package io.tcescope.queries.story;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Numbering;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import io.tcescope.queries.timeline.Moment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Watches a replay and tells its story. */
public final class StoryObserver implements Observer {
  private static final int OF_NOTE =
      Signal.OPENED
          | Signal.CLOSED
          | Signal.SWEPT
          | Signal.REFUSED
          | Signal.FAULT
          | Signal.CLASSIFIED
          | Signal.CONTRADICTED
          | Signal.LOST
          | Signal.WINDOW_CALL
          | Signal.RECORD;

  private static final String MACHINE = "machine";
  private static final String UNKNOWN = "LIOBNs without a window";

  private final Map<String, ChapterDraft> chapters = new LinkedHashMap<>();

  /** Windows whose first entry was told; of a LIOBN the last one. */
  private final Map<Long, DmaWindow> used = new LinkedHashMap<>();

  /** The last of them that a call was about, for calls come in runs. */
  private DmaWindow lastUsed = DmaWindow.NONE;

  private long origin = Event.NO_TIME;

  @Override
  public void on(Event event, Change change, IommuState state) {
    if (origin == Event.NO_TIME) {
      origin = event.time();
    }
    // What a second recorder says of a call was told when the first said it.
    if (change.has(OF_NOTE) && !event.has(Event.WITNESS)) {
      note(event, change, state);
    }
    if (change.has(Signal.MAPPED) && change.window() != lastUsed) {
      firstUse(event, change.window());
    }
  }

  private void firstUse(Event event, DmaWindow window) {
    if (used.put(window.liobn(), window) != window) {
      chapter(window).turn(Moment.of(event), WindowWords.used(window), "");
    }
    lastUsed = window;
  }

  private void note(Event event, Change change, IommuState state) {
    Moment now = Moment.of(event);
    windows(now, change, state);
    if (change.has(Signal.SWEPT)) {
      swept(now, change.window());
    }
    if (change.has(Signal.CLASSIFIED) && change.window().mapping() == Mapping.HYBRID) {
      chapter(change.window()).tell(now, WindowWords.used(change.window()), "");
    }
    if (change.has(Signal.CONTRADICTED)) {
      String place = change.window() == DmaWindow.NONE ? "" : " about " + change.window();
      chapter(change.window()).tell(now, "records contradict" + place, change.contradiction());
    }
    if (change.has(Signal.LOST)) {
      chapter(MACHINE).tell(now, "records are lost", "");
    }
    if (change.has(Signal.FAULT)) {
      chapter(change.window())
          .tell(now, "devices' accesses to " + name(event, change) + " find no mapping", "");
    }
    switch (event.kind().group()) {
      case TCE -> call(now, event, change);
      case DDW -> windowCall(now, event, state);
      case GUEST, PLATFORM -> record(now, event, state);
      case TABLE, DEVICE, RECORD -> {}
    }
  }

  private void windows(Moment now, Change change, IommuState state) {
    for (DmaWindow window : change.closed()) {
      if (change.opened().contains(window)) { // nothing had told of it before
        chapter(window).turn(now, WindowWords.opened(window, Change.Cause.ASSUMED), "");
      }
      boolean tables = state.rules().showsTables();
      String live = tables ? WindowWords.live(window.mapped()) : "";
      chapter(window).turn(now, WindowWords.closed(window, tables), live);
    }
    for (DmaWindow window : change.opened()) {
      if (window.isOpen()) {
        chapter(window).turn(now, WindowWords.opened(window, change.cause()), "");
      }
    }
  }

  /** What is mapped next is a new use of the window. */
  private void swept(Moment now, DmaWindow window) {
    chapter(window).turn(now, WindowWords.name(window) + " is cleared as a whole", "");
    used.remove(window.liobn());
    lastUsed = DmaWindow.NONE;
  }

  private void call(Moment now, Event event, Change change) {
    if (change.has(Signal.REFUSED) && event.status() != HcallStatus.H_TOO_HARD) {
      String gone = change.has(Signal.DEAD_LIOBN) ? " (gone)" : "";
      String what =
          event.kind().call()
              + " on "
              + name(event, change)
              + gone
              + " fails: "
              + HcallStatus.name(event.status());
      ChapterDraft chapter =
          change.has(Signal.UNKNOWN_LIOBN)
              ? chapter(UNKNOWN)
              : chapter(event.liobn(), change.window());
      chapter.tell(now, what, "");
    }
  }

  private void windowCall(Moment now, Event event, IommuState state) {
    boolean query = event.kind() == EventKind.QUERY_PE_DMA_WINDOW;
    if (event.has(Event.STATUS) && !event.succeeded()) {
      chapter(event, state).tell(now, event.kind().call() + " fails: status " + event.status(), "");
    } else if (query && event.has(Event.AVAILABLE)) {
      String windows = event.available() == 1 ? " window" : " windows";
      chapter(event, state)
          .turn(now, "the guest asks: " + event.available() + windows + " available", "");
    } else if (query) {
      chapter(event, state).turn(now, "the guest asks for windows", "");
    }
  }

  private void record(Moment now, Event event, IommuState state) {
    String what =
        switch (event.kind()) {
          case ALLOC_FAILED -> "the guest's allocator finds no room";
          case EEH -> "EEH speaks up";
          case UNPLUG, DRC_UNPLUG_REQUEST -> "an unplug is asked for";
          case MACHINE_RESET -> "the machine is reset";
          case QUIESCE -> "firmware quiesces the machine";
          case SUSPEND -> "the partition is suspended";
          case MEMORY_ADDED -> "memory is added";
          case MEMORY_REMOVED -> "memory is removed";
          default -> "";
        };
    if (!what.isEmpty()) {
      chapter(event, state).tell(now, what, firstLine(event.text()));
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }

  private static String name(Event event, Change change) {
    return Hex.of(event.has(Event.LIOBN) ? event.liobn() : change.window().liobn());
  }

  /** The chapter of the bridge or window that a record names, or of the machine. */
  private ChapterDraft chapter(Event event, IommuState state) {
    if (event.has(Event.BUID)) {
      return chapter(bridge(event.buid()));
    }
    if (event.has(Event.LIOBN)) {
      return chapter(event.liobn(), state.window(event.liobn()));
    }
    OptionalLong buid =
        event.device() == null ? OptionalLong.empty() : Numbering.buidOfDevice(event.device());
    return chapter(buid.isPresent() ? bridge(buid.getAsLong()) : MACHINE);
  }

  private ChapterDraft chapter(DmaWindow window) {
    return window == DmaWindow.NONE ? chapter(MACHINE) : chapter(window.liobn(), window);
  }

  private ChapterDraft chapter(long liobn, DmaWindow window) {
    OptionalLong numbered = Numbering.buidOfLiobn(liobn);
    if (window.bridge().buid() != 0) {
      return chapter(bridge(window.bridge().buid()));
    }
    if (numbered.isPresent()) {
      return chapter(bridge(numbered.getAsLong()));
    }
    String kind = window.role() == Role.VIO ? "VIO window " : "window ";
    return chapter(kind + Hex.of(liobn));
  }

  private static String bridge(long buid) {
    return "bridge " + Hex.of(buid);
  }

  private ChapterDraft chapter(String subject) {
    return chapters.computeIfAbsent(subject, ChapterDraft::new);
  }

  /** What was told, once the replay has ended. */
  public Story story() {
    return new Story(origin, chapters.values().stream().map(ChapterDraft::chapter).toList());
  }
}

package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How well a recording answers the questions that people have, by what is in it. */
final class Evaluation {
  private final boolean tables;
  private final boolean qemuOnly;
  private final boolean guest;
  private final boolean tracer;
  private final boolean log;
  private final Map<EventKind, Long> counts = new EnumMap<>(EventKind.class);
  private long completedLists;
  private long untoldLists;
  private long recordedLists;
  private long timed;
  private long devices;

  Evaluation(Set<SourceKind> sources) {
    tables = sources.stream().anyMatch(SourceKind::tellsTables);
    qemuOnly = sources.stream().allMatch(SourceKind::isQemu);
    tracer = sources.contains(SourceKind.FTRACE) || sources.contains(SourceKind.TRACE_DAT);
    log = sources.contains(SourceKind.DMESG);
    guest = tracer || log;
  }

  void note(Event event, IommuState state) {
    counts.merge(event.kind(), 1L, Long::sum);
    timed += event.time() != Event.NO_TIME ? 1 : 0;
    devices += event.device() != null && event.kind() == EventKind.DMA_MAP ? 1 : 0;
    if (event.kind() == EventKind.H_PUT_TCE_INDIRECT) {
      list(event, state);
    }
  }

  private void list(Event event, IommuState state) {
    if (event.has(Event.LIST)) {
      recordedLists++;
    } else if (event.has(Event.LIST_LAST_ONLY) && state.rules().inferLists()) {
      completedLists++;
    } else if (event.has(Event.LIST_LAST_ONLY)) {
      untoldLists++;
    }
  }

  private boolean saw(EventKind... kinds) {
    for (EventKind kind : kinds) {
      if (counts.containsKey(kind)) {
        return true;
      }
    }
    return false;
  }

  List<Verdict> verdicts(IommuState state) {
    return List.of(
        windows(),
        failedWindows(),
        entries(state),
        lists(),
        failures(),
        accesses(),
        owners(),
        allocations(),
        complaints(),
        time());
  }

  private Verdict windows() {
    String question = "which windows there were, and when they came and went";
    boolean any =
        saw(
            EventKind.QUERY_PE_DMA_WINDOW,
            EventKind.CREATE_PE_DMA_WINDOW,
            EventKind.REMOVE_PE_DMA_WINDOW,
            EventKind.NEW_TABLE,
            EventKind.WINDOW);
    if (!any) {
      return Verdict.no(question, "no record of a window being made, removed or asked for");
    }
    boolean hotplug =
        saw(
            EventKind.DRC,
            EventKind.DRC_ATTACH,
            EventKind.DRC_RESET,
            EventKind.DRC_UNPLUG_REQUEST,
            EventKind.DRC_UNREALIZE);
    return qemuOnly && !hotplug
        ? Verdict.partly(
            question,
            "the calls that make and remove them are recorded; that a bridge is unplugged, and its"
                + " windows with it, is not (no spapr_drc event)")
        : Verdict.yes(question, "the calls that make and remove them are recorded");
  }

  private Verdict failedWindows() {
    String question = "which calls to make or remove a window failed";
    return qemuOnly
        ? Verdict.no(question, "QEMU writes such calls only when they succeed")
        : Verdict.yes(question, "window calls are recorded with their status");
  }

  private Verdict entries(IommuState state) {
    String question = "what every entry of a window holds, at any moment";
    if (!tables) {
      return Verdict.no(question, "a guest's recording shows calls, not tables");
    }
    if (!state.rules().unrecorded().isEmpty()) {
      List<String> calls = state.rules().unrecorded().stream().map(EventKind::call).toList();
      return Verdict.no(
          question,
          "the guest must have made calls of which not one is recorded: "
              + String.join(", ", calls));
    }
    List<String> gaps = new ArrayList<>();
    if (!state.isFromStart()) {
      gaps.add("what the tables held before the recording began");
    }
    if (state.isLossy()) {
      gaps.add("what happened where the recorder lost records");
    }
    if (untoldLists > 0) {
      gaps.add("the lists below");
    }
    if (state.windows().stream().anyMatch(DmaWindow::isInKernel)) {
      gaps.add("windows whose table the host kernel keeps");
    }
    boolean virtual = state.windows().stream().anyMatch(window -> window.role() == Role.VIO);
    boolean queues = saw(EventKind.VIO_FREE_CRQ, EventKind.VIO_REGISTER_CRQ);
    if (qemuOnly && virtual && !queues) {
      gaps.add("when RTAS quiesce clears the virtual devices' tables (no spapr_vio event)");
    }
    return gaps.isEmpty()
        ? Verdict.yes(question, "it shows the machine from its start, and each call")
        : Verdict.partly(question, "unknown is " + String.join("; ", gaps));
  }

  private Verdict lists() {
    String question = "what the lists of H_PUT_TCE_INDIRECT held";
    if (completedLists + untoldLists == 0) {
      return recordedLists > 0
          ? Verdict.yes(question, "they are recorded, or the probes tell their pages")
          : Verdict.no(question, "no such call is recorded with its list");
    }
    return untoldLists == 0
        ? Verdict.partly(
            question, completedLists + " are inferred from their last value, as Linux writes them")
        : Verdict.no(
            question,
            untoldLists
                + " show their last value only, and nothing shows that the guest writes them as"
                + " Linux does");
  }

  private Verdict failures() {
    String question = "which maps and unmaps failed";
    if (qemuOnly) {
      return Verdict.partly(question, "QEMU writes no clear on a window that is gone");
    }
    boolean statuses = tables || saw(EventKind.HCALL, EventKind.H_PUT_TCE, EventKind.H_STUFF_TCE);
    if (log && !tables && !tracer) {
      return Verdict.partly(question, "the kernel's log drops messages that repeat themselves");
    }
    return statuses
        ? Verdict.yes(question, "calls are recorded with their status")
        : Verdict.no(question, "no call is recorded");
  }

  private Verdict accesses() {
    String question = "what devices accessed, and whether that was mapped";
    return saw(EventKind.DMA)
        ? Verdict.yes(question, "their look-ups are recorded")
        : Verdict.no(
            question, "no look-up of a device is recorded: a use after unmap leaves no trace");
  }

  private Verdict owners() {
    String question = "which device or driver holds a mapping";
    if (devices > 0) {
      return Verdict.yes(question, "the drivers' maps are recorded (dma:*)");
    }
    return saw(EventKind.ALLOC)
        ? Verdict.partly(question, "the task that allocates is recorded, not the device")
        : Verdict.no(question, "no record of the guest's drivers");
  }

  private Verdict allocations() {
    String question = "why the guest's allocator found no room";
    return guest
        ? Verdict.yes(question, "the guest tells of each failure")
        : Verdict.no(question, "a failed allocation makes no call at all");
  }

  private Verdict complaints() {
    String question = "what the guest's kernel and drivers complain of";
    return log
        ? Verdict.yes(question, "the kernel's log is there")
        : Verdict.no(question, "the guest's log is not there");
  }

  private Verdict time() {
    String question = "when it happened";
    return timed > 0
        ? Verdict.yes(question, "records have time stamps")
        : Verdict.no(question, "no record has a time stamp");
  }

  List<Recipe> recipes(IommuState state) {
    List<Recipe> recipes = new ArrayList<>();
    boolean all =
        entries(state).degree() == Verdict.Degree.YES && windows().degree() == Verdict.Degree.YES;
    boolean host = state.rules().platform() != Platform.POWERVM; // of which nobody can record it
    if (host && (!all || !saw(EventKind.DMA) || timed == 0)) {
      recipes.add(Recipe.QEMU);
    }
    if (!tracer && (completedLists + untoldLists > 0 || !saw(EventKind.ALLOC))) {
      recipes.add(Recipe.GUEST_FTRACE);
    }
    if (!tables) {
      recipes.add(Recipe.GUEST_BPFTRACE);
    }
    if (!log) {
      recipes.add(Recipe.DMESG);
    }
    if (state.windows().stream().anyMatch(DmaWindow::isInKernel)) {
      recipes.add(Recipe.KVM);
    }
    return recipes;
  }
}

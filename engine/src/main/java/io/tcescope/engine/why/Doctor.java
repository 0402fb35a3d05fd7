package io.tcescope.engine.why;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Knowledge;
import io.tcescope.engine.state.Runs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says what a recording tells and what it cannot, in plain words, and how to record better. */
public final class Doctor implements Observer {
  /**
   * What a recording is good for.
   *
   * @param tells what can be relied on
   * @param cannot what it does not tell, and why
   * @param windows a line for each window: how much of it is known at the end
   * @param rules the rules that cannot judge it
   * @param recipes names of the recipes that would fill the gaps
   */
  public record Report(
      List<String> tells,
      List<String> cannot,
      List<String> windows,
      List<CheckRunner.NotApplicable> rules,
      List<Recipe> recipes) {}

  private final SourceKind source;
  private final CheckRunner checks;
  private final Map<EventKind, Long> counts = new EnumMap<>(EventKind.class);
  private long completedLists;
  private long untoldLists;
  private boolean timed;
  private Report report = new Report(List.of(), List.of(), List.of(), List.of(), List.of());

  public Doctor(Trace trace) {
    this.source = trace.source();
    this.checks = new CheckRunner(trace);
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    checks.on(event, change, state);
    counts.merge(event.kind(), 1L, Long::sum);
    timed |= event.time() != Event.NO_TIME;
    if (event.kind() == EventKind.H_PUT_TCE_INDIRECT && event.has(Event.LIST_LAST_ONLY)) {
      if (state.rules().inferLists()) {
        completedLists++;
      } else {
        untoldLists++;
      }
    }
  }

  @Override
  public void end(IommuState state) {
    checks.end(state);
    List<String> windows = state.settled().windows().stream().map(Doctor::line).toList();
    report =
        new Report(tells(state), cannot(state), windows, checks.notApplicable(), recipes(state));
  }

  /** The verdict; empty until the replay has ended. */
  public Report report() {
    return report;
  }

  private boolean saw(EventKind kind) {
    return counts.containsKey(kind);
  }

  private List<String> tells(IommuState state) {
    List<String> tells = new ArrayList<>();
    if (source.tellsTables() && (saw(EventKind.H_PUT_TCE) || saw(EventKind.H_STUFF_TCE))) {
      tells.add("which entry of which TCE table each call set or cleared, and its status");
    }
    if (saw(EventKind.CREATE_PE_DMA_WINDOW) || saw(EventKind.QUERY_PE_DMA_WINDOW)) {
      tells.add(
          source.isQemu()
              ? "window calls that succeeded (QEMU writes no failed one)"
              : "window calls with their status");
    }
    if (state.isFromStart()) {
      tells.add("the machine from its start, so what it does not show is not there");
    }
    if (saw(EventKind.DMA)) {
      tells.add("the devices' look-ups, so an access to an unmapped address shows itself");
    }
    if (saw(EventKind.DMA_MAP)) {
      tells.add("which driver maps and unmaps which buffer");
    }
    if (saw(EventKind.LOG) && !source.isQemu()) {
      tells.add("what the guest's kernel and drivers complain of");
    }
    if (timed) {
      tells.add("when each event happened");
    }
    return tells;
  }

  private List<String> cannot(IommuState state) {
    List<String> cannot = new ArrayList<>();
    if (!source.tellsTables()) {
      cannot.add("the entries of the tables: a " + source.title() + " does not see them");
    }
    if (completedLists > 0) {
      cannot.add(
          completedLists
              + " lists of H_PUT_TCE_INDIRECT: QEMU writes the last value only; the others are"
              + " inferred, as Linux writes them");
    }
    if (untoldLists > 0) {
      cannot.add(
          untoldLists
              + " lists of H_PUT_TCE_INDIRECT: QEMU writes the last value only, and this guest is"
              + " not known to write them as Linux does");
    }
    addGaps(state, cannot);
    addBlindSpots(cannot);
    for (DmaWindow window : state.windows()) {
      if (window.isInKernel()) {
        cannot.add(
            "window " + window + ": its table is in the host kernel, which handles its calls");
      }
    }
    return cannot;
  }

  private void addGaps(IommuState state, List<String> cannot) {
    if (source.tellsTables() && !state.isFromStart()) {
      cannot.add("what the tables held before the recording began");
    }
    if (state.isLossy()) {
      cannot.add("what happened where the recorder lost records");
    }
  }

  /** What the recorder never writes, and what was not asked for. */
  private void addBlindSpots(List<String> cannot) {
    if (source.isQemu()) {
      cannot.add("failed window calls, and clears on a window that is gone: QEMU writes neither");
    }
    if (source.tellsTables() && !saw(EventKind.DMA)) {
      cannot.add("what devices access: a use after unmap leaves no trace here");
    }
    if (source.isQemu()) {
      cannot.add("why a guest's allocation failed: that makes no call at all");
    }
    if (!timed) {
      cannot.add("when anything happened: no record has a time stamp");
    }
  }

  private List<Recipe> recipes(IommuState state) {
    List<Recipe> recipes = new ArrayList<>();
    boolean hostBlind = !source.tellsTables() || state.isLossy() || !state.isFromStart();
    if (hostBlind || !saw(EventKind.DMA) || !timed) {
      recipes.add(Recipe.QEMU);
    }
    if (completedLists + untoldLists > 0 || source == SourceKind.DMESG) {
      recipes.add(Recipe.GUEST_FTRACE);
    }
    if (source.isQemu()) {
      recipes.add(Recipe.DMESG);
    }
    if (state.windows().stream().anyMatch(DmaWindow::isInKernel)) {
      recipes.add(Recipe.KVM);
    }
    return recipes;
  }

  private static String line(DmaWindow window) {
    Map<Knowledge, Long> entries = new EnumMap<>(Knowledge.class);
    Runs.of(window, run -> entries.merge(run.knowledge(), run.count(), Long::sum));
    StringBuilder line = new StringBuilder(window.toString()).append(": ");
    if (window.unknown() == 0) {
      line.append("all ").append(window.entries()).append(" entries known, ");
    } else {
      line.append(window.unknown()).append(" of ").append(window.entries()).append(" unknown, ");
    }
    line.append(window.mapped()).append(" live");
    entries.forEach(
        (knowledge, count) -> {
          if (knowledge != Knowledge.OBSERVED) {
            line.append("; ").append(count).append(' ').append(knowledge.label());
          }
        });
    return line.append("; place ")
        .append(window.geometry().name().toLowerCase(java.util.Locale.ROOT))
        .toString();
  }
}

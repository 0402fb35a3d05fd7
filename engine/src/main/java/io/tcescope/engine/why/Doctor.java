package io.tcescope.engine.why;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Geometry;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Knowledge;
import io.tcescope.engine.state.Runs;
import io.tcescope.engine.state.Signal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what a recording tells and what it cannot, in plain words, and how to record better. */
public final class Doctor implements Observer {
  /**
   * What a recording is good for.
   *
   * @param verdicts how well it answers each kind of question
   * @param windows a line for each window: what is known of it at the end, and what is seen of it
   * @param rules the rules that cannot judge it
   * @param recipes the recipes that would fill the gaps
   */
  public record Report(
      List<Verdict> verdicts,
      List<String> windows,
      List<CheckRunner.NotApplicable> rules,
      List<Recipe> recipes) {}

  /** What a recording shows of a window; its generation is 0 until the window is known. */
  private static final class Seen {
    int generation;
    long calls;
    long failed;
    long accesses;
  }

  private final CheckRunner checks;
  private final Evaluation evaluation;
  private final Map<Long, Seen> seen = new HashMap<>();
  private Report report = new Report(List.of(), List.of(), List.of(), List.of());

  public Doctor(Trace trace) {
    this.checks = new CheckRunner(trace);
    this.evaluation = new Evaluation(trace.sources());
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    checks.on(event, change, state);
    evaluation.note(event, state);
    boolean access = change.has(Signal.LOOK_UP | Signal.FAULT);
    if (event.has(Event.LIOBN) && (event.kind().isTceCall() || access)) {
      Seen window = seenOf(state.window(event.liobn()), event.liobn());
      window.accesses += access ? 1 : 0;
      window.calls += access ? 0 : 1;
      window.failed += !access && event.has(Event.STATUS) && !event.succeeded() ? 1 : 0;
    }
  }

  private Seen seenOf(DmaWindow window, long liobn) {
    int generation = window.generation();
    Seen last = seen.get(liobn);
    if (last == null || (last.generation != 0 && generation > last.generation)) {
      last = new Seen();
      seen.put(liobn, last);
    }
    last.generation = Math.max(last.generation, generation);
    return last;
  }

  @Override
  public void end(IommuState state) {
    checks.end(state);
    List<DmaWindow> windows = state.settled().windows();
    report =
        new Report(
            evaluation.verdicts(state),
            windows.stream().map(window -> line(window, state.rules().showsTables())).toList(),
            checks.notApplicable(),
            evaluation.recipes(state));
  }

  /** The verdict; empty until the replay has ended. */
  public Report report() {
    return report;
  }

  private String line(DmaWindow window, boolean showsTables) {
    StringBuilder line = new StringBuilder(window.toString());
    String role = window.role().name().toLowerCase(Locale.ROOT);
    line.append(" (").append(role).append("): ").append(place(window.geometry()));
    if (!showsTables) {
      line.append("; what its entries hold is not recorded");
    } else if (window.isInKernel()) {
      line.append("; its table is in the host kernel, which handles its calls unseen");
    } else {
      entries(window, line);
    }
    Seen calls = seenOf(window, window.liobn());
    line.append("; ").append(calls.calls).append(calls.calls == 1 ? " call, " : " calls, ");
    line.append(calls.failed).append(" of them failed, ").append(calls.accesses);
    line.append(calls.accesses == 1 ? " access of a device" : " accesses of devices");
    return line.toString();
  }

  private static String place(Geometry geometry) {
    return switch (geometry) {
      case OBSERVED -> "a record tells its place and size";
      case INFERRED -> "its place and size follow from other records";
      case ASSUMED -> "its place and size are assumed (--qtree or --devicetree tell)";
      case UNKNOWN -> "its place and size are unknown";
    };
  }

  private static void entries(DmaWindow window, StringBuilder line) {
    Map<Knowledge, Long> entries = new EnumMap<>(Knowledge.class);
    Runs.of(window, run -> entries.merge(run.knowledge(), run.count(), Long::sum));
    if (window.unknown() == 0) {
      line.append("; all ").append(window.entries()).append(" entries known, ");
    } else {
      line.append("; ").append(window.unknown()).append(" of ").append(window.entries());
      line.append(" entries unknown, ");
    }
    line.append(window.mapped()).append(" live");
    entries.forEach(
        (knowledge, count) -> {
          if (knowledge != Knowledge.OBSERVED) {
            String how = knowledge.isUnknown() ? " unknown: " : " inferred by ";
            line.append(", ").append(count).append(how).append(knowledge.label());
          }
        });
  }
}

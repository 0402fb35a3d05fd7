package io.tcescope.engine.why;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.state.Platform;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says why a recording cannot name the cause of its symptoms, and what to record. */
final class Missing {
  private static final Set<String> GAPS =
      Set.of(Rule.TRACE_HOLE_SUSPECTED.id(), Rule.TRACE_LOST_EVENTS.id());

  /** Rules that explain less do not make anybody record anew. */
  private static final int STRONG = 95;

  private final Trace trace;
  private final CheckRunner checks;
  private final Platform platform;

  Missing(Trace trace, CheckRunner checks, Platform platform) {
    this.trace = trace;
    this.checks = checks;
    this.platform = platform;
  }

  /**
   * What to say where the symptoms have no cause.
   *
   * @param explained that nothing does, in a sentence
   */
  String text(List<Symptom> symptoms, String explained) {
    Set<String> reasons = new LinkedHashSet<>();
    for (Finding finding : checks.findings()) {
      if (GAPS.contains(finding.rule())) {
        reasons.add("records are missing (" + finding.rule() + ")");
      }
    }
    List<String> files = trace.files();
    for (int file = 0; file < files.size(); file++) {
      if (!trace.isPlaced(file)) {
        reasons.add("when what " + files.get(file) + " tells was, as it shares no call");
      }
    }
    symptoms.stream()
        .filter(one -> one.guestTable().isPresent() && one.liobn().isEmpty())
        .map(one -> "the LIOBN of the guest's table at " + Hex.of(one.guestTable().getAsLong()))
        .forEach(reasons::add);
    for (CheckRunner.NotApplicable rule : checks.notApplicable()) {
      // What an option can tell is no fault of the recording.
      boolean mattered =
          !rule.reason().contains("(--")
              && symptoms.stream().anyMatch(one -> weight(rule, one) >= STRONG);
      if (mattered) {
        reasons.add(rule.reason());
      }
    }
    StringBuilder text = new StringBuilder(explained);
    if (!reasons.isEmpty()) {
      text.append(" What the recording cannot tell: ");
      text.append(String.join("; ", reasons)).append('.');
    }
    return text.append(" Record ").append(String.join(", and ", recipes())).append('.').toString();
  }

  /** What the run lacks, as recipes; at least one. */
  private List<String> recipes() {
    Set<SourceKind> there = trace.sources();
    List<String> recipes = new ArrayList<>();
    boolean host = there.stream().anyMatch(SourceKind::tellsTables);
    if (platform != Platform.POWERVM) { // of which nobody can record the host's side
      recipes.add(
          host
              ? "the devices' accesses and the machine from its start (doctor --recipe qemu)"
              : "the host's side (doctor --recipe qemu, or --recipe kvm)");
    }
    boolean traced = there.contains(SourceKind.FTRACE) || there.contains(SourceKind.TRACE_DAT);
    if (!host && !traced) {
      recipes.add("every call of the guest (doctor --recipe guest-bpftrace or guest-ftrace)");
    }
    if (!there.contains(SourceKind.DMESG)) {
      recipes.add("the guest's own log (doctor --recipe dmesg)");
    }
    if (recipes.isEmpty()) {
      recipes.add("the guest from its boot on (doctor --recipe guest-ftrace)");
    }
    return recipes;
  }

  private static int weight(CheckRunner.NotApplicable unjudged, Symptom symptom) {
    return Rule.of(unjudged.rule()).map(rule -> Explains.weight(rule, symptom.kind())).orElse(0);
  }
}

package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs the built-in checks over a replay. An event that concerns none of them costs one test of its
 * signals.
 */
public final class CheckRunner implements Observer {
  /** A rule that cannot judge this recording, and why. */
  public record NotApplicable(String rule, String reason) {}

  /** Records beside the calls that a check looks at; interrupts alone outnumber all calls. */
  private static final Set<EventKind> TELLING =
      Collections.unmodifiableSet(
          EnumSet.of(
              EventKind.NEW_TABLE,
              EventKind.PRE_SAVE,
              EventKind.POST_LOAD,
              EventKind.DRC_ATTACH,
              EventKind.DRC_ISOLATED,
              EventKind.VIO_REGISTER_CRQ,
              EventKind.VIO_FREE_CRQ,
              EventKind.H_PUT_RTCE,
              EventKind.H_REMOVE_RTCE,
              EventKind.MEMORY_ADDED,
              EventKind.MEMORY_REMOVED,
              EventKind.MACHINE_RESET,
              EventKind.SUSPEND,
              EventKind.QUIESCE,
              EventKind.ALLOC_FAILED,
              EventKind.RTAS,
              EventKind.EEH,
              EventKind.LOG));

  private final Trace trace;
  private final Findings findings = new Findings();
  private final ClockSteps clocks = new ClockSteps();
  private final Check[] checks;
  private final int[] interests;

  /** The checks that each signal concerns, as bits. */
  private final long[] concerned = new long[Integer.SIZE];

  private int anyInterest;
  private List<Finding> result = List.of();
  private List<NotApplicable> notApplicable = List.of();

  /** The built-in checks, for a replay of that recording. */
  public CheckRunner(Trace trace) {
    this(trace, BuiltinChecks.all(trace.sources()));
  }

  /** The same with a clock at each of them, for {@link #timings}. */
  public static CheckRunner timed(Trace trace) {
    List<Check> timed = new ArrayList<>();
    BuiltinChecks.all(trace.sources()).forEach(check -> timed.add(new TimedCheck(check)));
    return new CheckRunner(trace, timed);
  }

  CheckRunner(Trace trace, List<Check> checks) {
    this.trace = trace;
    this.checks = checks.toArray(Check[]::new);
    this.interests = new int[this.checks.length];
    if (this.checks.length > Long.SIZE) {
      throw new IllegalArgumentException(this.checks.length + " checks");
    }
    for (int i = 0; i < this.checks.length; i++) {
      ask(i);
    }
  }

  /** A check's interests may be others than before. */
  private void ask(int check) {
    int now = checks[check].interests();
    int changed = now ^ interests[check];
    if (changed == 0) {
      return;
    }
    interests[check] = now;
    for (; changed != 0; changed &= changed - 1) {
      concerned[Integer.numberOfTrailingZeros(changed)] ^= 1L << check;
    }
    anyInterest = Signal.LOST | Signal.REBOOT;
    for (int interest : interests) {
      anyInterest |= interest;
    }
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    clocks.note(event);
    if (!change.has(anyInterest)) {
      return;
    }
    if (change.signals() != Signal.RECORD || tells(event)) {
      dispatch(event, change, state);
    }
  }

  /**
   * A telling record, a guest's word of a failed map or of its allocator, or where a processor's
   * call on a table begins or leaves KVM.
   */
  private static boolean tells(Event event) {
    return TELLING.contains(event.kind())
        || GuestMapFailures.isFailedMap(event)
        || GuestAllocations.tells(event)
        || (event.kind().isTceCall() && VcpuCalls.ends(event))
        || (event.kind() == EventKind.PROBE && event.has(VcpuCalls.BEGUN));
  }

  private void dispatch(Event event, Change change, IommuState state) {
    findings.at(state);
    if (change.has(Signal.REBOOT)) {
      List.of(checks).forEach(Check::rebooted);
    }
    long checksLeft = 0;
    for (int signals = change.signals(); signals != 0; signals &= signals - 1) {
      checksLeft |= concerned[Integer.numberOfTrailingZeros(signals)];
    }
    for (; checksLeft != 0; checksLeft &= checksLeft - 1) {
      int check = Long.numberOfTrailingZeros(checksLeft);
      checks[check].on(event, change, state, findings);
      ask(check);
    }
  }

  @Override
  public void end(IommuState state) {
    findings.at(state);
    clocks.end(findings);
    Past past = new Past(trace, state.rules());
    for (Check check : checks) {
      check.end(state, findings, past);
    }
    notApplicable = notApplicable(state.rules());
    Set<String> silenced =
        notApplicable.stream().map(NotApplicable::rule).collect(Collectors.toSet());
    result = findings.sorted().stream().filter(f -> !silenced.contains(f.rule())).toList();
  }

  private List<NotApplicable> notApplicable(IommuState.Rules rules) {
    List<NotApplicable> list = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      rule.needs().stream()
          .flatMap(need -> need.missing(trace.sources(), rules).stream())
          .findFirst()
          .ifPresent(reason -> list.add(new NotApplicable(rule.id(), reason)));
    }
    return list;
  }

  /** What was found, in the order of events; empty until the replay has ended. */
  public List<Finding> findings() {
    return result;
  }

  /** Rules that cannot judge this recording; empty until the replay has ended. */
  public List<NotApplicable> notApplicable() {
    return notApplicable;
  }

  /** How long each check took; empty without a clock. */
  public List<Timing> timings() {
    List<Timing> timings = new ArrayList<>();
    for (Check check : checks) {
      if (check instanceof TimedCheck timed) {
        timings.add(timed.timing());
      }
    }
    return timings;
  }
}

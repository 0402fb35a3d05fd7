package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The one loop: every event of a recording, in order, applied to the state and shown to observers.
 *
 * <p>How the recording is read (platform, completion of lists) is fixed for the whole run. Where it
 * has to be found out, the run begins as for a Linux guest; if its first events or its end disprove
 * that, it is repeated, with new observers.
 */
public final class Replay {
  /** Enough to see a boot or to meet the first odd call. */
  private static final int EVENTS_TO_GUESS_FROM = 50_000;

  private static final Observer NOBODY = (event, change, state) -> {};

  private Replay() {}

  /** What a replay leaves: its observer, the state at the end, how the recording was read. */
  public record Result<O extends Observer>(
      O observer, IommuState state, IommuState.Rules rules, TraceHealth health) {}

  /** Replays a whole recording. Each run, if there must be more than one, gets a new observer. */
  public static <O extends Observer> Result<O> run(
      Trace trace, ReplayOptions options, Supplier<O> observers) {
    IommuState.Rules rules = firstRules(trace, options);
    Doubt doubt = options.inference() == Inference.AUTO ? Doubt.EARLY : Doubt.NONE;
    while (true) {
      Run<O> run = new Run<>(rules, observers.get(), doubt);
      TraceReader reader = trace.read(1);
      boolean whole = run.replay(reader, options);
      Set<EventKind> missing = whole ? run.unrecorded() : rules.unrecorded();
      if (whole && !run.disproved() && missing.equals(rules.unrecorded())) {
        run.observer.end(run.state);
        TraceHealth health = reader.health();
        UnrecordedCalls.remark(missing, health);
        return new Result<>(run.observer, run.state, rules, health);
      }
      boolean lists = run.disproved() != rules.inferLists();
      doubt = run.doubtLeft(whole);
      rules = rules.with(lists, missing);
    }
  }

  /**
   * Replays a whole recording once, by rules that are known, so that what is observed may be handed
   * over while it runs. Of the options it heeds how to read and whom to tell of progress.
   */
  public static <O extends Observer> Result<O> run(
      Trace trace, IommuState.Rules rules, ReplayOptions options, O observer) {
    Run<O> run = new Run<>(rules, observer, Doubt.NONE);
    TraceReader reader = trace.read(1);
    run.replay(reader, options);
    observer.end(run.state);
    TraceHealth health = reader.health();
    UnrecordedCalls.remark(rules.unrecorded(), health);
    return new Result<>(observer, run.state, rules, health);
  }

  /** How a recording is to be read, found out by a replay of it. */
  public static IommuState.Rules rules(Trace trace, ReplayOptions options) {
    return run(trace, options, () -> NOBODY).rules();
  }

  /** The same, as an earlier replay found it out: all that may be missing are those calls. */
  public static IommuState.Rules rules(
      Trace trace, ReplayOptions decided, Set<EventKind> unrecorded) {
    IommuState.Rules rules = firstRules(trace, decided);
    return rules.with(rules.inferLists(), unrecorded);
  }

  /**
   * The same, but lists stay as they are recorded unless the options want them completed: then the
   * recording is mostly read no farther than until it has shown every kind of call.
   */
  public static IommuState.Rules rulesButLists(Trace trace, ReplayOptions options) {
    IommuState.Rules first = firstRules(trace, options);
    if (first.showsRestores() && !UnrecordedCalls.areNone(trace, options)) {
      return rules(trace, options);
    }
    return options.inference() == Inference.AUTO ? first.with(false, Set.of()) : first;
  }

  /** When a run asks itself whether it completes lists rightly. */
  private enum Doubt {
    NONE,
    AT_END,
    /** After the first events, and at the end. */
    EARLY
  }

  /** One pass over the recording, by rules that may turn out to be wrong. */
  private static final class Run<O extends Observer> {
    final O observer;
    final IommuState state;
    private final Doubt doubt;
    private final GuestSigns signs = new GuestSigns();
    private final UnrecordedCalls calls = new UnrecordedCalls();
    private int untilGuess = EVENTS_TO_GUESS_FROM;

    Run(IommuState.Rules rules, O observer, Doubt doubt) {
      this.observer = observer;
      this.state = new IommuState(rules);
      this.doubt = doubt;
    }

    /** False if it was given up. */
    boolean replay(TraceReader reader, ReplayOptions options) {
      return options.readAhead()
          ? EventStream.ahead(reader, this::step, options.progress())
          : EventStream.onThisThread(reader, this::step, options.progress());
    }

    private boolean step(Event event) {
      Change change = state.apply(event);
      boolean mayLack = !calls.areAllSeen();
      if (mayLack) {
        calls.note(event, change);
      }
      if (mayLack || doubt != Doubt.NONE) {
        signs.note(event, change, state);
      }
      if (--untilGuess == 0 && doubt == Doubt.EARLY && disproved()) {
        return false;
      }
      observer.on(event, change, state);
      return true;
    }

    /** True if the events so far tell of another kind of guest than was assumed. */
    boolean disproved() {
      return doubt != Doubt.NONE && signs.likeLinux() != state.rules().inferLists();
    }

    /**
     * The calls that the recorder evidently did not write. A run that knows it does not ask again,
     * for it knows too little of the tables.
     */
    Set<EventKind> unrecorded() {
      Set<EventKind> known = state.rules().unrecorded();
      return known.isEmpty() && state.rules().showsRestores() ? calls.kinds(signs, state) : known;
    }

    /** For the run that follows a disproved one. Only a run that completes lists can be refuted. */
    Doubt doubtLeft(boolean whole) {
      boolean refuted = state.rules().inferLists() && (whole || signs.contradicted());
      return refuted ? Doubt.NONE : Doubt.AT_END;
    }
  }

  /**
   * How a recording is to be read at first: as a Linux guest's, unless the options know better. The
   * platform, and whether the recorder writes lists, show in the first events.
   */
  private static IommuState.Rules firstRules(Trace trace, ReplayOptions options) {
    SourceKind source = trace.source();
    boolean csv = source == SourceKind.CSV;
    boolean byQemu = trace.sources().stream().anyMatch(SourceKind::isQemu);
    PlatformSigns platform = new PlatformSigns(source.isQemu() || (csv && byQemu), byQemu);
    boolean writesLists = false;
    if (csv || (options.platform().isEmpty() && !source.isQemu())) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      for (int i = 0; i < EVENTS_TO_GUESS_FROM && reader.next(event); i++) {
        platform.note(event);
        writesLists |= csv && event.has(Event.LIST);
      }
    }
    return new IommuState.Rules(
        options.platform().orElseGet(platform::platform),
        options.inference() != Inference.NONE,
        byQemu,
        trace.tellsTables(),
        writesLists,
        options.machine(),
        Set.of());
  }

  /** Continues a state with the events that follow it, up to and with {@code last}. */
  static void advance(Trace trace, IommuState state, long last) {
    if (state.events() >= last) {
      return;
    }
    TraceReader reader = trace.read(state.events() + 1);
    Event event = new Event();
    while (state.events() < last && reader.next(event)) {
      state.apply(event);
    }
  }
}

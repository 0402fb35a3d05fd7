package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Platform;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one loop: every event of a recording, in order, applied to the state and shown to observers.
 *
 * <p>How the recording is read (platform, completion of lists) is fixed for the whole run. Where it
 * has to be found out and the end of the recording disproves the guess made at its beginning, the
 * run is repeated, with new observers.
 */
public final class Replay {
  /** Enough to see a boot or to meet the first odd call. */
  private static final int EVENTS_TO_GUESS_FROM = 50_000;

  private static final int MOST_RUNS = 3;

  private Replay() {}

  /** What a replay leaves: its observer, the state at the end, how the recording was read. */
  public record Result<O extends Observer>(
      O observer, IommuState state, IommuState.Rules rules, TraceHealth health) {}

  /** Replays a whole recording. Each run, if there must be more than one, gets a new observer. */
  public static <O extends Observer> Result<O> run(
      Trace trace, ReplayOptions options, Supplier<O> observers) {
    IommuState.Rules rules = rules(trace, options);
    for (int run = 1; ; run++) {
      O observer = observers.get();
      IommuState state = new IommuState(rules);
      GuestSigns signs = new GuestSigns();
      TraceReader reader = trace.read(1);
      boolean watchSigns = options.inference() == Inference.AUTO;
      Consumer<Event> step =
          event -> {
            Change change = state.apply(event);
            if (watchSigns) {
              signs.note(event, change);
            }
            observer.on(event, change, state);
          };
      if (options.readAhead()) {
        EventStream.ahead(reader, step, options.progress());
      } else {
        EventStream.onThisThread(reader, step, options.progress());
      }
      if (watchSigns && signs.likeLinux() != rules.inferLists() && run < MOST_RUNS) {
        rules = rules.withLists(signs.likeLinux());
        continue;
      }
      observer.end(state);
      return new Result<>(observer, state, rules, reader.health());
    }
  }

  /** How a recording is to be read, judged by the options and by how it begins. */
  private static IommuState.Rules rules(Trace trace, ReplayOptions options) {
    SourceKind source = trace.source();
    boolean showsRestores = source.isQemu() || source == SourceKind.FUSED;
    PlatformSigns platform = new PlatformSigns(source);
    GuestSigns guest = new GuestSigns();
    boolean writesLists = false;
    boolean guess = options.inference() == Inference.AUTO || options.platform().isEmpty();
    if (guess || source == SourceKind.CSV) {
      IommuState state =
          new IommuState(
              new IommuState.Rules(
                  Platform.QEMU, true, showsRestores, source.tellsTables(), false, new Machine()));
      TraceReader reader = trace.read(1);
      Event event = new Event();
      for (int i = 0; i < EVENTS_TO_GUESS_FROM && reader.next(event); i++) {
        platform.note(event);
        writesLists |= source == SourceKind.CSV && event.has(Event.LIST);
        guest.note(event, state.apply(event));
      }
    }
    boolean inferLists =
        options.inference() == Inference.LINUX
            || (options.inference() == Inference.AUTO && guest.likeLinux());
    return new IommuState.Rules(
        options.platform().orElseGet(platform::platform),
        inferLists,
        showsRestores,
        source.tellsTables(),
        writesLists,
        options.machine());
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

package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.Point;
import io.tcescope.cli.input.WindowName;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.replay.Timeline;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.RunReport;
import io.tcescope.queries.index.SearchableRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The state of a run after any of its events, and which event a point of it means. */
interface States {
  /** The number of events that come before the point. */
  long resolve(Point point) throws IOException;

  /** The state after that many events, as someone who asks then should see it. */
  IommuState after(long event);

  /** Windows that were there before the recording began: it tells of them only later. */
  List<WindowName> before();

  /** What reading the recording met. */
  TraceHealth health();

  /** Of a run that is replayed to its end first, or of one that a case knows. */
  static States of(OpenRun opened, LongConsumer progress) throws IOException {
    Optional<Case> known = opened.known();
    return known.isPresent()
        ? Known.of(opened, known.get(), progress)
        : new Replayed(opened, progress);
  }

  /** A run of which nothing is known yet: how it is to be read shows at its end. */
  final class Replayed implements States {
    private final OpenRun opened;
    private final Replay.Result<Watch> result;

    Replayed(OpenRun opened, LongConsumer progress) {
      this.opened = opened;
      this.result =
          Replay.run(
              opened.trace(),
              opened.replay().withReadAhead(true).withProgress(progress),
              () -> new Watch(new Timeline(opened.trace()), new ArrayList<>()));
    }

    @Override
    public long resolve(Point point) {
      return point.resolve(opened.trace(), result.observer().timeline().events());
    }

    @Override
    public IommuState after(long event) {
      return result.observer().timeline().after(event).settled();
    }

    @Override
    public List<WindowName> before() {
      return result.observer().before();
    }

    @Override
    public TraceHealth health() {
      return result.health();
    }
  }

  /** Travels in time, and notes what was there before. */
  record Watch(Timeline timeline, List<WindowName> before) implements Observer {
    @Override
    public void on(Event event, Change change, IommuState state) {
      timeline.on(event, change, state);
      if (change.has(Signal.OPENED)) {
        change.opened().stream()
            .filter(window -> window.openedBy() == 0)
            .forEach(window -> before.add(WindowName.of(window)));
      }
    }

    @Override
    public void end(IommuState state) {
      timeline.end(state);
    }
  }

  /** A run of a case: its index finds the event, and the replay goes no farther than that. */
  record Known(
      OpenRun opened,
      IommuState.Rules rules,
      SearchableRun run,
      TraceHealth health,
      List<WindowName> before,
      LongConsumer progress)
      implements States {
    static Known of(OpenRun opened, Case known, LongConsumer progress) throws IOException {
      RunReport report = known.report(0);
      List<WindowName> before =
          report.lanes().lanes().stream()
              .filter(lane -> lane.openedBy() == 0 && lane.generation() > 0)
              .map(lane -> new WindowName(lane.liobn(), lane.generation()))
              .toList();
      return new Known(
          opened,
          opened.rules(progress),
          known.runs().getFirst(),
          report.health(),
          before,
          progress);
    }

    @Override
    public long resolve(Point point) throws IOException {
      return point.resolve(run, health.events());
    }

    @Override
    public IommuState after(long event) {
      if (event == 0) {
        return new IommuState(rules);
      }
      ReplayOptions options = opened.replay().withReadAhead(true).withProgress(progress);
      try {
        return Replay.run(opened.trace(), rules, options, new Until(event)).state().settled();
      } catch (ReachedException e) {
        return e.state;
      }
    }
  }

  /** Leaves a replay after an event. */
  record Until(long last) implements Observer {
    @Override
    public void on(Event event, Change change, IommuState state) {
      if (event.ordinal() >= last) {
        throw new ReachedException(state.settled());
      }
    }
  }

  /** Leaves a replay in the middle. */
  final class ReachedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient IommuState state;

    ReachedException(IommuState state) {
      super("reached", null, false, false);
      this.state = state;
    }
  }
}

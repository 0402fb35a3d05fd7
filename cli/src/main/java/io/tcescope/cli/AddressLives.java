package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.replay.AddressLife;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.RunReport;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.timeline.Lane;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * The life of a bus address, by a replay of the whole run or, where a case knows it, of those
 * events alone that can matter: what touches the address, and all that is no traffic.
 */
final class AddressLives {
  private static final List<String> TRAFFIC = List.of("tce", "device");

  private AddressLives() {}

  /**
   * A life, and what reading the recording met.
   *
   * @param liobns of all windows there ever were
   */
  record Told(AddressLife life, Set<Long> liobns, TraceHealth health) {
    /** True if what was given for an address can only be the name of a window. */
    boolean isLiobn(long number) {
      return life.moments().isEmpty() && liobns.contains(number);
    }
  }

  /** Notes the windows beside a life. */
  private record Watch(AddressLife life, Set<Long> liobns) implements Observer {
    @Override
    public void on(Event event, Change change, IommuState state) {
      life.on(event, change, state);
      if (change.has(Signal.OPENED)) {
        change.opened().forEach(window -> liobns.add(window.liobn()));
      }
    }

    @Override
    public void end(IommuState state) {
      life.end(state);
      state.windows().forEach(window -> liobns.add(window.liobn()));
    }
  }

  static Told of(OpenRun opened, long ioba, LongConsumer progress) throws IOException {
    Optional<Case> known = opened.known();
    if (known.isPresent()) {
      RunReport report = known.get().report(0);
      SearchableRun run = known.get().runs().getFirst();
      if (isSimple(report, run)) {
        Set<Long> liobns =
            report.lanes().lanes().stream().map(Lane::liobn).collect(Collectors.toSet());
        return new Told(ofIndex(opened.rules(progress), run, ioba), liobns, report.health());
      }
    }
    Replay.Result<Watch> result =
        Replay.run(
            opened.trace(),
            opened.replay().withReadAhead(true).withProgress(progress),
            () -> new Watch(new AddressLife(ioba), new HashSet<>()));
    Watch watch = result.observer();
    return new Told(watch.life(), watch.liobns(), result.health());
  }

  /**
   * True if what a call does to an entry depends on no other entry: nothing contradicts the state,
   * nothing is lost, and every window's place is known.
   */
  private static boolean isSimple(RunReport report, SearchableRun run) throws IOException {
    boolean placed =
        report.lanes().lanes().stream().allMatch(lane -> lane.generation() == 0 || lane.placed());
    return placed
        && run.count(
                new Query.Any(
                    List.of(
                        effect("contradicted"), effect("inference-contradicted"), effect("lost"))))
            == 0;
  }

  private static Query effect(String name) {
    return new Query.Name(QueryField.EFFECT, name);
  }

  private static AddressLife ofIndex(IommuState.Rules rules, SearchableRun run, long ioba)
      throws IOException {
    AddressLife life = new AddressLife(ioba);
    IommuState state = new IommuState(rules);
    run.search(
        mattering(ioba),
        (event, facts) -> {
          life.on(event, state.apply(event), state);
          return true;
        });
    life.end(state);
    return life;
  }

  private static Query mattering(long ioba) {
    List<Query> traffic =
        TRAFFIC.stream().<Query>map(kind -> new Query.Name(QueryField.KIND, kind)).toList();
    Query interrupts = new Query.Name(QueryField.CALL, "interrupt");
    return new Query.Any(
        List.of(
            new Query.Range(QueryField.COVERS, ioba, ioba),
            effect("opened"),
            effect("closed"),
            effect("partial"), // what a failed call left behind may reach farther than it tells
            effect("refused"),
            new Query.Not(new Query.Any(List.of(new Query.Any(traffic), interrupts)))));
  }
}

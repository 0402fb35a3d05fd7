package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.replay.AddressLife;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.state.IommuState;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.RunReport;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The life of a bus address, by a replay of the whole run or, where a case knows it, of those
 * events alone that can matter: what touches the address, and all that is no traffic.
 */
final class AddressLives {
  private static final List<String> TRAFFIC = List.of("tce", "device");

  private AddressLives() {}

  /** A life, and what reading the recording met. */
  record Told(AddressLife life, TraceHealth health) {}

  static Told of(OpenRun opened, long ioba, LongConsumer progress) throws IOException {
    Optional<Case> known = opened.known();
    if (known.isPresent()) {
      RunReport report = known.get().report(0);
      SearchableRun run = known.get().runs().getFirst();
      if (isSimple(report, run)) {
        return new Told(ofIndex(opened, run, ioba), report.health());
      }
    }
    Replay.Result<AddressLife> result =
        Replay.run(
            opened.trace(),
            opened.replay().withReadAhead(true).withProgress(progress),
            () -> new AddressLife(ioba));
    return new Told(result.observer(), result.health());
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

  private static AddressLife ofIndex(OpenRun opened, SearchableRun run, long ioba)
      throws IOException {
    AddressLife life = new AddressLife(ioba);
    IommuState state = new IommuState(States.rules(opened));
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

package io.tcescope.queries.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.timeline.Upheaval.Kind;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happened to a whole machine is told once, where it begins. */
final class UpheavalObserverTest {
  private static final Path RUNS = Path.of("../traces/src/test/resources/corpus");

  private static List<Upheaval> of(String run) throws IOException {
    Path log = RUNS.resolve(run).resolve("trace.log.zst");
    try (Trace trace = Traces.open(log, TraceOptions.NONE)) {
      return Replay.run(trace, ReplayOptions.defaults(), UpheavalObserver::new).observer().found();
    }
  }

  @Test
  void a_machine_reset_is_one_however_many_windows_it_closes() throws IOException {
    assertThat(of("case72-machine-reset"))
        .filteredOn(one -> one.kind() == Kind.MACHINE_RESET)
        .extracting(Upheaval::event)
        .containsExactly(3431L);
  }

  @Test
  void an_incoming_migration_is_one_however_many_tables_it_loads() throws IOException {
    assertThat(of("incoming-fuzz72"))
        .filteredOn(one -> one.kind() == Kind.MIGRATED_IN)
        .extracting(Upheaval::event)
        .containsExactly(3218L);
  }

  @Test
  void a_run_without_any_tells_of_none() throws IOException {
    assertThat(of("linux612-fw-window"))
        .extracting(Upheaval::kind)
        .doesNotContain(Kind.MACHINE_RESET, Kind.MIGRATED_IN);
  }
}

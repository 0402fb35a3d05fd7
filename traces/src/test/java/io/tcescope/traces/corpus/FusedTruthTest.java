package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guest's recordings beside the host's log tell more of the state, and nothing wrong. */
final class FusedTruthTest {
  private static final String HOST = "trace.log.zst";

  /** The guest's trace is the second file of the fused run, whatever the order given. */
  private static final int NEXT_TO_HOST = 1;

  private static final List<String> TRACES =
      List.of("ftrace.txt.zst", "trace-v6-without-symbols.dat.zst");

  static List<List<Path>> runs() {
    return TRACES.stream()
        .flatMap(trace -> Fixtures.runsWith(trace).stream().map(run -> run.resolve(trace)))
        .filter(guest -> Fixtures.runsWith("truth.json.zst").contains(guest.getParent()))
        .flatMap(
            guest ->
                Stream.of(
                    List.of(guest.resolveSibling(HOST), guest),
                    List.of(
                        guest.resolveSibling("dmesg.txt.zst"), guest, guest.resolveSibling(HOST))))
        .toList();
  }

  /** Lists that stay unknown while a guest's recorder was running. */
  private static final class Watch implements Observer {
    final Truth.Recorder truth;
    final List<Long> untold = new ArrayList<>();
    long contradictions;
    long firstShared = Long.MAX_VALUE;
    long lastShared;

    Watch(Truth truth) {
      this.truth = new Truth.Recorder(truth);
    }

    @Override
    public void on(Event event, Change change, IommuState state) {
      truth.on(event, change, state);
      contradictions += event.has(Event.CONTRADICTION) ? 1 : 0;
      if (event.has(Event.WITNESS) && event.file() == NEXT_TO_HOST) {
        firstShared = Math.min(firstShared, event.ordinal());
        lastShared = event.ordinal();
      }
      if (event.kind() == EventKind.H_PUT_TCE_INDIRECT
          && event.has(Event.LIST_LAST_ONLY)
          && event.succeeded()) {
        untold.add(event.ordinal());
      }
    }

    /** Those between the first and the last call that both recordings hold. */
    List<Long> untoldThoughBothRan() {
      return untold.stream().filter(put -> put > firstShared && put < lastShared).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void every_claim_is_true_and_every_list_that_both_recordings_hold_is_observed(List<Path> files)
      throws IOException {
    Truth truth = Truth.of(files.getFirst().resolveSibling("truth.json.zst"));
    Watch fused = replay(files, truth);
    Watch alone = replay(List.of(files.getFirst().resolveSibling(HOST)), truth);
    assertThat(fused.contradictions).isZero();
    assertThat(fused.untoldThoughBothRan()).isEmpty();
    assertThat(fused.untold.size()).isLessThan(alone.untold.size());
    for (Truth.Snapshot snapshot : truth.snapshots()) {
      Map<Certainty, Long> counts = Truth.compare(fused.truth.at(snapshot), snapshot);
      Map<Certainty, Long> before = Truth.compare(alone.truth.at(snapshot), snapshot);
      assertThat(counts).as(snapshot.label()).doesNotContainKey(Certainty.UNKNOWN);
      assertThat(counts.getOrDefault(Certainty.OBSERVED, 0L))
          .as(snapshot.label())
          .isGreaterThanOrEqualTo(before.getOrDefault(Certainty.OBSERVED, 0L));
      assertThat(total(counts)).as(snapshot.label()).isEqualTo(total(before));
    }
  }

  private static long total(Map<Certainty, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux510-default-removed-in-use",
        "linux510-default-reset-in-use-xlate",
        "linux612-single-window-vf"
      })
  void what_a_guest_s_messages_say_of_the_host_s_calls_does_not_make_it_another_guest(String run)
      throws IOException {
    Path host = Fixtures.file(run, HOST);
    Truth truth = Truth.of(host.resolveSibling("truth.json.zst"));
    Watch fused = replay(List.of(host, host.resolveSibling("dmesg.txt.zst")), truth);
    for (Truth.Snapshot snapshot : truth.snapshots()) {
      assertThat(Truth.compare(fused.truth.at(snapshot), snapshot))
          .as(snapshot.label())
          .doesNotContainKey(Certainty.UNKNOWN);
    }
  }

  /** Their kernels' tracers see what is asked of RTAS and not what it gives; messages say that. */
  @ParameterizedTest
  @ValueSource(strings = {"linux510-default-removed-in-use", "linux61-ddw", "linux61-dynamic-ddw"})
  void a_guest_s_messages_tell_the_window_that_its_tracer_saw_being_asked_for(String run)
      throws IOException {
    Path tracer = Fixtures.file(run, "ftrace.txt.zst");
    List<Path> guest = List.of(tracer, tracer.resolveSibling("dmesg.txt.zst"));
    Observer nobody = (event, change, now) -> {};
    IommuState state;
    try (Trace trace = Traces.openTogether(guest, TraceOptions.NONE)) {
      state = Replay.run(trace, ReplayOptions.defaults(), () -> nobody).state();
    }
    Truth truth = Truth.of(tracer.resolveSibling("truth.json.zst"));
    Truth.Snapshot end =
        truth.snapshots().stream()
            .filter(s -> s.label().endsWith("final"))
            .findFirst()
            .orElseThrow();
    Truth.claims(state, end);
    List<Long> made = end.tables().keySet().stream().filter(FusedTruthTest::isMadeLater).toList();
    assertThat(made).isNotEmpty();
    assertThat(state.windows().stream().filter(DmaWindow::hasGeometry).map(DmaWindow::liobn))
        .containsAll(made);
  }

  /** QEMU numbers the windows of a bridge, the default one 0. */
  private static boolean isMadeLater(long liobn) {
    return (liobn & 0x800000ffL) > 0x80000000L;
  }

  private static Watch replay(List<Path> files, Truth truth) throws IOException {
    try (Trace trace = Traces.openTogether(files, TraceOptions.NONE)) {
      Replay.Result<Watch> result =
          Replay.run(trace, ReplayOptions.defaults(), () -> new Watch(truth));
      assertThat(result.rules().inferLists()).isTrue();
      return result.observer();
    }
  }
}

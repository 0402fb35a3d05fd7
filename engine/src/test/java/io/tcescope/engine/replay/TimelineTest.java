package io.tcescope.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Runs;
import io.tcescope.engine.state.StateDiff;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of time travel: the state after k is the state that the first k events give. */
class TimelineTest {
  private static final int EVENTS = 300;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void travellingToAnEventEqualsReplayingUpToIt(long seed) {
    Trace trace = Calls.random(seed, EVENTS).trace();
    Replay.Result<Timeline> result =
        Replay.run(
            trace,
            ReplayOptions.defaults(),
            () -> new Timeline(trace, 4, 1 + Math.floorMod(seed, 7), 3 * seed));
    IommuState replayed = new IommuState(result.rules());
    for (int k = 0; k <= EVENTS; k++) {
      Replay.advance(trace, replayed, k);
      IommuState travelled = result.observer().after(k);
      assertThat(print(travelled)).as("seed %d, after %d", seed, k).isEqualTo(print(replayed));
      assertThat(print(travelled.settled()))
          .as("seed %d, after %d, settled", seed, k)
          .isEqualTo(print(replayed.settled()));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {41, 42, 43, 44})
  void snapshotsTakeNoMoreLeavesThanTheyMay(long seed) {
    Trace trace = Calls.random(seed, 5000).trace();
    ReplayOptions options = ReplayOptions.defaults();
    long few =
        Replay.run(trace, options, () -> new Timeline(trace, 50, 10, 20)).observer().leaves();
    long many =
        Replay.run(trace, options, () -> new Timeline(trace, 50, 10, Long.MAX_VALUE))
            .observer()
            .leaves();
    assertThat(few).as("seed %d", seed).isLessThanOrEqualTo(20).isLessThan(many);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24})
  void decodingAheadChangesNothing(long seed) {
    Trace trace = Calls.random(seed, 5000).trace();
    Observer nothing = (event, change, state) -> {};
    ReplayOptions options = ReplayOptions.defaults();
    String alone = print(Replay.run(trace, options, () -> nothing).state());
    String ahead = print(Replay.run(trace, options.withReadAhead(true), () -> nothing).state());
    assertThat(ahead).as("seed %d", seed).isEqualTo(alone);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {31, 32, 33, 34, 35, 36})
  void aMomentDoesNotDifferFromItselfAndDiffersFromOthersWhereTheStatesDo(long seed) {
    Trace trace = Calls.random(seed, EVENTS).trace();
    Timeline timeline =
        Replay.run(trace, ReplayOptions.defaults(), () -> new Timeline(trace)).observer();
    for (int k = 0; k <= EVENTS; k += 37) {
      IommuState before = timeline.after(k);
      IommuState after = timeline.after(Math.min(EVENTS, k + 5));
      assertThat(isEmpty(StateDiff.between(before, timeline.after(k)))).isTrue();
      assertThat(isEmpty(StateDiff.between(before, after)))
          .as("seed %d, from %d", seed, k)
          .isEqualTo(print(before).equals(print(after)));
    }
  }

  private static boolean isEmpty(StateDiff diff) {
    return diff.opened().isEmpty() && diff.closed().isEmpty() && diff.changed().isEmpty();
  }

  /** A state as text: all windows, all runs. */
  private static String print(IommuState state) {
    StringBuilder text = new StringBuilder();
    for (DmaWindow window : state.windows()) {
      text.append(window).append(' ').append(window.role()).append(' ');
      text.append(Long.toHexString(window.start())).append(' ').append(window.pageShift());
      text.append(' ').append(window.entries()).append(' ').append(window.geometry());
      Runs.of(window, run -> text.append("\n  ").append(run));
      text.append('\n');
    }
    return text.toString();
  }
}

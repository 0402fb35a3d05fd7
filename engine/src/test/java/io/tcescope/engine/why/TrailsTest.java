package io.tcescope.engine.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An address is followed through every window that its LIOBN has named. */
final class TrailsTest {
  private static final long BUID = 0x800000020000000L;
  private static final long LIOBN = 0x80000001L;
  private static final long START = 0x800000000000000L;
  private static final long ADDRESS = START + 0x5000;

  @Test
  void every_window_that_went_with_the_address_mapped_is_in_its_trail() {
    Calls calls = new Calls();
    create(calls).put(LIOBN, ADDRESS, 0x7ff0003, 0).remove(LIOBN, 0);
    create(calls).put(LIOBN, ADDRESS + 0x1000, 0x7fe0003, 0).remove(LIOBN, 0);
    create(calls).put(LIOBN, ADDRESS, 0x7fd0003, 0).remove(LIOBN, 0);
    create(calls).remove(LIOBN, 0);
    create(calls);
    List<Long> steps = steps(calls, OptionalLong.of(ADDRESS));
    assertThat(steps).containsExactly(2L, 3L, 8L, 9L, 11L, 12L);
  }

  @Test
  void without_an_address_the_last_window_is_what_matters() {
    Calls calls = new Calls();
    create(calls).put(LIOBN, ADDRESS, 0x7ff0003, 0).remove(LIOBN, 0);
    create(calls).remove(LIOBN, 0);
    assertThat(steps(calls, OptionalLong.empty())).containsExactly(5L);
  }

  @Test
  void a_window_over_another_that_maps_the_address_is_in_its_trail() {
    long upper = 0x80000000L;
    Calls calls = new Calls();
    create(calls).create(BUID, 0, 12, 30, upper, START, 0).put(upper, ADDRESS, 0x7ff0003, 0);
    assertThat(accessed(calls, ADDRESS)).containsExactly(2L);
    assertThat(accessed(calls, ADDRESS + 0x1000)).isEmpty();
  }

  private static List<Long> accessed(Calls calls, long ioba) {
    return steps(calls, OptionalLong.of(ioba), true);
  }

  private static Calls create(Calls calls) {
    return calls.create(BUID, 0, 12, 30, LIOBN, START, 0);
  }

  private static List<Long> steps(Calls calls, OptionalLong ioba) {
    return steps(calls, ioba, false);
  }

  private static List<Long> steps(Calls calls, OptionalLong ioba, boolean accessed) {
    Replay.Result<Trails> result = Replay.run(calls.trace(), ReplayOptions.defaults(), Trails::new);
    return result.observer().of(LIOBN, ioba, accessed, result.state()).stream()
        .map(Evidence::ordinal)
        .toList();
  }
}

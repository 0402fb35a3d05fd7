package io.tcescope.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HypervisorCallTest {
  private static final int CALLS = 500;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCallSurvivesTheWayThroughAnEvent(long seed) {
    Event reused = new Event();
    for (HypervisorCall call : Calls.random(seed, CALLS).list()) {
      assertThat(HypervisorCall.of(call.fill(reused)))
          .as("seed %d, event %d", seed, call.origin().ordinal())
          .isEqualTo(call);
    }
  }

  @ParameterizedTest
  @EnumSource(EventKind.class)
  void everyKindKeepsItsPlaceTimeAndMaker(EventKind kind) {
    for (long seed = 1; seed <= 20; seed++) {
      Event first = filled(kind, new SplittableRandom(seed));
      Event second = new Event().put("a row used before", 1, 2, 3, 4).holding(Event.WITNESS);
      HypervisorCall call = HypervisorCall.of(first);
      call.fill(second);
      assertThat(HypervisorCall.of(second)).as("%s, seed %d", kind, seed).isEqualTo(call);
      assertThat(second.kind()).isEqualTo(kind);
      assertThat(second.ordinal()).isEqualTo(first.ordinal());
      assertThat(second.line()).isEqualTo(first.line());
      assertThat(second.time()).isEqualTo(first.time());
      assertThat(second.name()).isEqualTo(first.name());
      assertThat(second.task()).isEqualTo(first.task());
      assertThat(second.text()).isEqualTo(first.text());
    }
  }

  @Test
  void aFieldThatIsNotRecordedLeavesNothingBehind() {
    Event reused = new Event().put("put", 0x80000000L, 0x1000, 0x2003, 0);
    reused.begin(2, 2).is(EventKind.REMOVE_PE_DMA_WINDOW, "remove", Event.STATUS).withStatus(0);

    HypervisorCall.WindowCall call = (HypervisorCall.WindowCall) HypervisorCall.of(reused);

    assertThat(call.fields()).isEqualTo(Event.STATUS);
    assertThat(call.liobn()).isZero();
  }

  private static Event filled(EventKind kind, RandomGenerator random) {
    Event event = new Event().begin(random.nextLong(1, 1L << 40), random.nextLong(1, 1L << 40));
    event
        .withThread(random.nextInt(5))
        .withCpu(random.nextInt(4) - 1)
        .withTask(random.nextBoolean() ? "kworker/0:1-7" : null)
        .withDevice(random.nextBoolean() ? "0001:00:00.0" : null)
        .withText(random.nextBoolean() ? "text of the record" : null);
    if (random.nextBoolean()) {
      event.time(random.nextLong(), random.nextInt(10));
    }
    event.beginList().addToList(random.nextLong()).addToList(random.nextLong());
    return event
        .withLiobn(random.nextLong())
        .withIoba(random.nextLong())
        .withTce(random.nextLong())
        .withPages(random.nextLong())
        .withStatus(random.nextLong())
        .withListAddress(random.nextLong())
        .withBuid(random.nextLong())
        .withConfigAddress(random.nextInt())
        .withPageShift(random.nextInt(64))
        .withEntries(random.nextLong())
        .withStart(random.nextLong())
        .withAvailable(random.nextInt(3))
        .withLargestBlock(random.nextLong())
        .withPageMask(random.nextInt())
        .withPermission(random.nextInt(4))
        .withId(random.nextLong())
        .withSize(random.nextLong())
        .is(kind, "name of a record", random.nextInt(1 << 26));
  }
}

package io.tcescope.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many things are worked on at once, and nobody can tell from what comes of them. */
final class InOrderTest {
  private static final int MANY = 10 * InOrder.AHEAD;

  @Test
  void parts_come_in_the_order_of_their_things_however_many_they_are() {
    int[] sizes = {0, 1, 5000, 2, 0, 3000, 1};
    List<Integer> things = IntStream.range(0, sizes.length).boxed().toList();
    List<String> taken = new ArrayList<>();
    InOrder.<Integer, String>forEach(
        things,
        (thing, parts) -> IntStream.range(0, sizes[thing]).forEach(i -> parts.add(thing + "." + i)),
        taken::add);
    assertThat(taken)
        .containsExactlyElementsOf(
            things.stream()
                .flatMap(thing -> IntStream.range(0, sizes[thing]).mapToObj(i -> thing + "." + i))
                .toList());
  }

  @Test
  void whoever_has_enough_hears_the_end_of_that_thing_and_of_no_other() {
    for (int many : new int[] {1, MANY}) {
      List<String> taken = new ArrayList<>();
      AtomicInteger begun = new AtomicInteger();
      InOrder.<Integer, String>forEach(
          IntStream.range(0, many).boxed().toList(),
          (thing, parts) -> {
            begun.incrementAndGet();
            for (int i = 0; parts.areWanted() && parts.add(thing + ""); i++) {
              assertThat(i).isLessThan(1_000_000);
            }
            parts.add("end of " + thing);
          },
          part -> {
            taken.add(part);
            return taken.size() < 3;
          });
      assertThat(taken).startsWith("0", "0", "0").endsWith("end of 0");
      assertThat(begun.get()).isLessThanOrEqualTo(InOrder.AHEAD);
    }
  }

  @Test
  void what_is_ahead_of_its_turn_waits_when_it_has_much_to_tell() {
    AtomicLong made = new AtomicLong();
    AtomicLong taken = new AtomicLong();
    AtomicLong most = new AtomicLong();
    InOrder.<Integer, Integer>forEach(
        IntStream.range(0, InOrder.AHEAD).boxed().toList(),
        (thing, parts) ->
            Stream.iterate(0, i -> i < 20_000, i -> i + 1)
                .forEach(
                    i -> {
                      made.incrementAndGet();
                      parts.add(i);
                    }),
        part -> {
          most.accumulateAndGet(made.get() - taken.incrementAndGet(), Math::max);
          return true;
        });
    assertThat(taken).hasValue(20_000L * InOrder.AHEAD);
    assertThat(most.get()).isLessThanOrEqualTo(InOrder.AHEAD * 1100L);
  }

  @Test
  void a_fault_of_the_work_is_a_fault_of_the_whole() {
    for (int many : new int[] {1, MANY}) {
      assertThatThrownBy(
              () ->
                  InOrder.<Integer, Integer>forEach(
                      IntStream.range(0, many).boxed().toList(),
                      (thing, parts) -> {
                        throw new AssertionError("a bug");
                      },
                      part -> true))
          .hasMessage("a bug");
    }
  }
}

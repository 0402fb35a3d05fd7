package io.tcescope.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Mark;
import org.junit.jupiter.api.Test;

/**
 * A complete account writes every list it could read; one of which it wrote only the place lay
 * outside memory.
 */
class ListsOfACompleteAccountTest {
  private static final long LIOBN = 0x80000000L;

  private static Calls window() {
    return new Calls().window(LIOBN, 0x800000020000000L, "default", 0, 12, 0x40000);
  }

  private static void unread(Event event) {
    event
        .is(EventKind.H_PUT_TCE_INDIRECT, "indirect", 0)
        .withLiobn(LIOBN)
        .withIoba(0x1000)
        .withPages(2)
        .withListAddress(0x40100000)
        .withStatus(0);
  }

  private static DmaWindow after(Calls calls) {
    return Replay.run(
            calls.trace(SourceKind.CSV),
            ReplayOptions.defaults().withInference(Inference.NONE),
            () -> (event, change, state) -> {})
        .state()
        .window(LIOBN);
  }

  @Test
  void a_list_it_does_not_show_is_zeros_also_before_the_first_it_shows() {
    DmaWindow window =
        after(window().event(ListsOfACompleteAccountTest::unread).indirect(LIOBN, 0x8000, 0, 3, 3));
    assertThat(window.unknown()).isZero();
    assertThat(window.tce(1)).isEqualTo(Tce.CLEAR);
    assertThat(Mark.knowledge(window.mark(1)).certainty()).isEqualTo(Certainty.INFERRED);
  }

  @Test
  void of_a_list_without_a_place_nothing_is_known() {
    Calls calls = window().indirect(LIOBN, 0x8000, 0, 3, 3);
    calls.event(ListsOfACompleteAccountTest::unread);
    calls.event(
        e -> {
          unread(e);
          e.is(e.kind(), "indirect", e.fields() & ~Event.LIST_ADDRESS);
        });
    assertThat(after(calls).unknown()).isEqualTo(2);
  }

  @Test
  void where_no_list_is_shown_at_all_nothing_is_known_of_any() {
    DmaWindow window = after(window().event(ListsOfACompleteAccountTest::unread));
    assertThat(window.unknown()).isEqualTo(2);
  }
}

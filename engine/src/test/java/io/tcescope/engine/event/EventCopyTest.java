package io.tcescope.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A copied row says what the other says, also after the other is reused. */
final class EventCopyTest {
  @Test
  void a_copy_holds_every_field_of_its_own() {
    Event row = new Event().begin(7, 8).time(9, 6).withDevice("0001:00:00.0").withText("text");
    row.withTask("task").withThread(10).withCpu(1);
    row.is(EventKind.H_PUT_TCE_INDIRECT, "name", Event.WITNESS).withLiobn(11).withIoba(12);
    row.withTceNumber(13).withRealAddress(14).withGuestTable(15).beginList();
    row.addToList(16).addToList(17);
    Event copy = new Event().copyFrom(row);
    row.begin(1, 1).is(EventKind.LOG, "other", 0).beginList().addToList(99);
    assertThat(copy.ordinal()).isEqualTo(7);
    assertThat(copy.line()).isEqualTo(8);
    assertThat(copy.time()).isEqualTo(9);
    assertThat(copy.kind()).isEqualTo(EventKind.H_PUT_TCE_INDIRECT);
    assertThat(copy.has(Event.WITNESS | Event.LIST | Event.TCE_NUMBER)).isTrue();
    assertThat(copy.liobn()).isEqualTo(11);
    assertThat(copy.ioba()).isEqualTo(12);
    assertThat(copy.tceNumber()).isEqualTo(13);
    assertThat(copy.realAddress()).isEqualTo(14);
    assertThat(copy.guestTable()).isEqualTo(15);
    assertThat(copy.listLength()).isEqualTo(2);
    assertThat(copy.list(1)).isEqualTo(17);
    assertThat(copy.device()).isEqualTo("0001:00:00.0");
    assertThat(copy.task()).isEqualTo("task");
    assertThat(copy.text()).isEqualTo("text");
    assertThat(copy.thread()).isEqualTo(10);
    assertThat(copy.cpu()).isOne();
  }
}

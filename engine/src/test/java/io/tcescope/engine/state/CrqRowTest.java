package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.CONSOLE;
import static io.tcescope.engine.state.Replayed.D;
import static io.tcescope.engine.state.Replayed.log;
import static io.tcescope.engine.state.Replayed.runs;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.EventKind;
import org.junit.jupiter.api.Test;

/**
 * Which freed queues tell that every VIO table was cleared (libvirt numbers devices its own way).
 */
final class CrqRowTest {
  private static final long DISK = 0x1000;
  private static final long NET = 0x2000;
  private static final long NVRAM = 0x3000;
  private static final String WRITTEN = "1..1 0x5003 observed";
  private static final String CLEARED = "0..65535 0x0 inferred";

  private static Calls freed(Calls calls, long... units) {
    for (long unit : units) {
      calls.sign(EventKind.VIO_FREE_CRQ, unit);
    }
    return calls;
  }

  private static Calls started(long... row) {
    return freed(new Calls().newTable(NET).newTable(DISK).newTable(D), row)
        .put(NET, 0x1000, 0x5003, 0)
        .put(DISK, 0x1000, 0x5003, 0);
  }

  @Test
  void theRowOfTheStartComesAgain() {
    Calls calls = started(DISK, NET, NVRAM);
    assertThat(runs(log(calls), NET)).isEqualTo(WRITTEN);
    freed(calls, DISK, NET);
    assertThat(runs(log(calls), NET)).isEqualTo(WRITTEN);
    freed(calls, NVRAM);
    assertThat(runs(log(calls), NET)).isEqualTo(CLEARED);
    assertThat(runs(log(calls), DISK)).isEqualTo(CLEARED);
  }

  @Test
  void aGuestThatFreesOneQueueClearsNothing() {
    assertThat(runs(log(freed(started(DISK, NET, CONSOLE), CONSOLE)), NET)).isEqualTo(WRITTEN);
    assertThat(runs(log(freed(started(DISK, NET, CONSOLE), NET)), NET)).isEqualTo(WRITTEN);
  }

  @Test
  void otherThreadsRecordsMayStandInTheRow() {
    Calls calls = freed(started(DISK, NET, NVRAM), DISK).log("x");
    assertThat(runs(log(freed(calls, NET, NVRAM)), NET)).isEqualTo(CLEARED);
  }

  @Test
  void aRecordingThatBeginsLateKnowsTheRowByWhatItCovers() {
    Calls calls = new Calls().put(NET, 0x1000, 0x5003, 0).put(DISK, 0x1000, 0x5003, 0);
    assertThat(runs(log(freed(calls, DISK, NET)), NET)).contains("1..1 0x5003 inferred");
    assertThat(runs(log(freed(calls, NVRAM)), NET)).isEqualTo(CLEARED);
  }

  @Test
  void whereNoQueueIsSeenAQuiesceMayHaveClearedWhatWasWritten() {
    Calls calls = new Calls().newTable(NET).newTable(D).indirectLast(NET, 0, 2, 0x5003, 0);
    calls.put(NET, 0x3000, 0x6003, 0).stuff(NET, 0x4000, 0x7003, 1, 0).get(NET, 0, 0x8003, 0);
    calls.put(NET, 0x6000, 0, 0).put(D, 0x1000, 0x5003, 0);
    assertThat(runs(log(calls), NET))
        .isEqualTo("0..0 0x8003 inferred, 1..1 list-not-recorded, 2..4 0x5003 inferred");
    assertThat(runs(log(calls), D)).isEqualTo(WRITTEN);
    calls.sign(EventKind.VIO_REGISTER_CRQ, NET).put(NET, 0x3000, 0x6003, 0);
    assertThat(runs(log(calls), NET)).contains("3..3 0x6003 observed");
  }

  @Test
  void aRowAtTheStartFromWhichRecordsAreMissingIsNoMeasure() {
    Calls calls = freed(new Calls().newTable(NET).newTable(D), DISK, NET).lost(1);
    freed(calls.put(NET, 0x1000, 0x5003, 0), DISK, NET, NVRAM);
    assertThat(runs(log(calls), NET)).isEqualTo(CLEARED);
  }

  @Test
  void aSnapshotKnowsTheRowToo() {
    Calls calls = freed(started(DISK, NET, NVRAM), DISK, NET);
    IommuState state = log(calls);
    assertThat(runs(state.snapshot(), NET)).isEqualTo(WRITTEN);
  }
}

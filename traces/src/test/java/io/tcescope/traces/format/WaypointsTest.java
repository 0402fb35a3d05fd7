package io.tcescope.traces.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.dmesg.DmesgFormat;
import io.tcescope.traces.guest.Shown;
import io.tcescope.traces.parts.Parts;
import io.tcescope.traces.qemulog.QemuLogFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Places are found again, however many there are, and readers that use them read the same. */
final class WaypointsTest {
  @Test
  void aPlaceNearTheEventIsKnownAlsoWhenManyWereThinnedOut() {
    Waypoints places = new Waypoints(16);
    long events = 20_000;
    for (long ordinal = 1; ordinal <= events; ordinal++) {
      places.note(ordinal, 100 * ordinal);
    }
    for (long ordinal = 1; ordinal <= events; ordinal++) {
      Waypoints.Place place = places.before(ordinal, 100);
      assertThat(place.offset()).isEqualTo(100 * place.ordinal());
      assertThat(ordinal - place.ordinal()).isBetween(0L, events / 8);
    }
  }

  @Test
  void aRememberedPlaceIsUsedWhereNoReaderHasPassed() {
    Waypoints places = new Waypoints();
    places.note(32, 3200);
    places.note(384, 38_400); // not behind the last one: some reader began in between
    places.remember(300, 30_000);
    assertThat(places.before(299, 0)).isEqualTo(new Waypoints.Place(32, 3200));
    assertThat(places.before(400, 0)).isEqualTo(new Waypoints.Place(300, 30_000));
    assertThat(places.before(31, 5)).isEqualTo(new Waypoints.Place(1, 5));
  }

  @Test
  void findingAnEventGivesWhatReadingUpToItGives() {
    try (Trace parts = Parts.of(List.of(log(700), log(2000), log(1), log(999)));
        Trace kernel = kernelLog(2000)) {
      for (Trace run : List.of(parts, kernel)) {
        findsWhatItReads(run);
      }
    }
  }

  private static void findsWhatItReads(Trace run) {
    List<String> all = Shown.read(run);
    for (long seed = 1; seed <= 20; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      TraceReader reader = run.read(1);
      Event event = new Event();
      long ordinal = 0;
      while ((ordinal += 1 + random.nextInt(400)) <= all.size()) {
        assertThat(reader.find(ordinal, event)).as("seed %d", seed).isTrue();
        assertThat(Shown.of(event)).as("seed %d", seed).isEqualTo(all.get((int) ordinal - 1));
      }
      assertThat(reader.find(ordinal, event)).isFalse();
    }
  }

  @Test
  void aLineOfTextIsFoundWithoutReadingWhatLiesBetween() {
    try (Trace run = kernelLog(200)) {
      TraceReader reader = run.read(1);
      assertThat(reader.find(200, new Event())).isTrue();
      assertThat(reader.health().skipped()).isEmpty();
    }
  }

  /** With a message that cannot be read on every second line. */
  private static Trace kernelLog(int lines) {
    StringBuilder log = new StringBuilder();
    for (int i = 1; i <= lines; i++) {
      log.append("[    1.%06d] ".formatted(i))
          .append(i % 2 == 0 ? "line " + i : "ibm,create-pe-dma-window(2026) 0 " + i)
          .append('\n');
    }
    return Shown.open(new DmesgFormat(), log.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static Trace log(int lines) {
    StringBuilder log = new StringBuilder();
    for (int i = 1; i <= lines; i++) {
      log.append("spapr_iommu_pci_put liobn=0x80000000 ioba=0x")
          .append(Integer.toHexString(i << 12))
          .append(" tce=0x3 ret=0\n");
    }
    return Shown.open(new QemuLogFormat(), log.toString().getBytes(StandardCharsets.US_ASCII));
  }
}

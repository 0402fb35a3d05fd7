package io.tcescope.queries.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.queries.index.LackingLog;
import io.tcescope.queries.index.RandomLog;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneObserverTest {
  private static final int EVENTS = 4000;
  private static final Path RUNS = Path.of("../traces/src/test/resources/corpus");

  @TempDir private Path folder = Path.of("");

  /** What one event did to one window. */
  private record Deed(long event, long mapped, long cleared) {}

  /** Keeps every deed, and thus grows with the recording. */
  private static final class Everything implements Observer {
    final Map<String, List<Deed>> deeds = new TreeMap<>();
    final Map<String, Long> live = new TreeMap<>();

    @Override
    public void on(Event event, Change change, IommuState state) {
      if (change.window() != DmaWindow.NONE && change.mapped() + change.cleared() > 0) {
        deeds
            .computeIfAbsent(change.window().toString(), w -> new ArrayList<>())
            .add(new Deed(event.ordinal(), change.mapped(), change.cleared()));
      }
      change.closed().forEach(window -> live.put(window.toString(), window.mapped()));
    }

    @Override
    public void end(IommuState state) {
      state.settled().windows().forEach(window -> live.put(window.toString(), window.mapped()));
    }
  }

  /** How many entries of each window are live from which event on: all windows at every event. */
  private static final class Census implements Observer {
    final Map<String, TreeMap<Long, Long>> live = new TreeMap<>();

    @Override
    public void on(Event event, Change change, IommuState state) {
      change.closed().forEach(window -> note(window, event.ordinal(), 0));
      state.windows().forEach(window -> note(window, event.ordinal(), window.mapped()));
    }

    private void note(DmaWindow window, long event, long mapped) {
      TreeMap<Long, Long> known = live.computeIfAbsent(window.toString(), w -> new TreeMap<>());
      if (known.isEmpty() || known.lastEntry().getValue() != mapped) {
        known.put(event, mapped);
      }
    }

    long at(String window, long event) {
      Map.Entry<Long, Long> last = Objects.requireNonNull(live.get(window)).floorEntry(event);
      return last == null ? 0 : last.getValue();
    }
  }

  static List<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.walk(RUNS, 2)) {
      return files.filter(file -> file.endsWith("trace.log.zst")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void aLaneShowsWhatIsLiveAlsoWhereNoCallChangedIt(Path file) throws IOException {
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      Lanes lanes = watch(trace, () -> new LaneObserver(false)).lanes();
      Census census = watch(trace, Census::new);
      for (Lane lane : lanes.lanes()) {
        String window = "0x" + Long.toHexString(lane.liobn()) + "#" + lane.generation();
        if (census.live.containsKey(window)) {
          assertThat(live(lane, lanes.parts()))
              .as(window)
              .isEqualTo(
                  IntStream.range(0, lanes.parts())
                      .mapToObj(part -> census.at(window, lastEvent(lanes, part)))
                      .toList());
        }
      }
    }
  }

  @Test
  void nothingIsLiveWhereCallsThatClearAreMissing() throws IOException {
    String removal = "spapr_iommu_ddw_remove liobn=0x80000101\n";
    try (Trace trace = recording(LackingLog.text() + removal)) {
      Lanes lanes = watch(trace, () -> new LaneObserver(true)).lanes();
      assertThat(lanes.lanes()).hasSizeGreaterThan(5);
      assertThat(lanes.lanes()).allMatch(lane -> lane.peak() == 0 && lane.live() == 0);
      assertThat(lanes.lanes().stream().flatMap(lane -> lane.parts().stream()))
          .isNotEmpty()
          .allMatch(part -> part.peak() == 0 && part.live() == 0)
          .allMatch(part -> part.mapped() == 0 && part.cleared() == 0);
    }
  }

  private static List<Long> live(Lane lane, int parts) {
    Long[] live = new Long[parts];
    Arrays.fill(live, 0L);
    lane.parts().forEach(part -> Arrays.fill(live, part.number(), parts, part.live()));
    return List.of(live);
  }

  private static long lastEvent(Lanes lanes, int part) {
    return part + 1 < lanes.parts() ? lanes.firstEvents().get(part + 1) - 1 : Long.MAX_VALUE;
  }

  private Trace recording(String text) throws IOException {
    return Traces.open(Files.writeString(folder.resolve("a.log"), text), TraceOptions.NONE);
  }

  private static <O extends Observer> O watch(Trace trace, Supplier<O> observers) {
    return Replay.run(trace, ReplayOptions.defaults(), observers).observer();
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45})
  void partsAddUpToWhatEventsDid(long seed) throws IOException {
    try (Trace trace = recording(RandomLog.make(seed, EVENTS))) {
      boolean byTime = seed % 2 == 0;
      Lanes lanes = watch(trace, () -> new LaneObserver(byTime)).lanes();
      Everything all = watch(trace, () -> new Everything());
      assertThat(lanes.parts()).as("seed %d", seed).isBetween(Axis.MOST_PARTS / 2, 1024);
      assertThat(lanes.lanes()).as("seed %d", seed).hasSizeGreaterThan(10);
      for (Lane lane : lanes.lanes()) {
        String window = "0x" + Long.toHexString(lane.liobn()) + "#" + lane.generation();
        String where = "seed " + seed + " window " + window;
        assertThat(mapped(lane))
            .as(where)
            .isEqualTo(mapped(lanes, all.deeds.getOrDefault(window, List.of())));
        assertThat(lane.live()).as(where).isEqualTo(all.live.getOrDefault(window, 0L));
        assertThat(lane.parts().stream().allMatch(part -> part.peak() <= lane.peak())).isTrue();
      }
    }
  }

  private static Map<Integer, Long> mapped(Lane lane) {
    Map<Integer, Long> mapped = new TreeMap<>();
    lane.parts()
        .forEach(part -> add(mapped, part.number(), (part.mapped() << 32) | part.cleared()));
    return mapped;
  }

  private static Map<Integer, Long> mapped(Lanes lanes, List<Deed> deeds) {
    Map<Integer, Long> mapped = new TreeMap<>();
    for (Deed deed : deeds) {
      add(mapped, lanes.partOf(deed.event()), (deed.mapped() << 32) | deed.cleared());
    }
    return mapped;
  }

  private static void add(Map<Integer, Long> counts, int part, long count) {
    if (count != 0) {
      counts.merge(part, count, Long::sum);
    }
  }

  @Test
  void openingsSweepsFailuresAndRemovalsStandAtTheirEvents() throws IOException {
    StringBuilder log =
        new StringBuilder("spapr_iommu_new_table liobn=0x80000000 table=0x7f fd=-1\n");
    for (int i = 0; i < 512; i++) {
      log.append(
          "spapr_iommu_pci_stuff liobn=0x80000000 ioba=0x%x tcevalue=0x0 npages=512 ret=0\n"
              .formatted(((i + 1) * 512L) << 12));
    }
    log.append("spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0\n")
        .append("spapr_iommu_pci_put liobn=0x80000000 ioba=0x80000000 tce=0x1234003 ret=-4\n")
        .append("spapr_iommu_ddw_remove liobn=0x80000000\n")
        .append("spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=-4\n");
    try (Trace trace = recording(log.toString())) {
      Lanes lanes = watch(trace, () -> new LaneObserver(true)).lanes();
      assertThat(lanes.timed()).isFalse();
      Lane lane = lanes.lanes().getFirst();
      assertThat(lanes.lanes()).hasSize(1);
      assertThat(lane.opened().event()).isEqualTo(1);
      assertThat(lane.closed().event()).isEqualTo(516);
      assertThat(lane.sweeps()).extracting(Moment::event).containsExactly(513L);
      assertThat(lane.refused()).isEqualTo(2);
      assertThat(lane.live()).isEqualTo(1);
    }
  }
}

package io.tcescope.engine.check;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that judge stretches of entries find what a look at each entry finds. */
class EntryByEntryTest {
  private static final int CALLS = 300;
  private static final int LOOKS = 300;
  private static final long BUID = 0x800000020000000L;
  private static final long[] LIOBNS = {0x80000000L, 0x80000001L, 0x80000100L};
  private static final long MIB = 1L << 20;
  private static final long MMIO = 2048 * MIB;
  private static final long RAM = 64 * MIB;
  private static final int LONGEST = 3000;

  /** Where a window is. */
  private record Place(long liobn, long start, int shift, int entries) {}

  /** A check and the slow, obvious version of it, each with what it found. */
  private static final class Both implements Observer {
    private final Memory memory = new Memory();
    private final List<Check> fast = List.of(memory, new Mmio32Entries(), new EntryValues(memory));
    private final List<Check> slow =
        List.of(new SlowChecks.Mmio32(), new SlowChecks.Values(memory));
    private final Findings found = new Findings();
    private final Findings expected = new Findings();

    @Override
    public void on(Event event, Change change, IommuState state) {
      run(fast, found, event, change, state);
      run(slow, expected, event, change, state);
    }

    private static void run(
        List<Check> checks, Findings findings, Event event, Change change, IommuState state) {
      findings.at(state);
      for (Check check : checks) {
        if (change.has(check.interests())) {
          check.on(event, change, state, findings);
        }
      }
    }
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSameIsFound(long seed) {
    Both both = replayed(new SplittableRandom(seed)).observer();
    assertThat(both.found.sorted()).as("seed %d", seed).isNotEmpty();
    assertThat(both.found.sorted()).as("seed %d", seed).isEqualTo(both.expected.sorted());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSameCallClearedAnEntryInUse(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (DmaWindow window : replayed(random).state().windows()) {
      for (int i = 0; i < LOOKS; i++) {
        long first = random.nextLong(window.entries());
        long pages = 1 + random.nextLong(Math.min(LONGEST, window.entries() - first));
        long since = random.nextInt(CALLS);
        long before = since + random.nextInt(CALLS);
        VioQueues.Range range = new VioQueues.Range(window, first, pages, since);
        assertThat(range.clearedBy(before))
            .as("seed %d, %s before %d", seed, range, before)
            .isEqualTo(SlowChecks.clearedBy(range, before));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void allocationsAreAsLong(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (DmaWindow window : replayed(random).state().windows()) {
      for (int i = 0; i < LOOKS; i++) {
        long index = random.nextLong(window.entries());
        assertThat(Bounds.lengthFrom(window, index))
            .as("seed %d, %s from %d", seed, window, index)
            .isEqualTo(SlowChecks.lengthFrom(window, index));
        assertThat(Bounds.lengthUpTo(window, index + 1))
            .as("seed %d, %s up to %d", seed, window, index)
            .isEqualTo(SlowChecks.lengthUpTo(window, index + 1));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void asManyAllocationsAreLive(long seed) {
    IommuState state = replayed(new SplittableRandom(seed)).state();
    for (DmaWindow window : placed(state)) {
      AllocationCensus census = AllocationCensus.of(window, state.events());
      List<SlowChecks.Allocation> all = SlowChecks.allocations(window);
      assertThat(census.allocations).as("seed %d", seed).isEqualTo(all.size());
      assertThat(LongStream.of(census.madeIn).sum()).isEqualTo(all.size());
      all.stream()
          .min(Comparator.comparingLong(SlowChecks.Allocation::writer))
          .ifPresent(
              oldest -> {
                assertThat(census.oldestWriter).as("seed %d", seed).isEqualTo(oldest.writer());
                assertThat(census.oldestFirst).as("seed %d", seed).isEqualTo(oldest.first());
              });
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void asManyEntriesMapWhatOthersMap(long seed) {
    IommuState state = replayed(new SplittableRandom(seed)).state();
    Findings findings = new Findings();
    findings.at(state);
    Aliases.report(state, findings);
    Map<Long, Object> aliases =
        findings.sorted().stream()
            .collect(toMap(f -> f.liobn().orElseThrow(), f -> f.data().get("aliases")));
    for (DmaWindow window : placed(state)) {
      if (window.mapping() == Mapping.DYNAMIC) {
        assertThat(aliases.getOrDefault(window.liobn(), 0L))
            .as("seed %d, %s", seed, window)
            .isEqualTo(SlowChecks.aliases(window));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void asManyEntriesMapMemoryThatGoes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long start = random.nextInt(160) * MIB;
    Calls calls = calls(random);
    calls.event(e -> e.is(EventKind.MEMORY_REMOVED, "gone", 0).withStart(start).withSize(32 * MIB));
    Replay.Result<Found> result =
        Replay.run(calls.trace(SourceKind.CSV), ReplayOptions.defaults(), Found::new);
    Map<Long, Finding> found =
        result.observer().findings.sorted().stream()
            .collect(toMap(f -> f.liobn().orElseThrow(), f -> f));
    for (DmaWindow window : placed(result.state())) {
      List<Long> mapping = SlowChecks.mapping(window, start, 32 * MIB);
      boolean told = window.mapping() != Mapping.DIRECT && !mapping.isEmpty();
      Finding finding = found.get(window.liobn());
      assertThat(finding != null).as("seed %d, %s", seed, window).isEqualTo(told);
      if (finding != null) {
        assertThat(finding.data())
            .as("seed %d, %s", seed, window)
            .containsEntry("live", (long) mapping.size())
            .containsEntry("firstIoba", Hex.of(window.iobaOf(mapping.getFirst())))
            .containsEntry("lastIoba", Hex.of(window.iobaOf(mapping.getLast())));
      }
    }
  }

  /** Windows of which each entry can be looked at. */
  private static List<DmaWindow> placed(IommuState state) {
    return state.windows().stream().filter(DmaWindow::hasGeometry).toList();
  }

  /** What is said of memory that goes. */
  private static final class Found implements Observer {
    private final FreedMemory check = new FreedMemory();
    private final Findings findings = new Findings();

    @Override
    public void on(Event event, Change change, IommuState state) {
      findings.at(state);
      check.on(event, change, state, findings);
    }
  }

  private static Replay.Result<Both> replayed(SplittableRandom random) {
    Machine machine = new Machine().ram(RAM);
    long aligned = random.nextBoolean() ? -0x10000 : -1;
    long start = MMIO + random.nextInt(1 << 24) & aligned;
    machine.mmio32(start, start + 16 * MIB + (random.nextInt(1 << 28) & aligned));
    ReplayOptions options = ReplayOptions.defaults().withMachine(machine);
    options = random.nextBoolean() ? options.withInference(Inference.LINUX) : options;
    SourceKind source = random.nextBoolean() ? SourceKind.CSV : SourceKind.QEMU_LOG;
    return Replay.run(calls(random).trace(source), options, Both::new);
  }

  private static Calls calls(SplittableRandom random) {
    Calls calls = new Calls();
    List<Place> places = new ArrayList<>();
    for (long liobn : LIOBNS) {
      int shift = random.nextBoolean() ? 12 : 16;
      long start = MMIO + (random.nextInt(64) - 32) * MIB;
      places.add(new Place(liobn, start, shift, 1 << (9 + random.nextInt(11))));
      calls.window(liobn, BUID + liobn, "ddw", start, shift, places.getLast().entries);
    }
    while (calls.size() < CALLS) {
      call(random, calls, places.get(random.nextInt(LIOBNS.length)));
    }
    return calls;
  }

  private static void call(SplittableRandom random, Calls calls, Place place) {
    int first = random.nextInt(place.entries);
    first &= random.nextBoolean() ? -512 : -1;
    int most = Math.min(place.entries - first, 1 << (1 + random.nextInt(12)));
    int pages = 1 + random.nextInt(most);
    int listed = Math.min(pages, 512);
    long ioba = place.start + ((long) first << place.shift);
    long tce = random.nextLong(3 * RAM) & -(1L << (8 + 4 * random.nextInt(3)));
    tce |= random.nextInt(4);
    switch (random.nextInt(12)) {
      case 0, 1 -> calls.put(place.liobn, ioba, tce, 0);
      case 2, 3, 4 -> calls.stuff(place.liobn, ioba, tce, pages, 0);
      case 5, 6 -> calls.stuff(place.liobn, ioba, Tce.CLEAR, pages, 0);
      case 7, 8 -> calls.rising(place.liobn, ioba, listed, tce, random.nextInt(2) << 12, 0);
      case 9, 10 -> calls.indirectLast(place.liobn, ioba, listed - 1, tce, 0);
      default -> rare(random, calls, place, tce);
    }
  }

  private static void rare(SplittableRandom random, Calls calls, Place place, long tce) {
    long start = RAM + random.nextInt(64) * MIB;
    switch (random.nextInt(20)) {
      case 0 -> calls.lost(1);
      case 1, 2, 3 -> calls.stuff(place.liobn, place.start, tce, place.entries, 0);
      case 4 -> calls.stuff(place.liobn, place.start + MIB, tce, place.entries, 0);
      case 5 -> calls.sign(EventKind.MACHINE_RESET, 0);
      default ->
          calls.event(
              e -> e.is(EventKind.MEMORY_ADDED, "memory", 0).withStart(start).withSize(8 * MIB));
    }
  }
}

package io.tcescope.traces.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.dmesg.DmesgFormat;
import io.tcescope.traces.guest.Shown;
import io.tcescope.traces.qemulog.QemuLogFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Files of one recorder are one recording, in the order that their times tell. */
final class PartsTest {
  private static final String BOOT =
      """
      [    0.000000] Linux version 6.12
      [    0.000000] Hardware name: IBM pSeries
      [    0.100000] pci 0000:00:00.0: one
      [    0.200000] pci 0000:00:00.0: two
      [    0.200000] pci 0000:00:00.0: two
      """;

  @Test
  void partsGivenInTheWrongOrderAreReadInTheOrderOfTheirTimes() {
    Trace second = log(line(7, 300_000), line(7, 301_000));
    Trace first = log(line(7, 100_000), line(7, 200_000), line(8, 300_500)); // within the jitter
    try (Trace run = Parts.of(List.of(second, first))) {
      assertThat(places(run)).containsExactly("0:1", "0:2", "0:3", "1:1", "1:2");
      assertThat(health(run).remarks())
          .containsExactly(
              "the files are read in the order of their times, not as given: memory, memory");
    }
  }

  @Test
  void partsInOrderNeedNoRemark() {
    Trace first = log(line(7, 100_000), "a foreign line", line(7, 200_000));
    try (Trace run = Parts.of(List.of(first, log("another", line(7, 300_000))))) {
      assertThat(places(run)).containsExactly("0:1", "0:2", "0:3", "1:1", "1:2");
      assertThat(health(run).remarks()).isEmpty();
    }
  }

  @Test
  void partsWithoutTimesStayAsGiven() {
    String untimed = "spapr_iommu_pci_put liobn=0x80000000 ioba=0x1000 tce=0x3 ret=0";
    List<Trace> parts = List.of(log(line(7, 500_000)), log(untimed), log(line(7, 100_000)));
    try (Trace run = Parts.of(parts)) {
      assertThat(places(run)).containsExactly("0:1", "1:1", "2:1");
      assertThat(health(run).remarks())
          .containsExactly("memory has no times: the files are read in the order given");
    }
  }

  @Test
  void aClockThatWasSetBackMovesNothing() {
    Trace first = log(line(7, 100_000), line(7, 900_000), line(7, 400_000));
    Trace second = log(line(7, 500_000), line(7, 450_000), line(7, 600_000));
    try (Trace run = Parts.of(List.of(first, second))) {
      assertThat(places(run)).containsExactly("0:1", "0:2", "0:3", "1:1", "1:2", "1:3");
      assertThat(health(run).remarks()).isEmpty();
    }
  }

  @Test
  void insideAMergedPartNothingMovesEither() {
    Trace one = log(line(7, 100_000), line(7, 500_000), line(7, 200_000), line(7, 700_000));
    Trace other = log(line(8, 150_000), line(8, 300_000), "a foreign line", line(8, 600_000));
    try (Trace run = Parts.of(List.of(one, other))) {
      assertThat(places(run))
          .containsExactly("0:1", "1:1", "1:2", "1:3", "0:2", "0:3", "1:4", "0:4");
      assertThat(health(run).remarks())
          .containsExactly("memory and memory overlap in time: the 2 files are merged by time");
    }
  }

  @Test
  void theFilesOfSeveralThreadsAreTheLogThatOneFileWouldBe() {
    for (long seed = 1; seed <= 6; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      int threads = 2 + random.nextInt(5);
      List<String> whole = new ArrayList<>();
      List<List<String>> files = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        files.add(new ArrayList<>());
      }
      long time = 1_000_000;
      for (int i = 0; i < 40_000; i++) {
        time += 1 + random.nextInt(100);
        int thread = random.nextInt(threads);
        whole.add(line(thread, time));
        files.get(thread).add(line(thread, time));
      }
      List<Trace> parts = files.stream().map(file -> log(file.toArray(String[]::new))).toList();
      try (Trace run = Parts.of(parts)) {
        List<String> merged = raw(run, 1, Integer.MAX_VALUE);
        assertThat(merged).as("seed %d", seed).isEqualTo(whole);
        assertThat(health(run).events()).as("seed %d", seed).isEqualTo(whole.size());
        assertReadsAnywhere(run, whole, random, seed);
      }
    }
  }

  private static void assertReadsAnywhere(
      Trace run, List<String> whole, RandomGenerator random, long seed) {
    for (int i = 0; i < 20; i++) {
      int first = 1 + random.nextInt(whole.size() - 10);
      assertThat(raw(run, first, 10))
          .as("seed %d, event %d", seed, first)
          .isEqualTo(whole.subList(first - 1, first + 9));
    }
    TraceReader reader = run.read(whole.size());
    assertThat(reader.next(new Event())).isTrue();
    assertThat(reader.next(new Event())).isFalse();
    assertThat(reader.position()).isEqualTo(run.bytes());
  }

  @Test
  void copiesTakenAtTwoTimesHoldEachRecordOnce() {
    String[] lines = new String[40_000]; // few moments, so that places to begin at are between them
    RandomGenerator random = new SplittableRandom(11);
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line(random.nextInt(2), 1_000_000 + i / 7);
    }
    String[] early = Arrays.copyOfRange(lines, 0, 30_000);
    String[] late = Arrays.copyOfRange(lines, 20_000, lines.length);
    try (Trace run = Parts.of(List.of(log(early), log(late)))) {
      List<String> merged = raw(run, 1, Integer.MAX_VALUE);
      assertThat(merged).hasSize(lines.length).containsExactlyInAnyOrder(lines);
      assertThat(health(run).events()).isEqualTo(lines.length);
      assertThat(health(run).remarks())
          .contains("10000 records stand in two of the files, and count once");
      for (int first = 1; first < lines.length; first += 1 + random.nextInt(2000)) {
        List<String> there = merged.subList(first - 1, Math.min(merged.size(), first + 4));
        assertThat(raw(run, first, 5)).as("event %d", first).isEqualTo(there);
      }
    }
  }

  @Test
  void aMessageOfOneBootCountsOnceWhateverStandsBeforeIt() {
    String console = "SLOF\n" + BOOT.replace("[  ", "<6>[  ").replace("\n", "\r\n");
    String debug = BOOT + "[    0.150000] debug\n[    0.300000] end\n";
    try (Trace run = Parts.of(List.of(dmesg(console), dmesg(sorted(debug))))) {
      assertThat(texts(run))
          .containsExactly(
              "SLOF",
              "Linux version 6.12",
              "Hardware name: IBM pSeries",
              "pci 0000:00:00.0: one",
              "debug",
              "pci 0000:00:00.0: two",
              "pci 0000:00:00.0: two",
              "end");
      assertThat(health(run).remarks())
          .contains("5 records stand in two of the files, and count once");
    }
  }

  @Test
  void bootsFollowEachOtherAsGiven() {
    String second = BOOT.replace("0.1", "0.103").replace("0.2", "0.205");
    String rest = "[    0.400000] the first boot ends\n";
    try (Trace run = Parts.of(List.of(dmesg(BOOT), dmesg(second), dmesg(rest)))) {
      assertThat(run.files()).hasSize(3);
      assertThat(places(run))
          .containsExactly(
              "0:1", "0:2", "0:3", "0:4", "0:5", "1:1", "2:1", "2:2", "2:3", "2:4", "2:5");
      assertThat(health(run).remarks()).singleElement().asString().contains("boots of their own");
      Event event = new Event();
      TraceReader reader = run.read(1);
      assertThat(reader.find(8, event)).isTrue();
      assertThat(event.file()).isEqualTo(2);
    }
  }

  private static String sorted(String lines) {
    return String.join("\n", lines.lines().sorted().toList()) + "\n";
  }

  private static String line(int thread, long micros) {
    return String.format(
        Locale.ROOT,
        "%d@%d.%06d:spapr_iommu_pci_put liobn=0x80000000 ioba=0x1000 tce=0x%x ret=0",
        thread,
        micros / 1_000_000,
        micros % 1_000_000,
        3 + (micros % 512 << 12));
  }

  private static Trace log(String... lines) {
    String text = String.join("\n", lines) + "\n";
    return Shown.open(new QemuLogFormat(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static Trace dmesg(String text) {
    return Shown.open(new DmesgFormat(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** File and line of every event, which are numbered from 1 without a gap. */
  private static List<String> places(Trace run) {
    List<String> places = new ArrayList<>();
    TraceReader reader = run.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      places.add(event.file() + ":" + event.line());
      assertThat(event.ordinal()).isEqualTo(places.size());
    }
    return places;
  }

  private static List<String> raw(Trace run, long first, int limit) {
    List<String> records = new ArrayList<>();
    TraceReader reader = run.read(first);
    Event event = new Event();
    while (records.size() < limit && reader.next(event)) {
      assertThat(event.ordinal()).isEqualTo(first + records.size());
      records.add(event.raw());
    }
    return records;
  }

  private static List<String> texts(Trace run) {
    List<String> texts = new ArrayList<>();
    TraceReader reader = run.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      texts.add(event.text().strip());
    }
    return texts;
  }

  private static TraceHealth health(Trace run) {
    TraceReader reader = run.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      assertThat(reader.position()).isLessThanOrEqualTo(run.bytes());
    }
    return reader.health();
  }
}

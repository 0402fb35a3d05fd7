package io.tcescope.traces.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.guest.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several recordings of one run become one sequence, each operation told once. */
final class FusionTest {
  private static final Path RUN = Path.of("src/test/resources/corpus/linux61-ddw");

  @TempDir private Path temp;

  @Test
  void the_host_s_events_stay_as_they_are_but_for_lists_that_the_guest_tells() throws IOException {
    List<String> alone = new ArrayList<>();
    try (Trace host = Traces.open(RUN.resolve("trace.log.zst"), TraceOptions.NONE)) {
      each(host, event -> alone.add(event.line() + " " + plain(event)));
    }
    List<String> fused = new ArrayList<>();
    int[] lists = new int[1];
    try (Trace run = run()) {
      assertThat(run.source()).isEqualTo(SourceKind.FUSED);
      each(
          run,
          event -> {
            if (event.file() == 0) {
              fused.add(event.line() + " " + plain(event));
              lists[0] += checkedList(event);
            }
          });
    }
    assertThat(fused).isEqualTo(alone);
    assertThat(lists[0]).isEqualTo(66);
  }

  /** An event without what a list adds to it. */
  private static String plain(Event event) {
    int added = Event.LIST | Event.LIST_LAST_ONLY;
    event.is(event.kind(), event.name(), event.fields() & ~added);
    return Shown.call(event);
  }

  private static int checkedList(Event event) {
    if (event.kind() != EventKind.H_PUT_TCE_INDIRECT || event.listLength() == 0) {
      return 0;
    }
    assertThat(event.listLength()).isEqualTo((int) event.pages());
    assertThat(event.list(event.listLength() - 1)).isEqualTo(event.tce());
    return 1;
  }

  @Test
  void what_two_recordings_tell_is_one_operation_and_its_witnesses() throws IOException {
    List<String> creates = new ArrayList<>();
    try (Trace run = run()) {
      each(
          run,
          event -> {
            if (event.kind() == EventKind.CREATE_PE_DMA_WINDOW) {
              creates.add(event.file() + (event.has(Event.WITNESS) ? " witness" : ""));
            }
          });
    }
    assertThat(creates)
        .containsExactly(
            "0",
            "1 witness",
            "2 witness",
            "0",
            "1 witness",
            "2 witness",
            "0",
            "1 witness",
            "2 witness");
  }

  @Test
  void ordinals_rise_by_one_and_times_never_fall() throws IOException {
    long[] last = {0, Long.MIN_VALUE};
    try (Trace run = run()) {
      each(
          run,
          event -> {
            assertThat(event.ordinal()).isEqualTo(++last[0]);
            if (event.file() > 0 && event.time() != Event.NO_TIME) {
              assertThat(event.time()).isGreaterThanOrEqualTo(last[1]);
              last[1] = event.time();
            }
          });
      assertThat(remarks(run)).anyMatch(remark -> remark.contains("calls shared"));
    }
  }

  @Test
  void reading_from_any_event_gives_what_reading_from_the_front_gives() throws IOException {
    try (Trace run = run()) {
      List<String> all = Shown.read(run);
      RandomGenerator random = new SplittableRandom(5);
      for (int i = 0; i < 10; i++) {
        int first = 1 + random.nextInt(all.size());
        assertThat(Shown.read(run, first, 10))
            .as("event %d", first)
            .isEqualTo(all.subList(first - 1, Math.min(all.size(), first + 9)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void two_recordings_with_offset_and_drift_are_laid_on_one_another(long seed) throws IOException {
    TwoClocks run = new TwoClocks(seed, 400);
    Path host = Files.writeString(temp.resolve("host.log"), run.host());
    Path guest = Files.writeString(temp.resolve("guest.txt"), run.guest());
    try (Trace fused = Traces.openTogether(List.of(guest, host), TraceOptions.NONE)) {
      List<String> order = new ArrayList<>();
      each(
          fused,
          event -> {
            if (event.file() == 0) {
              order.add("host " + event.tce());
            } else if (event.kind() == EventKind.HCALL) {
              assertThat(event.has(Event.WITNESS)).as("seed %d: %s", seed, event.text()).isTrue();
              order.add("guest " + (event.realAddress() | event.permission()));
            }
          });
      assertThat(order).as("seed %d", seed).isEqualTo(run.order());
      assertThat(remarks(fused)).as("seed %d", seed).noneMatch(r -> r.contains("another result"));
    }
  }

  @Test
  void a_call_that_the_host_should_hold_and_does_not_is_said_so() throws IOException {
    TwoClocks run = new TwoClocks(42, 100);
    Path host =
        Files.writeString(
            temp.resolve("host.log"),
            run.host() + run.hostLine("spapr_iommu_ddw_remove liobn=0x80000401"));
    Path guest =
        Files.writeString(temp.resolve("guest.txt"), run.guestThatRemoves(0x80000301L, 50));
    try (Trace fused = Traces.openTogether(List.of(host, guest), TraceOptions.NONE)) {
      List<String> contradictions = new ArrayList<>();
      each(
          fused,
          event -> {
            if (event.has(Event.CONTRADICTION)) {
              assertThat(event.has(Event.WITNESS)).isTrue();
              contradictions.add(event.name());
            }
          });
      assertThat(contradictions).containsExactly("ibm,remove-pe-dma-window");
      assertThat(remarks(fused)).anyMatch(remark -> remark.contains("holds 1 call "));
      assertIsFound(fused, "has no such call");
    }
  }

  @Test
  void a_result_that_two_recordings_tell_differently_is_said_so() throws IOException {
    TwoClocks run = new TwoClocks(43, 100);
    Path host = Files.writeString(temp.resolve("host.log"), run.host());
    String refused = "opcode=32 retval=0\n";
    int last = run.guest().lastIndexOf(refused);
    Path guest =
        Files.writeString(
            temp.resolve("guest.txt"), run.guest().substring(0, last) + "opcode=32 retval=-4\n");
    try (Trace fused = Traces.openTogether(List.of(host, guest), TraceOptions.NONE)) {
      assertIsFound(fused, "has another result");
    }
  }

  /** A contradiction is a finding, and what the tables hold is in doubt from there on. */
  private static void assertIsFound(Trace fused, String words) {
    Replay.Result<CheckRunner> result =
        Replay.run(fused, ReplayOptions.defaults(), () -> new CheckRunner(fused));
    List<Finding> findings = result.observer().findings();
    assertThat(findings)
        .filteredOn(finding -> finding.rule().equals("model-mismatch"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains(words));
    assertThat(findings).extracting(Finding::rule).contains("trace-hole-suspected");
  }

  @Test
  void recordings_that_share_nothing_are_kept_apart_and_said_so() throws IOException {
    Path host =
        Files.writeString(
            temp.resolve("host.log"),
            "1@1626870000.123456:spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003"
                + " ret=0\n");
    Path dmesg = Files.writeString(temp.resolve("dmesg"), "[    1.000000] a\n[    2.000000] b\n");
    try (Trace fused = Traces.openTogether(List.of(dmesg, host), TraceOptions.NONE)) {
      assertThat(Shown.read(fused)).hasSize(3);
      assertThat(remarks(fused)).anyMatch(remark -> remark.contains("no call shared"));
    }
  }

  private static Trace run() throws IOException {
    return Traces.openTogether(
        List.of(
            RUN.resolve("dmesg.txt.zst"),
            RUN.resolve("ftrace.txt.zst"),
            RUN.resolve("trace.log.zst")),
        TraceOptions.NONE);
  }

  private interface Check {
    void event(Event event);
  }

  private static void each(Trace trace, Check check) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      check.event(event);
    }
  }

  private static List<String> remarks(Trace trace) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      assertThat(event.ordinal()).isPositive();
    }
    return reader.health().remarks();
  }
}

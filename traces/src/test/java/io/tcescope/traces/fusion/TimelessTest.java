package io.tcescope.traces.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.made.Relayed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Recordings of which one or both have no times are put together by the order of their calls. */
final class TimelessTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");

  /** Which recordings have no times. */
  private enum Untimed {
    HOST,
    GUEST,
    BOTH;

    /** The two recordings, fused. */
    FusedTrace fuse(Path host, Path guest) throws IOException {
      return TimelessTest.fuse(
          this == GUEST ? open(host) : timeless(host),
          this == HOST ? open(guest) : timeless(guest));
    }
  }

  private static FusedTrace fuse(Trace... recordings) {
    return (FusedTrace) Fusion.of(List.of(recordings));
  }

  private static Trace open(Path file) throws IOException {
    return Traces.open(file, TraceOptions.NONE);
  }

  private static Trace timeless(Path file) throws IOException {
    return new Relayed(open(file), event -> event.time(Event.NO_TIME, 0));
  }

  @TempDir private Path temp;

  static LongStream seeds() {
    return LongStream.concat(LongStream.of(34), new SplittableRandom(7).longs(12, 0, 10_000));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void records_stand_in_the_order_in_which_the_calls_happened(long seed) throws IOException {
    TwoClocks run = new TwoClocks(seed, 200);
    assertInOrder(run.host(), run.guest(), run.order(), "seed " + seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void calls_that_the_host_lost_do_not_confuse_the_others(long seed) throws IOException {
    TwoClocks run = new TwoClocks(seed, 200);
    RandomGenerator random = new SplittableRandom(seed);
    StringBuilder host = new StringBuilder();
    List<String> order = new ArrayList<>(run.order());
    List<String> lines = run.host().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      // Of what the guest tells alone nobody knows when it was if the host tells nothing before it.
      if (i < 60 || random.nextInt(10) > 0) {
        host.append(lines.get(i)).append('\n');
      } else {
        order.remove("host " + Long.decode(lines.get(i).replaceAll(".*tce=(\\S+).*", "$1")));
      }
    }
    assertInOrder(host.toString(), run.guest(), order, "seed " + seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void recordings_that_both_lost_calls_are_still_of_one_run(long seed) throws IOException {
    TwoClocks run = new TwoClocks(seed, 400);
    RandomGenerator random = new SplittableRandom(seed);
    Path host = Files.writeString(temp.resolve("host.log"), thinned(run.host(), 1, random));
    Path guest = Files.writeString(temp.resolve("guest.txt"), thinned(run.guest(), 3, random));
    for (Untimed untimed : Untimed.values()) {
      try (FusedTrace fused = untimed.fuse(host, guest)) {
        assertThat(fused.remarks)
            .as("seed %d, without times: %s", seed, untimed)
            .noneMatch(remark -> remark.contains("another run"));
        assertThat(fused.beside.getFirst().twins().isEmpty()).as("seed %d", seed).isFalse();
      }
    }
  }

  /** A twentieth of the calls is lost, each of so many lines. */
  private static String thinned(String recording, int linesOfCall, RandomGenerator random) {
    List<String> lines = recording.lines().toList();
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < lines.size(); i += linesOfCall) {
      if (random.nextInt(20) > 0) {
        lines.subList(i, i + linesOfCall).forEach(line -> kept.append(line).append('\n'));
      }
    }
    return kept.toString();
  }

  /** Each of them alone could be any of the calls on that entry. */
  @Test
  void calls_before_the_first_that_is_surely_shared_are_placed_by_it() throws IOException {
    TwoClocks run = new TwoClocks();
    for (int i = 1; i <= 6; i++) {
      run.call(1000, 16, 0x1000L * i, i > 3);
    }
    run.call(400_000, 17, 0x20000, true);
    run.call(1000, 18, 0x30000, true);
    assertInOrder(run.host(), run.guest(), run.order(), "calls on one entry before a pause");
  }

  private void assertInOrder(String hostText, String guestText, List<String> order, String which)
      throws IOException {
    Path host = Files.writeString(temp.resolve("host.log"), hostText);
    Path guest = Files.writeString(temp.resolve("guest.txt"), guestText);
    for (Untimed untimed : Untimed.values()) {
      try (FusedTrace fused = untimed.fuse(host, guest)) {
        List<String> found = new ArrayList<>();
        TraceReader reader = fused.read(1);
        Event event = new Event();
        while (reader.next(event)) {
          if (event.file() == 0) {
            found.add("host " + event.tce());
          } else if (event.kind() == EventKind.HCALL) {
            found.add("guest " + (event.realAddress() | event.permission()));
          }
        }
        assertThat(found).as("%s, without times: %s", which, untimed).isEqualTo(order);
        assertThat(reader.health().remarks()).as(which).noneMatch(r -> r.contains("another run"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linux61-ddw, ftrace.txt.zst",
    "linux61-ddw, dmesg.txt.zst",
    "linux61-dynamic-ddw, ftrace.txt.zst",
    "linux612-single-window-vf, ftrace.txt.zst",
    "linux612-single-window-vf, dmesg.txt.zst",
    "linux612-trace-cmd, trace-v6-without-symbols.dat.zst",
    "simple-case-reset-after-use, trace.bin.zst",
  })
  void order_alone_finds_the_calls_that_times_find(String run, String second) throws IOException {
    Path host = CORPUS.resolve(run).resolve("trace.log.zst");
    Path guest = host.resolveSibling(second);
    List<Long> timed;
    try (Trace fused = Traces.openTogether(List.of(host, guest), TraceOptions.NONE)) {
      timed = twins(((FusedTrace) fused).beside.getFirst());
    }
    for (Untimed untimed : Untimed.values()) {
      try (FusedTrace fused = untimed.fuse(host, guest)) {
        assertThat(twins(fused.beside.getFirst()))
            .as("without times: %s", untimed)
            .isEqualTo(timed);
      }
    }
  }

  /** Ordinals of the host's records of the calls that the guest's recording holds. */
  private static List<Long> twins(Witness witness) {
    Calls calls = witness.survey.calls;
    return LongStream.of(calls.ordinal).limit(calls.size).map(witness::twinOf).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "fuzz72-seed1, simple-fuzz-seed21/trace.bin.zst",
    "fuzz100-seed15, simple-fuzz-seed21/calls.csv.zst",
    "linux612-single-window-vf, linux61-dynamic-ddw/ftrace.txt.zst",
    "linux510-default-removed-in-use, linux61-dynamic-ddw/ftrace.txt.zst",
    "linux612-fw-window, linux510-default-reset-in-use-xlate/ftrace.txt.zst",
    "linux61-default-in-use-refused, linux510-default-reset-in-use-xlate/ftrace.txt.zst",
    "linux612-alloc, linux510-default-removed-in-use/ftrace.txt.zst",
  })
  void a_guest_of_another_run_is_not_taken_for_this_one(String run, String guest)
      throws IOException {
    Path host = CORPUS.resolve(run).resolve("trace.log.zst");
    for (Untimed untimed : Untimed.values()) {
      try (FusedTrace fused = untimed.fuse(host, CORPUS.resolve(guest))) {
        assertThat(fused.remarks)
            .as("without times: %s", untimed)
            .anyMatch(remark -> remark.contains("seems to be of another run"));
        assertThat(fused.beside.getFirst().twins().isEmpty()).isTrue();
      }
    }
  }

  @Test
  void of_a_guest_that_shares_hardly_a_call_only_doubt_is_told() throws IOException {
    Path host = CORPUS.resolve("linux510-default-removed-in-use").resolve("trace.log.zst");
    Path guest = CORPUS.resolve("linux61-dynamic-exhausted").resolve("dmesg.txt.zst");
    for (Untimed untimed : Untimed.values()) {
      try (FusedTrace fused = untimed.fuse(host, guest)) {
        assertThat(fused.remarks)
            .as("without times: %s", untimed)
            .anyMatch(remark -> remark.contains("may be of another run"));
        assertThat(fused.beside.getFirst().twins().isEmpty()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linux612-single-window-vf, linux61-dynamic-ddw",
    "linux61-ddw, linux510-default-reset-in-use-xlate"
  })
  void a_host_without_times_is_placed_by_the_guest_of_its_own_run(String run, String other)
      throws IOException {
    Path host = CORPUS.resolve(run).resolve("trace.log.zst");
    Path foreign = CORPUS.resolve(other).resolve("ftrace.txt.zst");
    Path guest = host.resolveSibling("dmesg.txt.zst");
    List<Long> alone;
    try (FusedTrace fused = Untimed.HOST.fuse(host, guest)) {
      alone = twins(fused.beside.getFirst());
    }
    try (FusedTrace fused = fuse(timeless(host), open(foreign), open(guest))) {
      assertThat(fused.beside.getFirst().twins().isEmpty()).isTrue();
      assertThat(twins(fused.beside.getLast())).isEqualTo(alone);
      assertThat(fused.remarks)
          .anyMatch(remark -> remark.endsWith("placed by the order of calls shared with " + guest));
    }
  }

  @Test
  void a_guest_of_another_run_takes_no_times_from_a_host_that_has_them_from_its_own()
      throws IOException {
    Path host = CORPUS.resolve("linux612-single-window-vf").resolve("trace.log.zst");
    Path guest = host.resolveSibling("dmesg.txt.zst");
    Path foreign = CORPUS.resolve("linux61-dynamic-ddw").resolve("ftrace.txt.zst");
    try (FusedTrace fused = fuse(timeless(host), open(guest), timeless(foreign))) {
      assertThat(fused.mainCourse.isEmpty()).isFalse();
      assertThat(fused.beside.getFirst().twins().isEmpty()).isTrue();
    }
  }
}

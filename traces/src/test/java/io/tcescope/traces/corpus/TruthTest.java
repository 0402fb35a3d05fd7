package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Run;
import io.tcescope.engine.state.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The state at every snapshot of a recording equals the hypervisor's own memory. */
final class TruthTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> runs() {
    return Fixtures.runsWith("truth.json.zst");
  }

  /** Keeps the state after certain lines. */
  private static final class Snapshots implements Observer {
    final Map<Long, IommuState> states = new HashMap<>();

    Snapshots(JsonNode truth) {
      truth.get("snapshots").forEach(s -> states.put(s.get("trace_lines").asLong(), noState()));
    }

    private static IommuState noState() {
      return new IommuState(new IommuState.Rules(Platform.QEMU, false, true, new Machine()));
    }

    @Override
    public void on(Event event, Change change, IommuState state) {
      if (states.containsKey(event.line())) {
        states.put(event.line(), state.settled());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void whatIsClaimedIsWhatTheHypervisorHeld(Path run) throws IOException {
    JsonNode truth = truth(run);
    String name = String.valueOf(run.getFileName());
    boolean linux = name.startsWith("linux");
    try (Trace trace = Fixtures.open(run.resolve("trace.log.zst"))) {
      Replay.Result<Snapshots> result =
          Replay.run(trace, ReplayOptions.defaults(), () -> new Snapshots(truth));
      assertThat(result.rules().inferLists()).as("lists completed").isEqualTo(linux);
      for (JsonNode snapshot : truth.get("snapshots")) {
        IommuState state =
            result
                .observer()
                .states
                .getOrDefault(snapshot.get("trace_lines").asLong(), result.state());
        compare(state, snapshot, linux, name);
      }
    }
  }

  private static void compare(IommuState state, JsonNode snapshot, boolean linux, String name) {
    String label = name + " " + snapshot.get("label").asText();
    Map<Long, JsonNode> tables = new TreeMap<>();
    for (JsonNode table : snapshot.get("tables")) {
      if (table.get("nb_table").asLong() != 0) {
        tables.put(Long.decode(table.get("liobn").asText()), table);
      }
    }
    List<Long> windows = state.windows().stream().map(DmaWindow::liobn).sorted().toList();
    assertThat(windows).as("%s: windows", label).containsExactlyElementsOf(tables.keySet());
    for (DmaWindow window : state.windows()) {
      if (window.hasGeometry()) {
        compare(window, tables.getOrDefault(window.liobn(), JSON.createObjectNode()), label);
      }
      if (linux) {
        assertThat(window.unknown()).as("%s: unknown entries of %s", label, window).isZero();
      }
    }
  }

  private static void compare(DmaWindow window, JsonNode table, String label) {
    String where = label + ": " + window;
    assertThat(window.start()).as(where).isEqualTo(hex(table.get("bus_offset").asText()));
    assertThat(window.pageShift()).as(where).isEqualTo(table.get("page_shift").asInt());
    assertThat(window.entries()).as(where).isEqualTo(table.get("nb_table").asLong());
    Map<Long, Long> held = held(table);
    long[] next = {0};
    Runs.of(
        window,
        run -> {
          assertClear(held, next[0], run.first(), where);
          assertRun(held, run, where);
          next[0] = run.last() + 1;
        });
    assertClear(held, next[0], window.entries(), where);
  }

  private static void assertRun(Map<Long, Long> held, Run run, String where) {
    if (run.knowledge().certainty() == Certainty.UNKNOWN) {
      return;
    }
    for (long i = run.first(); i <= run.last(); i++) {
      long claimed = run.tce() + (i - run.first()) * run.step();
      if (claimed != held.getOrDefault(i, 0L)) {
        assertThat(claimed)
            .as("%s, entry %d, %s", where, i, run.knowledge())
            .isEqualTo(held.getOrDefault(i, 0L));
      }
    }
  }

  private static void assertClear(Map<Long, Long> held, long from, long to, String where) {
    for (long i = from; i < to; i++) {
      if (held.containsKey(i)) {
        assertThat(held.get(i)).as("%s, entry %d claimed to be clear", where, i).isZero();
      }
    }
  }

  private static Map<Long, Long> held(JsonNode table) {
    Map<Long, Long> held = new HashMap<>();
    for (JsonNode run : table.get("runs")) {
      long value = run.get(2).isTextual() ? hex(run.get(2).asText()) : run.get(2).asLong();
      long step = run.get(3).isTextual() ? hex(run.get(3).asText()) : run.get(3).asLong();
      for (long i = run.get(0).asLong(); i <= run.get(1).asLong(); i++) {
        held.put(i, value + (i - run.get(0).asLong()) * step);
      }
    }
    return held;
  }

  private static long hex(String text) {
    return Long.parseUnsignedLong(text.substring(2), 16);
  }

  private static JsonNode truth(Path run) throws IOException {
    try (InputStream packed = Files.newInputStream(run.resolve("truth.json.zst"));
        InputStream stream = new ZstdInputStream(packed)) {
      return JSON.readTree(stream);
    }
  }
}

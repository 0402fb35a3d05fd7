package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Knowledge;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Run;
import io.tcescope.engine.state.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the hypervisor's own memory held at each snapshot of a run. */
final class Truth {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The tables at one moment.
   *
   * @param line the host's log had that many lines then
   */
  record Snapshot(String label, long line, Map<Long, JsonNode> tables) {}

  private final List<Snapshot> snapshots = new ArrayList<>();

  private Truth() {}

  static Truth of(Path file) throws IOException {
    Truth truth = new Truth();
    try (InputStream packed = Files.newInputStream(file);
        InputStream stream = new ZstdInputStream(packed)) {
      for (JsonNode node : JSON.readTree(stream).get("snapshots")) {
        truth.add(node, file.getName(file.getNameCount() - 2).toString());
      }
    }
    return truth;
  }

  private void add(JsonNode node, String run) {
    Map<Long, JsonNode> tables = new TreeMap<>();
    for (JsonNode table : node.get("tables")) {
      if (table.get("nb_table").asLong() != 0) {
        tables.put(Long.decode(table.get("liobn").asText()), table);
      }
    }
    String label = run + " " + node.get("label").asText();
    snapshots.add(new Snapshot(label, node.get("trace_lines").asLong(), tables));
  }

  List<Snapshot> snapshots() {
    return snapshots;
  }

  /** Keeps the state after certain lines of a run's first file. */
  static final class Recorder implements Observer {
    private final Map<Long, IommuState> states = new HashMap<>();

    private final long missing;

    Recorder(Truth truth) {
      this(truth, 0);
    }

    /** For a log of which the first lines are missing. */
    Recorder(Truth truth, long missing) {
      this.missing = missing;
      truth.snapshots.forEach(snapshot -> states.put(snapshot.line - missing, noState()));
    }

    private static IommuState noState() {
      return new IommuState(new IommuState.Rules(Platform.QEMU, false, true, new Machine()));
    }

    @Override
    public void on(Event event, Change change, IommuState state) {
      if (event.file() == 0 && states.containsKey(event.line())) {
        states.put(event.line(), state.settled());
      }
    }

    IommuState at(Snapshot snapshot) {
      return states.getOrDefault(snapshot.line - missing, noState());
    }
  }

  /** Fails where a state claims what the hypervisor did not hold; counts what it claims how. */
  static Map<Certainty, Long> compare(IommuState state, Snapshot snapshot) {
    List<Long> windows = state.windows().stream().map(DmaWindow::liobn).sorted().toList();
    assertThat(windows)
        .as("%s: windows", snapshot.label)
        .containsExactlyElementsOf(snapshot.tables.keySet());
    return claims(state, snapshot);
  }

  /** The same, but windows may be missing from the state. */
  static Map<Certainty, Long> claims(IommuState state, Snapshot snapshot) {
    Map<Certainty, Long> counts = new EnumMap<>(Certainty.class);
    for (DmaWindow window : state.windows()) {
      assertThat(snapshot.tables).as("%s: %s", snapshot.label, window).containsKey(window.liobn());
      if (window.hasGeometry()) {
        JsonNode table = snapshot.tables.getOrDefault(window.liobn(), JSON.createObjectNode());
        compare(window, table, snapshot.label, counts);
      } else {
        counts.merge(Certainty.UNKNOWN, window.unknown(), Long::sum);
      }
    }
    return counts;
  }

  private static void compare(
      DmaWindow window, JsonNode table, String label, Map<Certainty, Long> counts) {
    String where = label + ": " + window;
    assertThat(window.start()).as(where).isEqualTo(hex(table.get("bus_offset").asText()));
    assertThat(window.pageShift()).as(where).isEqualTo(table.get("page_shift").asInt());
    assertThat(window.entries()).as(where).isEqualTo(table.get("nb_table").asLong());
    Map<Long, Long> held = held(table);
    long[] next = {0};
    Runs.of(
        window,
        run -> {
          counts.merge(run.knowledge().certainty(), run.last() - run.first() + 1, Long::sum);
          assertClear(held, next[0], run.first(), where);
          assertRun(held, run, where);
          next[0] = run.last() + 1;
        });
    assertClear(held, next[0], window.entries(), where);
  }

  private static void assertRun(Map<Long, Long> held, Run run, String where) {
    if (run.knowledge().isUnknown() || run.knowledge() == Knowledge.NO_QUIESCE) {
      return; // what holds unless something happened that nobody recorded may not hold
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
}

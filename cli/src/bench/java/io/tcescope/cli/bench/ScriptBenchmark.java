package io.tcescope.cli.bench;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Platform;
import io.tcescope.queries.language.QueryFilters;
import io.tcescope.scripting.RulePack;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptException;
import io.tcescope.scripting.ScriptRules;
import io.tcescope.scripting.ScriptSettings;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What rules cost beside a plain replay of the same recording: {@code ScriptBenchmark TRACE PACK
 * PASSES [VARIANT]}. CPU time of the replaying thread, variants in turn, median of the later half
 * of the passes; the ratios are what counts. With the optimizing compiler's JVM options it measures
 * compiled scripts, else interpreted ones.
 */
public final class ScriptBenchmark {
  private static final PrintStream OUT = System.out;
  private static final Path BENCH = Path.of("cli/src/bench/rules");
  private static final String PLAIN = "plain replay";
  private static final double NANOS_PER_MS = 1e6;
  private static final int STARTS = 9;

  private final ScriptEngine engine = ScriptEngine.start();
  private final Trace trace;
  private final ReplayOptions options =
      ReplayOptions.defaults().withPlatform(Platform.QEMU).withInference(Inference.LINUX);

  private ScriptBenchmark(Trace trace) {
    this.trace = trace;
  }

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    Map<String, List<Path>> variants = new LinkedHashMap<>();
    variants.put(PLAIN, List.of());
    variants.put("rule that only waits", List.of(BENCH.resolve("idle.js")));
    variants.put("handler on every TCE call", List.of(BENCH.resolve("every.js")));
    variants.put("batch of every TCE call", List.of(BENCH.resolve("batch.js")));
    variants.put("where, one in a hundred", List.of(BENCH.resolve("where.js")));
    try (ScriptEngine engine = ScriptEngine.start()) {
      variants.put("recommended rules", recommended(engine, Path.of(arguments[1])));
    }
    String chosen = arguments.length > 3 ? arguments[3] : "";
    variants.keySet().removeIf(name -> !name.equals(PLAIN) && !name.contains(chosen));
    try (Trace trace = Traces.open(Path.of(arguments[0]), TraceOptions.NONE)) {
      new ScriptBenchmark(trace).measure(variants, Integer.parseInt(arguments[2]));
    }
  }

  private static List<Path> recommended(ScriptEngine engine, Path pack) throws IOException {
    List<Path> recommended = new ArrayList<>();
    for (Path rule : RulePack.rules(pack)) {
      try {
        if (ScriptRules.describe(engine, rule).recommended()) {
          recommended.add(rule);
        }
      } catch (ScriptException e) {
        throw new IllegalStateException(e);
      }
    }
    return recommended;
  }

  private void measure(Map<String, List<Path>> variants, int passes) {
    OUT.println(engine.optimizes() ? "compiled" : "interpreted");
    Map<String, List<Long>> times = new LinkedHashMap<>();
    for (int pass = 0; pass < passes; pass++) {
      for (Map.Entry<String, List<Path>> variant : variants.entrySet()) {
        long nanos = replay(variant.getValue());
        if (pass >= passes / 2) {
          times.computeIfAbsent(variant.getKey(), name -> new ArrayList<>()).add(nanos);
        }
      }
    }
    long plain = median(times.values().iterator().next());
    times.forEach(
        (name, list) ->
            OUT.printf(
                "%-28s %8.1f ms  %5.2f x%n",
                name, median(list) / NANOS_PER_MS, median(list) / (double) plain));
    startOnceMore(List.of(BENCH.resolve("where.js")));
  }

  private static long median(List<Long> list) {
    return list.stream().sorted().toList().get(list.size() / 2);
  }

  private long replay(List<Path> rules) {
    long before = cpuTime();
    if (rules.isEmpty()) {
      Observer nobody = (event, change, state) -> {};
      Replay.run(trace, options, () -> nobody);
      return cpuTime() - before;
    }
    try (ScriptRules scripts = Replay.run(trace, options, () -> load(rules)).observer()) {
      if (!scripts.errors().isEmpty()) {
        throw new IllegalStateException(scripts.errors().toString());
      }
      return cpuTime() - before;
    }
  }

  private ScriptRules load(List<Path> rules) {
    return ScriptRules.load(engine, rules, trace, ScriptSettings.with(new QueryFilters()));
  }

  /** A further script in a process that has run some, median of some starts. */
  private void startOnceMore(List<Path> rules) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      long before = System.nanoTime();
      load(rules).close();
      times.add(System.nanoTime() - before);
    }
    OUT.printf("a further script starts in    %.1f ms%n", median(times) / NANOS_PER_MS);
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}

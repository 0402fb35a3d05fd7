package io.tcescope.engine.check;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.ReplayOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as text: numbered calls, the state expected after some of them, and the findings
 * expected. Every finding above info that is not listed is a false alarm.
 *
 * <pre>
 * config Q
 * 1 PUT D 0x1000 0x1234003 -> 0
 * 2..5 k=0..3 STUFF D k*0x200000 0x0 n=512 -> 0
 * after 1 D live=1 [0x1]=0x1234003
 * finding 5 tce-clear-unmapped warning certain alreadyClear=8
 * </pre>
 */
final class Scenario {
  /** What a window is expected to look like after a step. */
  record WindowAfter(int step, long liobn, List<String> expectations) {}

  /** A finding expected: rule, severity, and words or {@code name=value} of its data. */
  record Expected(int step, String rule, String severity, List<String> expectations) {}

  private final Calls calls = new Calls();
  private final Map<Integer, Integer> events = new TreeMap<>();
  private final Map<Integer, ScenarioStep> steps = new TreeMap<>();
  private final List<WindowAfter> states = new ArrayList<>();
  private final List<Expected> findings = new ArrayList<>();
  private final List<String> notApplicable = new ArrayList<>();
  private ScenarioConfig config = ScenarioConfig.Q;
  private SourceKind[] sources = {SourceKind.CSV};

  static Scenario read(Path file) {
    Scenario scenario = new Scenario();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        scenario.line(line.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scenario;
  }

  static Scenario of(String text) {
    Scenario scenario = new Scenario();
    text.lines().forEach(line -> scenario.line(line.strip()));
    return scenario;
  }

  ReplayOptions options() {
    return ReplayOptions.defaults().withPlatform(config.platform()).withInference(Inference.LINUX);
  }

  Trace trace() {
    return calls.trace(sources);
  }

  List<String> notApplicable() {
    return notApplicable;
  }

  /** The event that a step is. */
  int event(int step) {
    return Objects.requireNonNull(events.get(step));
  }

  /** The step that an event is, 0 if it belongs to the set-up. */
  int step(long event) {
    return events.entrySet().stream()
        .filter(e -> e.getValue() == event)
        .mapToInt(Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  List<WindowAfter> states() {
    return states;
  }

  List<Expected> findings() {
    return findings;
  }

  private void line(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    List<String> words = List.of(line.split("\\s+", -1));
    switch (words.get(0)) {
      case "again" -> again(words);
      case "source" ->
          sources = words.stream().skip(1).map(SourceKind::valueOf).toArray(SourceKind[]::new);
      case "notApplicable" -> notApplicable.add(words.get(1));
      case "config" -> {
        config = ScenarioConfig.valueOf(words.get(1));
        config.setUp(calls);
      }
      case "after" ->
          states.add(
              new WindowAfter(
                  Integer.parseInt(words.get(1)),
                  config.liobn(words.get(2)),
                  words.subList(3, words.size())));
      case "finding" ->
          findings.add(
              new Expected(
                  Integer.parseInt(words.get(1)),
                  words.get(2),
                  words.get(3),
                  words.subList(4, words.size())));
      default -> steps(words);
    }
  }

  /** {@code again n first last}: the same steps n times more, as events without a step. */
  private void again(List<String> words) {
    for (int time = 0; time < Integer.parseInt(words.get(1)); time++) {
      for (int step = Integer.parseInt(words.get(2));
          step <= Integer.parseInt(words.get(3));
          step++) {
        Objects.requireNonNull(steps.get(step)).make();
      }
    }
  }

  private void steps(List<String> words) {
    int at = 1;
    long k = 0;
    @Nullable Long time = null;
    while (words.get(at).startsWith("k=") || words.get(at).startsWith("t=")) {
      String value = words.get(at).substring(2);
      if (words.get(at).startsWith("k=")) {
        k = Long.parseLong(value.split("\\.\\.", -1)[0]);
      } else {
        time = Long.parseLong(value) * 1_000_000;
      }
      at++;
    }
    String[] range = words.get(0).split("\\.\\.", -1);
    int last = Integer.parseInt(range[range.length - 1]);
    for (int step = Integer.parseInt(range[0]); step <= last; step++) {
      StepWords call = new StepWords(words.subList(at, words.size()), k++);
      ScenarioStep made = new ScenarioStep(calls, config, call, time);
      made.make();
      steps.put(step, made);
      events.put(step, calls.size());
    }
  }

  @Override
  public String toString() {
    return config + ", " + calls.size() + " events, " + findings.size() + " findings";
  }
}

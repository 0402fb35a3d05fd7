package io.tcescope.cli.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Machine;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the checks find in real recordings, against a list. The recordings are those kept with the
 * tests of the readers; {@code -Dtcescope.corpus=FOLDER} takes them from a corpus instead.
 */
final class CorpusFindingsTest {
  private static final Path FIXTURES = Path.of("../traces/src/test/resources/corpus");

  /** One recording and what must be found in it. */
  private record Recording(
      String run, String file, boolean whole, List<String> facts, List<Expected> findings) {
    String title() {
      return run + "/" + file;
    }
  }

  /** A finding expected; the line is {@code @} where it does not matter. */
  private record Expected(String line, String rule, String severity, List<String> rest) {
    boolean mustBeAbsent() {
      return severity.equals("absent");
    }

    boolean names(Finding finding) {
      return (line.equals("@") || Long.parseLong(line) == finding.ordinal())
          && rule.equals(finding.rule());
    }

    boolean isAt(Finding finding) {
      return names(finding) && severity.equals(finding.severity().label());
    }
  }

  @TestFactory
  Stream<DynamicTest> theFindingsAreTheListedOnes() throws IOException {
    return recordings().stream()
        .map(recording -> dynamicTest(recording.title(), () -> verify(recording)));
  }

  private static List<Recording> recordings() throws IOException {
    List<Recording> recordings = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/corpus/findings.txt"))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(line.split(" ", -1));
      if (words.get(0).equals("run")) {
        boolean whole = words.get(3).equals("whole");
        List<String> facts = words.subList(4, words.size());
        recordings.add(new Recording(words.get(1), words.get(2), whole, facts, new ArrayList<>()));
      } else {
        List<String> rest = words.subList(3, words.size());
        recordings
            .getLast()
            .findings()
            .add(new Expected(words.get(0), words.get(1), words.get(2), rest));
      }
    }
    return recordings;
  }

  private static void verify(Recording recording) throws IOException {
    List<Finding> findings = findings(recording);
    for (Expected expected : recording.findings()) {
      if (expected.mustBeAbsent()) {
        assertThat(findings).as("%s", expected).noneMatch(expected::names);
        continue;
      }
      assertThat(findings).as("%s", expected).anyMatch(expected::isAt);
      Finding finding = findings.stream().filter(expected::isAt).findFirst().orElseThrow();
      expected.rest().forEach(detail -> compare(finding, detail));
      assertThat(finding.evidence()).as("evidence of %s", expected).isNotEmpty();
    }
    if (recording.whole()) {
      assertThat(findings)
          .filteredOn(finding -> finding.severity().atLeast(Severity.WARNING))
          .allMatch(finding -> recording.findings().stream().anyMatch(e -> e.isAt(finding)));
    }
  }

  private static void compare(Finding finding, String detail) {
    int equals = detail.indexOf('=');
    if (equals < 0) {
      assertThat(finding.confidence().label()).as(finding.rule()).isEqualTo(detail);
      return;
    }
    String name = detail.substring(0, equals);
    String expected = detail.substring(equals + 1).replace('_', ' ');
    switch (name) {
      case "message" -> assertThat(finding.message()).contains(expected);
      case "evidence" ->
          assertThat(finding.evidence()).anyMatch(one -> one.note().contains(expected));
      default ->
          assertThat(String.valueOf(finding.data().get(name)))
              .as("%s of %s", name, finding.rule())
              .isEqualTo(expected);
    }
  }

  private static List<Finding> findings(Recording recording) throws IOException {
    Machine machine = new Machine();
    recording.facts().forEach(fact -> assertThat(machine.accept(fact)).as(fact).isTrue());
    ReplayOptions options = ReplayOptions.defaults().withMachine(machine);
    try (Trace trace = open(recording)) {
      return Replay.run(trace, options, () -> new CheckRunner(trace)).observer().findings();
    }
  }

  private static Trace open(Recording recording) throws IOException {
    List<Path> files =
        Stream.of(recording.file().split("\\+", -1)).map(name -> file(recording, name)).toList();
    return files.size() == 1
        ? Traces.open(files.getFirst(), TraceOptions.NONE)
        : Traces.openTogether(files, TraceOptions.NONE);
  }

  /** A corpus keeps small files as they are, the fixtures all packed. */
  private static Path file(Recording recording, String name) {
    String corpus = System.getProperty("tcescope.corpus");
    Path folder = (corpus == null ? FIXTURES : Path.of(corpus)).resolve(recording.run());
    Path packed = folder.resolve(name);
    return Files.exists(packed) ? packed : folder.resolve(name.replaceFirst("\\.zst$", ""));
  }
}

package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few lines show what thousands did, and each of them is needed. */
final class ShrinkCommandTest {
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";
  private static final String CORPUS = "../traces/src/test/resources/corpus/";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "linux510-default-removed-in-use/trace.log.zst, default-window-removed-in-use",
    "linux510-default-removed-in-use/trace.log.zst, put-failure-ignored",
    "fuzz72-seed1/trace.log.zst, tce-double-map",
    "fuzz72-seed1/trace.log.zst, window-removed-in-use",
    "fuzz100-seed1/calls.csv.zst, tce-clear-unmapped",
    "case72-hole-in-trace/trace.log.zst, trace-hole-suspected",
    "fuzz100-seed15/trace.log.zst, indirect-partial-failure",
    "linux61-dynamic-exhausted/dmesg.txt.zst, iommu-pool-exhausted",
    "linux510-default-removed-in-use/ftrace.txt.zst, put-failure-ignored",
  })
  void without_any_of_its_lines_the_finding_would_be_gone(String recording, String rule)
      throws IOException {
    Path small = folder.resolve("small");
    Said said = Said.by("shrink", CORPUS + recording, "--rule", rule, "-o", small.toString());
    assertThat(said.exitCode()).as(said.err()).isEqualTo(ExitCode.CLEAN);
    List<String> lines = Files.readAllLines(small);
    assertThat(lines).hasSizeLessThan(10);
    assertThat(said.out()).startsWith(small + ": " + lines.size() + " line").contains(rule);
    Signs whole = Signs.of(Path.of(CORPUS + recording));
    Signs shrunk = Signs.of(small);
    String wanted = whole.worst(rule);
    assertThat(shrunk.of(rule)).contains(wanted);
    assertThat(whole.doubts()).containsAll(shrunk.doubts());
    for (int i = 0; i < lines.size(); i++) {
      List<String> fewer = new ArrayList<>(lines);
      fewer.remove(i);
      Signs left = Signs.of(Files.write(folder.resolve("fewer"), fewer));
      boolean same = left.of(rule).contains(wanted);
      assertThat(same && whole.doubts().containsAll(left.doubts())).isFalse();
    }
  }

  /** What a recording shows: by rule how bad and how sure each finding is, and on which window. */
  private record Signs(Map<String, List<String>> byRule) {
    private static final Set<String> DOUBTFUL =
        Set.of(
            "trace-lost-events",
            "trace-hole-suspected",
            "model-mismatch",
            "get-mismatch",
            "unknown-liobn",
            "clock-disorder");

    private static final Pattern FINDING =
        Pattern.compile(
            "(?m)^\\{\"rule\":\"([^\"]+)\",(\"severity\".*?),\"event\".*?(\"liobn\":[^,]+)");

    static Signs of(Path recording) {
      String out = Said.by("check", "--format", "ndjson", recording.toString()).out();
      return new Signs(
          FINDING
              .matcher(out)
              .results()
              .collect(
                  Collectors.groupingBy(
                      found -> found.group(1),
                      Collectors.mapping(
                          found -> found.group(2) + found.group(3), Collectors.toList()))));
    }

    Set<String> rules() {
      return byRule.keySet();
    }

    /** Of those that say that the recording is not complete or not in order. */
    Set<String> doubts() {
      return byRule.keySet().stream().filter(DOUBTFUL::contains).collect(Collectors.toSet());
    }

    /** The first of the worst. */
    String worst(String rule) {
      for (String severity : List.of("critical", "error", "warning", "info")) {
        for (String sign : of(rule)) {
          if (sign.contains('"' + severity + '"')) {
            return sign;
          }
        }
      }
      throw new AssertionError("nothing of " + rule);
    }

    List<String> of(String rule) {
      return byRule.getOrDefault(rule, List.of());
    }
  }

  private static boolean shows(Path recording, String rule) {
    return Signs.of(recording).rules().contains(rule);
  }

  @Test
  void the_worst_finding_is_taken_if_none_is_named() throws IOException {
    Path small = folder.resolve("small.log");
    Said said = Said.by("shrink", SAMPLE, "-o", small.toString());
    assertThat(said.out())
        .startsWith(small + ": 3 lines of 22,393 show default-window-removed-in-use (");
    assertThat(Files.readString(small))
        .contains("spapr_iommu_new_table liobn=0x80000100")
        .contains("spapr_iommu_ddw_remove liobn=0x80000100");
  }

  @Test
  void rules_of_ones_own_can_be_asked_for() throws IOException {
    Path rules = Path.of("../scripting/rules/window-removed-in-use.js");
    Path small = folder.resolve("small.log");
    Said said =
        Said.by(
            "shrink",
            CORPUS + "fuzz72-seed1/trace.log.zst",
            "--rules",
            rules.toString(),
            "--rule",
            "window-removed-in-use",
            "-o",
            small.toString());
    assertThat(said.exitCode()).as(said.err()).isEqualTo(ExitCode.CLEAN);
    assertThat(shows(small, "window-removed-in-use")).isTrue();
  }

  @Test
  void with_too_few_replays_what_was_reached_is_written_and_said() throws IOException {
    Path small = folder.resolve("small.log");
    Said said = Said.by("shrink", SAMPLE, "--tries", "1", "-o", small.toString());
    assertThat(said.err()).contains("with more replays (--tries) fewer lines may do");
    assertThat(shows(small, "default-window-removed-in-use")).isTrue();
  }

  @Test
  void the_recording_itself_is_not_written_over() throws IOException {
    Path recording = Files.copy(Path.of(SAMPLE), folder.resolve("trace.log"));
    Path same = folder.resolve("../" + folder.getFileName()).resolve("trace.log");
    for (String command : List.of("shrink", "report")) {
      Said said = Said.by(command, recording.toString(), "-o", same.toString());
      assertThat(said.err()).contains("is what is read; write to another file (--output)");
      assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    }
    Said against = Said.by("report", SAMPLE, "--against", same.toString(), "-o", "" + recording);
    assertThat(against.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(recording).hasSameBinaryContentAs(Path.of(SAMPLE));
  }

  @Test
  void what_cannot_be_shrunk_is_said() {
    String small = folder.resolve("small.log").toString();
    Said none = Said.by("shrink", SAMPLE, "--rule", "tce-double-map", "-o", small);
    assertThat(none.err())
        .contains("shows no finding of tce-double-map, only of default-window-clean-is-empty, ");
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    Said binary = Said.by("shrink", CORPUS + "simple-fuzz-seed21/trace.bin.zst", "-o", small);
    assertThat(binary.err()).contains("has no lines");
    assertThat(binary.exitCode()).isEqualTo(ExitCode.USAGE);
    Said stdin = Said.by("shrink", "-", "-o", small);
    assertThat(stdin.err()).contains("standard input cannot be read again");
    Said nothing = Said.by("shrink", "no-such-file.log", "-o", small);
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    Said nowhere = Said.by("shrink", SAMPLE, "-o", folder.resolve("none/small.log").toString());
    assertThat(nowhere.exitCode()).isEqualTo(ExitCode.UNWRITTEN);
  }
}

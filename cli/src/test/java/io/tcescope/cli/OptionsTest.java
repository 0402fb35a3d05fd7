package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command offers the options that it heeds, and no others. */
final class OptionsTest {
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";

  @ParameterizedTest
  @ValueSource(strings = {"why", "doctor", "report", "export"})
  void that_files_are_one_run_goes_without_saying_and_may_be_said(String command) {
    assertThat(Said.by(command, "--help").out()).doesNotContain("--together");
    List<String> line = new ArrayList<>(List.of(command, SAMPLE));
    if (command.equals("export")) {
      line.addAll(List.of("--to", "csv"));
    }
    Said silent = Said.by(line.toArray(String[]::new));
    line.add("--together");
    assertThat(Said.by(line.toArray(String[]::new)))
        .isEqualTo(silent)
        .returns(ExitCode.CLEAN, Said::exitCode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--windows-per-pe=0",
        "--windows-per-pe=two",
        "--mmio32=0x80000000",
        "--mmio32=4G..2G",
        "--mmio32=2G..2G",
        "--ram=2X"
      })
  void a_fact_that_no_machine_has_is_refused(String fact) {
    assertThat(Said.by("check", fact, SAMPLE))
        .returns(ExitCode.USAGE, Said::exitCode)
        .returns("", Said::out)
        .extracting(Said::err)
        .asString()
        .contains(fact.replace('=', ' ') + ": not understood");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search * --limit=x",
        "search * --context=x",
        "shrink -o small.log --tries=x",
        "check --script-limits=x"
      })
  void what_is_no_number_is_said_without_the_types_of_a_programmer(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.add(SAMPLE);
    assertThat(Said.by(words.toArray(String[]::new)))
        .returns(ExitCode.USAGE, Said::exitCode)
        .extracting(Said::err)
        .asString()
        .contains(": 'x' is no number\n");
  }

  @Test
  void a_pair_is_never_one_run() {
    assertThat(Said.by("compare", "--together", SAMPLE, SAMPLE))
        .returns(ExitCode.USAGE, Said::exitCode)
        .extracting(Said::err)
        .asString()
        .contains("Unknown option: '--together'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "state", "timeline", "addr"})
  void they_are_where_each_could_be_a_run_of_its_own(String command) {
    assertThat(Said.by(command, "--help").out()).contains("--together");
  }

  @ParameterizedTest
  @ValueSource(strings = {"why", "doctor", "state", "timeline"})
  void results_come_a_line_each_only_from_commands_that_have_many(String command) {
    assertThat(Said.by(command, "--help").out()).contains("--format").doesNotContain("ndjson");
    assertThat(Said.by(command, SAMPLE, "--format", "ndjson"))
        .returns(ExitCode.USAGE, Said::exitCode)
        .extracting(Said::err)
        .asString()
        .contains("expected one of [TEXT, JSON]");
  }

  @Test
  void a_bare_recording_and_a_pair_are_written_as_one_document() {
    for (List<String> line : List.of(List.of(SAMPLE), List.of("compare", SAMPLE, SAMPLE))) {
      String[] words = line.toArray(new String[line.size() + 1]);
      words[line.size()] = "--format=ndjson";
      assertThat(Said.by(words)).returns(ExitCode.USAGE, Said::exitCode);
    }
  }
}

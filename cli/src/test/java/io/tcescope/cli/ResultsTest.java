package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that are lost are no success. */
@EnabledOnOs(OS.LINUX)
final class ResultsTest {
  private static final Path FULL_DISK = Path.of("/dev/full");
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";

  @ParameterizedTest
  @ValueSource(
      strings = {
        SAMPLE,
        "check " + SAMPLE,
        "check --format json " + SAMPLE,
        "check --format ndjson " + SAMPLE,
        "check --format sarif " + SAMPLE,
        "state " + SAMPLE,
        "addr 0x1000 " + SAMPLE,
        "timeline " + SAMPLE,
        "why " + SAMPLE,
        "doctor " + SAMPLE,
        "search --count event:1 " + SAMPLE,
        "export --to csv " + SAMPLE,
        "export --to ndjson " + SAMPLE,
        "rules list",
        "--help",
      })
  void a_full_disk_is_an_error_of_every_command(String commandLine) throws IOException {
    StringWriter err = new StringWriter();
    try (OutputStream disk = new FileOutputStream(FULL_DISK.toFile())) {
      assertThat(written(disk, err, commandLine)).isEqualTo(ExitCode.UNWRITTEN);
    }
    assertThat(err.toString()).containsOnlyOnce("results cannot be written: No space left");
  }

  @Test
  void a_disk_with_room_is_none() throws IOException {
    StringWriter err = new StringWriter();
    try (OutputStream disk = Files.newOutputStream(Path.of("/dev/null"))) {
      assertThat(written(disk, err, "check " + SAMPLE)).isEqualTo(ExitCode.FINDINGS);
    }
    assertThat(err.toString()).doesNotContain("cannot be written");
  }

  @Test
  void a_reader_who_wants_no_more_is_none() throws IOException {
    StringWriter err = new StringWriter();
    Pipe pipe = Pipe.open();
    pipe.source().close();
    try (OutputStream gone = Channels.newOutputStream(pipe.sink())) {
      assertThat(written(gone, err, "check " + SAMPLE)).isEqualTo(ExitCode.FINDINGS);
    }
    assertThat(err.toString()).doesNotContain("cannot be written");
  }

  private static int written(OutputStream where, StringWriter err, String commandLine) {
    Results results = new Results(where, false);
    PrintWriter out = results.writer();
    PrintWriter messages = new PrintWriter(err);
    int exitCode = Main.run(out, messages, commandLine.split(" "));
    out.flush();
    int answer = results.exitCode(exitCode, messages);
    messages.flush();
    return answer;
  }
}

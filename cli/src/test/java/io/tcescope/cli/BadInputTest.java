package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read is named with its place; what can be read beside it is not lost. */
final class BadInputTest {
  private static final Path SAMPLE = Path.of("../traces/samples/default-window-removed-in-use.log");
  private static final Path PACKED =
      Path.of("../traces/src/test/resources/corpus/case72-ddw-at-zero/trace.log.zst");

  private static final Path OWN_FORMAT = Path.of("../traces/samples/own-format.json");
  private static final Path OWN_TEXT = Path.of("../traces/samples/own-format.txt");

  @TempDir private Path folder = Path.of("");

  @Test
  void an_empty_file_is_no_recording() throws IOException {
    refused(write("empty.log", ""), "is empty");
  }

  @Test
  void a_blob_is_no_recording() throws IOException {
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    Path blob = Files.write(folder.resolve("blob"), noise);
    refused(blob, "no recording of a known format");
  }

  @Test
  void a_csv_without_calls_is_no_recording() throws IOException {
    refused(write("nocall.csv", "time_ns,liobn\n1,2\n"), "line 1");
  }

  @Test
  void a_file_that_is_not_there_is_no_recording() {
    refused(folder.resolve("nowhere.log"), "no such file");
  }

  @Test
  void a_misspelt_command_is_a_mistake_and_no_recording() {
    Said said = Said.by("chekc", SAMPLE.toString());
    assertThat(said.err()).contains("'chekc' (did you mean check?)");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void a_folder_without_a_recording_is_unreadable() throws IOException {
    write("notes.txt", "nothing to see\n");
    refused(folder, "holds no recording");
  }

  @Test
  void one_recording_named_twice_is_a_mistake_on_the_command_line() throws IOException {
    Path copy = write("copy.log", Files.readString(SAMPLE));
    Said said = Said.by("check", "--together", SAMPLE.toString(), copy.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains(SAMPLE + " and " + copy + " are the same recording");
  }

  @Test
  void halves_given_the_wrong_way_round_give_the_same_state() throws IOException {
    List<String> lines = Files.readAllLines(SAMPLE);
    Path first = write("first.log", String.join("\n", lines.subList(0, 7000)));
    Path rest = write("rest.log", String.join("\n", lines.subList(7000, lines.size())));
    Said halves = Said.by("state", "--together", rest.toString(), first.toString());
    Said whole = Said.by("state", SAMPLE.toString());
    assertThat(halves.out().lines().skip(1)).containsExactlyElementsOf(windows(whole));
    assertThat(halves.err())
        .contains("in the order of their times, not as given: first.log, rest.log");
  }

  private static List<String> windows(Said said) {
    return said.out().lines().skip(1).toList();
  }

  @Test
  void a_line_format_that_fails_its_own_sample_is_a_mistake_on_the_command_line()
      throws IOException {
    String format = Files.readString(OWN_FORMAT).replace("\"ioba\": \"0x1000\"", "\"ioba\": 5");
    Path wrong = write("wrong.json", format);
    Said said = Said.by("check", OWN_TEXT.toString(), "--line-format", wrong.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("wrong.json: sample", "ioba is `0x1000`, not `5`");
  }

  @Test
  void a_line_format_that_is_no_json_is_refused_with_its_line() throws IOException {
    Path wrong = write("wrong.json", "{\"lines\": [\n{]}\n");
    Said said = Said.by("check", OWN_TEXT.toString(), "--line-format", wrong.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("wrong.json: line 2");
  }

  @Test
  void a_line_that_no_pattern_matches_is_counted_with_its_place() throws IOException {
    Path text = write("own.txt", Files.readString(OWN_TEXT) + "something else\n");
    Said said = Said.by("check", text.toString(), "--line-format", OWN_FORMAT.toString());
    assertThat(said.err()).contains("1 x line that no pattern matches", "own.txt:6");
  }

  @Test
  void a_folder_is_checked_recording_by_recording() throws IOException {
    Files.copy(SAMPLE, folder.resolve("a.log"));
    Files.copy(PACKED, folder.resolve("b.log.zst"));
    write("notes.txt", "nothing to see\n");
    Said said = Said.by("check", folder.toString());
    assertThat(said.out()).contains("a.log: QEMU trace log", "b.log.zst: QEMU trace log");
    assertThat(said.out()).contains("2 recordings, found ").doesNotContain("notes.txt");
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void one_unreadable_file_does_not_hide_the_others() throws IOException {
    Path empty = write("empty.log", "");
    Said said = Said.by("check", empty.toString(), SAMPLE.toString());
    assertThat(said.out()).contains("default-window-removed-in-use at line 6880");
    assertThat(said.err()).contains("empty.log: is empty");
    assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void of_a_truncated_file_the_readable_part_is_replayed() throws IOException {
    byte[] whole = Files.readAllBytes(PACKED);
    Path half = folder.resolve("half.zst");
    Files.write(half, Arrays.copyOf(whole, whole.length - 500));
    Said said = Said.by("check", half.toString());
    assertThat(said.err()).contains("damaged compressed file", "half.zst:");
    assertThat(said.exitCode()).isLessThan(ExitCode.USAGE);
    assertThat(Said.by("check", "--strict", half.toString()).exitCode())
        .isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void a_guest_log_that_lacks_messages_or_holds_cut_ones_is_lossy() throws IOException {
    for (String line :
        new String[] {
          "** 2137 printk messages dropped **",
          "systemd-journald[77]: Missed 12 kernel messages",
          "tce_build_pSeriesLP: plpar_tce_put fai"
        }) {
      Path file = write("dmesg.txt", "[    0.1] Linux version 6.1.0\n[   20.0] " + line + "\n");
      assertThat(Said.by("check", file.toString()).exitCode()).isLessThan(ExitCode.USAGE);
      assertThat(Said.by("check", "--strict", file.toString()).exitCode())
          .as(line)
          .isEqualTo(ExitCode.UNREADABLE);
    }
  }

  @Test
  void a_line_of_ten_megabytes_is_counted_and_the_rest_replayed() throws IOException {
    List<String> lines = Files.readAllLines(SAMPLE);
    Path file = folder.resolve("long.log");
    Files.write(file, lines.subList(0, 100));
    String monster = "a".repeat(10_000_000) + "\n";
    Files.writeString(file, monster, StandardOpenOption.APPEND);
    Files.write(file, lines.subList(100, lines.size()), StandardOpenOption.APPEND);
    Said said = Said.by("check", file.toString());
    assertThat(said.out()).contains("default-window-removed-in-use at line 6881");
    assertThat(said.err()).contains("long.log:101");
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void mistakes_on_the_command_line_are_told_from_bad_input() {
    String sample = SAMPLE.toString();
    for (String[] wrong :
        new String[][] {
          {},
          {"check"},
          {"check", "--no-such-option", sample},
          {"check", "--ram", "banana", sample},
          {"check", "--ram", "17179869184G", sample},
          {"state", "--at", "yesterday", sample},
          {"state", sample, sample},
          {"addr", "here", sample},
          {"export", sample},
        }) {
      Said said = Said.by(wrong);
      assertThat(said.exitCode()).as(String.join(" ", wrong)).isEqualTo(ExitCode.USAGE);
      assertThat(said.err()).startsWith("tcescope: ");
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void refused(Path file, String reason) {
    Said said = Said.by("check", file.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).startsWith("tcescope: " + file).contains(reason).hasLineCount(1);
  }
}

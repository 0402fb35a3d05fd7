package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever checks a folder is told of all in it that was not checked and should have been. */
final class AuditTest {
  private static final Path SAMPLE = Path.of("../traces/samples/default-window-removed-in-use.log");
  private static final Path RUNS = Path.of("../traces/src/test/resources/corpus");
  private static final Path PACKED = RUNS.resolve("case72-ddw-at-zero/trace.log.zst");

  @TempDir private Path folder = Path.of("");

  @Test
  void a_recording_without_windows_whose_last_line_is_cut_is_checked() throws IOException {
    List<String> lines = Files.readAllLines(SAMPLE);
    String tail = String.join("\n", lines.subList(6000, 6800)) + "\nspapr_iommu_pci_put liobn=0x8";
    write("tail.log", tail);
    Said one = check();
    assertThat(one.out()).contains("tail.log: QEMU trace log, 801 events");
    assertThat(one.err()).contains("1 x last line cut off").doesNotContain("left out");
    copy(SAMPLE, "other.log");
    assertThat(check().out()).contains("tail.log: QEMU trace log, 801 events", "2 recordings");
  }

  @Test
  void a_link_to_a_folder_is_followed_where_it_is_named() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real/below"));
    Files.copy(SAMPLE, real.resolve("trace.log"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("real/self"), folder.resolve("real"));
    Said said = Said.by("check", link.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(said.out()).startsWith(link + "/below/trace.log: QEMU trace log, 22,393 events");
    assertThat(said.err()).doesNotContain("self/");
    Path other = folder.resolve("other");
    Files.createDirectories(other.resolve("below"));
    Files.copy(SAMPLE, other.resolve("below/trace.log"));
    Said compared = Said.by("compare", link.toString(), other.toString());
    assertThat(compared.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(compared.out()).contains("1 alike, 0 different");
  }

  @Test
  void notes_that_quote_records_are_left_out_however_many_files_there_are() throws IOException {
    String record = Files.readAllLines(SAMPLE).get(6879);
    String notes = "What happened\n".repeat(20) + record + "\nspapr_iommu_new_table was not seen\n";
    Path file = write("notes.md", notes);
    Said alone = check();
    assertThat(alone.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(alone.err()).contains("notes.md: only quotes records (1 of 22 lines)");
    copy(SAMPLE, "trace.log");
    assertThat(check().out()).contains("trace.log: QEMU").doesNotContain("notes.md");
    assertThat(check("--strict").exitCode()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(Said.by("check", file.toString()).out()).contains("notes.md: QEMU trace log");
  }

  @Test
  void what_looks_like_a_recording_and_is_none_is_told() throws IOException {
    copy(SAMPLE, "trace.log");
    byte[] packed = Files.readAllBytes(PACKED);
    Files.write(folder.resolve("headless.zst"), Arrays.copyOfRange(packed, 9, packed.length));
    Files.write(folder.resolve("zstd"), Arrays.copyOf(packed, 5));
    Files.write(folder.resolve("cut"), "\u0017\bDtracing".getBytes(StandardCharsets.ISO_8859_1));
    write("empty.log", "");
    write("headless.csv", "0,H_PUT_TCE,0x80000000,0x0\n");
    write("readme.txt", "Results, and more\n");
    Said said = check("--fail-on=never");
    assertThat(said.err())
        .contains("headless.zst: ", "zstd: ", "cut: ", "empty.log: is empty", "headless.csv: ")
        .contains("left out 5 files that may hold records", "left out 1 other file")
        .doesNotContain("readme.txt");
    assertThat(said.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(check("--fail-on=never", "--strict").exitCode()).isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void a_tracer_that_recorded_nothing_is_no_notes() throws IOException {
    copy(SAMPLE, "trace.log");
    write("ftrace.txt", "# tracer: nop\n#\n# entries-in-buffer/entries-written: 0/0   #P:4\n#\n");
    assertThat(check().out()).contains("ftrace.txt: Linux ftrace text", "2 recordings");
  }

  @Test
  void what_may_not_be_read_is_told() throws IOException {
    copy(SAMPLE, "trace.log");
    Path secret = copy(SAMPLE, "plain");
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.setPosixFilePermissions(secret, Set.of());
    Files.setPosixFilePermissions(inner, Set.of());
    try {
      assumeFalse(Files.isReadable(secret), "runs as root");
      assertThat(check().err())
          .contains("plain: permission denied", "inner: cannot be listed: permission denied")
          .contains("left out 2 files that may hold records");
      assertThat(check("--strict").exitCode()).isEqualTo(ExitCode.UNREADABLE);
      Said named = Said.by("check", secret.toString());
      assertThat(named.err()).isEqualTo("tcescope: " + secret + ": permission denied\n");
    } finally {
      Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void a_file_that_is_named_twice_or_linked_is_checked_once() throws IOException {
    Path file = copy(SAMPLE, "trace.log");
    Files.createSymbolicLink(folder.resolve("link.log"), file);
    Said said = Said.by("check", folder.toString(), file.toString());
    assertThat(said.out()).containsOnlyOnce("QEMU trace log").doesNotContain("2 recordings");
    assertThat(said.err()).contains("trace.log: is the same file as " + folder + "/link.log");
  }

  @Test
  void a_link_that_leads_nowhere_ends_nothing() throws IOException {
    copy(SAMPLE, "trace.log");
    Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    Said said = check();
    assertThat(said.out()).contains("trace.log: QEMU trace log");
    assertThat(said.err()).contains("left out 1 other file");
  }

  @Test
  void standard_input_is_read_by_one_only() {
    for (String command :
        List.of("check", "check --together", "search event:1", "export --to csv")) {
      Said said = Said.by((command + " - -").split(" "));
      assertThat(said.exitCode()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(said.err()).contains("standard input (-) can be read once only");
    }
  }

  @Test
  void remarks_name_their_recording_and_quote_no_kilobytes() throws IOException {
    write("a.csv", "call,lis\nH_PUT_TCE,1\n");
    write("b.csv", "call,liobn,ioba\nH_PUT_TCE," + "z".repeat(5000) + ",0\n");
    Said said = check();
    assertThat(said.err()).contains("a.csv: unknown column: lis", "b.csv:2: ");
    assertThat(said.err().lines()).allMatch(line -> line.length() < 500);
  }

  @Test
  void a_document_tells_what_was_left_out() throws IOException {
    copy(SAMPLE, "trace.log");
    write("empty.log", "");
    assertThat(check("--format", "json").out())
        .contains("\"audit\":{\"checked\":1,\"skipped\":[{\"file\":\"" + folder + "/empty.log\"")
        .contains("\"reason\":\"is empty\"}],\"failed\":[]}");
  }

  private Said check(String... options) {
    Stream<String> words =
        Stream.of(Stream.of("check"), Stream.of(options), Stream.of(folder.toString()))
            .flatMap(part -> part);
    return Said.by(words.toArray(String[]::new));
  }

  private Path copy(Path file, String name) throws IOException {
    return Files.copy(file, folder.resolve(name));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}

package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case of a folder holds the recordings that are in it, and says what it left out. */
final class IndexCommandTest {
  private static final Path RUNS = Path.of("../traces/src/test/resources/corpus");
  private static final String FAILURES = "ret:H_PARAMETER";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void fill() throws IOException {
    copy("fuzz72-seed1/trace.log.zst", "b.log.zst");
    copy("case72-stuff-over-the-end/trace.log.zst", "a/a.log.zst");
    Files.writeString(
        folder.resolve("README.md"),
        "Prose.\n".repeat(30) + "spapr_iommu_pci_put liobn=0x80000000 ioba=0x0 tce=0x3 ret=-4\n");
    Files.writeString(folder.resolve("empty.log"), "");
  }

  private void copy(String recording, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.copy(RUNS.resolve(recording), file);
  }

  @Test
  void a_case_of_a_folder_answers_what_the_folder_answers() {
    String made = folder + "/all.case";
    Said said = Said.by("index", folder.toString(), "-o", made);
    assertThat(said.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(said.err().lines())
        .containsExactly(
            "tcescope: "
                + folder
                + "/README.md: only quotes records (1 of 31 lines), left out;"
                + " name it to have it read",
            "tcescope: " + folder + "/empty.log: is empty",
            "tcescope: left out 2 files that may hold records",
            folder + "/a/a.log.zst: indexed",
            folder + "/b.log.zst: indexed");
    assertThat(Said.by("search", FAILURES, made, "--count").out())
        .isEqualTo(
            Said.by("search", FAILURES, folder + "/a", folder + "/b.log.zst", "--count").out());
    assertThat(Said.by("index", folder.toString(), "-o", made).err())
        .contains("a.log.zst: is up to date", "b.log.zst: is up to date")
        .doesNotContain("all.case");
  }

  @Test
  void what_is_named_in_vain_is_told_and_the_rest_is_indexed() {
    String made = folder + "/some.case";
    String none = folder + "/none.log";
    Said said = Said.by("index", none, folder + "/b.log.zst", "-o", made);
    assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(said.err()).contains(none + ": no such file", folder + "/b.log.zst: indexed");
    assertThat(Said.by("search", FAILURES, made, "--count").exitCode()).isEqualTo(ExitCode.CLEAN);
  }

  @Test
  void of_a_folder_without_a_recording_no_case_is_made() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("nothing"));
    Path made = folder.resolve("no.case");
    Said said = Said.by("index", empty.toString(), "-o", made.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(said.err()).contains("holds no recording");
    assertThat(made).doesNotExist();
  }
}

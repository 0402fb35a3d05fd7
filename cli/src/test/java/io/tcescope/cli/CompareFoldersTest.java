package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two folders side by side, as before and after a change of what was recorded. */
final class CompareFoldersTest {
  private static final Path PACKED =
      Path.of("../traces/src/test/resources/corpus/fuzz72-seed1/trace.log.zst");
  private static final Path BAD = Path.of("../traces/samples/default-window-removed-in-use.log");

  @TempDir private Path folder = Path.of("");
  private Path before = folder;
  private Path after = folder;

  @BeforeEach
  void the_same_in_both() throws IOException {
    before = Files.createDirectories(folder.resolve("before"));
    after = Files.createDirectories(folder.resolve("after"));
    Files.createDirectories(before.resolve("fuzz"));
    Files.createDirectories(after.resolve("fuzz"));
    Files.copy(PACKED, before.resolve("fuzz/trace.log.zst"));
    try (InputStream unpacked = SideFile.open(PACKED)) {
      Files.copy(unpacked, after.resolve("fuzz/trace.log"));
    }
    Files.copy(BAD, before.resolve("scene.log"));
    Files.writeString(before.resolve("README.md"), "What these are.\n");
    Files.writeString(after.resolve("README.md"), "What these are.\n");
  }

  private Said compare(String... more) {
    String[] words = new String[more.length + 3];
    words[0] = "compare";
    words[1] = before.toString();
    words[2] = after.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return Said.by(words);
  }

  private void cut(String name) throws IOException {
    Files.write(after.resolve(name), Files.readAllLines(BAD).subList(0, 6879));
  }

  @Test
  void folders_that_hold_the_same_are_alike_however_it_is_packed() throws IOException {
    Files.copy(BAD, after.resolve("scene.log"));
    Said said = compare();
    assertThat(said.out()).isEqualTo("2 recordings of both folders: 2 alike, 0 different\n");
    assertThat(said.err()).isEqualTo("tcescope: left out 2 other files\n");
    assertThat(said.exitCode()).isEqualTo(ExitCode.CLEAN);
  }

  @Test
  void what_differs_is_told_by_recording_and_counted_by_rule() throws IOException {
    cut("scene.log");
    Said said = compare();
    assertThat(said.out().lines())
        .startsWith(
            "scene.log: 6 steps and 5 kinds of findings differ",
            "  - 0x80000100 is removed, in use (304 live entries), line 6880 +63.874 s",
            "  - the guest asks: 1 window available, line 6881 +63.874 s");
    assertThat(said.out())
        .contains("    ... and 3 more steps\n")
        .contains("  - CRITICAL default-window-removed-in-use@0x80000100, line 6880\n")
        .containsPattern("(?m)^CRITICAL +default-window-removed-in-use +2 +1$")
        .doesNotContain("fuzz")
        .endsWith("2 recordings of both folders: 1 alike, 1 different\n");
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void a_recording_that_one_folder_lacks_makes_a_difference() throws IOException {
    cut("other.log");
    Said said = compare();
    assertThat(said.out())
        .isEqualTo(
            """
            other.log: only in B

            scene.log: only in A

            1 recording of both folders: 1 alike, 0 different; 1 only in A; 1 only in B
            """);
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void a_file_that_became_unreadable_is_told() throws IOException {
    Files.createFile(after.resolve("scene.log"));
    Said said = compare();
    assertThat(said.out()).contains("scene.log: only in A");
    assertThat(said.err()).contains("after/scene.log: ").contains("1 file that may hold records");
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(compare("--strict").exitCode()).isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void a_document_has_every_pair() throws IOException {
    cut("scene.log");
    cut("other.log");
    Said said = compare("--format", "json");
    JsonNode document = new ObjectMapper().readTree(said.out());
    assertThat(document.get("alike").asBoolean()).isFalse();
    assertThat(document.get("pairs"))
        .extracting(pair -> pair.get("name").asText() + " " + pair.get("alike").asText())
        .containsExactly("fuzz/trace.log true", "scene.log false");
    assertThat(document.at("/pairs/1/chapters/0/steps").size()).isPositive();
    assertThat(document.at("/pairs/1/a/trace").asText()).endsWith("before/scene.log");
    assertThat(document.get("onlyInA").size()).isZero();
    assertThat(document.get("onlyInB")).extracting(JsonNode::asText).containsExactly("other.log");
    assertThat(document.at("/audit/checked").asInt()).isEqualTo(5);
  }

  @Test
  void mistakes_are_told() throws IOException {
    for (List<Path> paths : List.of(List.of(before, BAD), List.of(before, before))) {
      Said said = Said.by("compare", paths.get(0).toString(), paths.get(1).toString());
      assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(said.err()).contains("a folder is compared with another folder");
      // a name that was mistyped is no file, and no mistake about folders
      Said missing = Said.by("compare", paths.get(0).toString(), paths.get(1) + ".none");
      assertThat(missing.exitCode()).isEqualTo(ExitCode.UNREADABLE);
      assertThat(missing.err()).contains(paths.get(1) + ".none: no such file");
    }
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path none = Files.createDirectories(folder.resolve("none"));
    Said said = Said.by("compare", "--format", "json", empty.toString(), none.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains("empty: holds no recording");
  }
}

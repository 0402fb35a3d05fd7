package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs side by side: what is told, and what the process answers. */
final class CompareCommandTest {
  private static final String CORPUS = "../traces/src/test/resources/corpus/";
  private static final String GOOD = CORPUS + "linux61-default-in-use-refused/trace.log.zst";
  private static final String BAD = "../traces/samples/default-window-removed-in-use.log";

  @TempDir private Path folder = Path.of("");

  @Test
  void one_scene_recorded_twice_is_alike() {
    Said said =
        Said.by("compare", BAD, CORPUS + "linux510-default-removed-in-use-xlate/trace.log.zst");
    assertThat(said.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(said.out()).contains("Both tell the same story").doesNotContain("\n+", "\n-");
  }

  @Test
  void a_document_has_both_sides_of_everything() throws IOException {
    Said said = Said.by("compare", "--format", "json", GOOD, BAD);
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
    JsonNode pair = new ObjectMapper().readTree(said.out());
    assertThat(pair.get("alike").asBoolean()).isFalse();
    assertThat(pair.at("/a/causes").size()).isZero();
    assertThat(pair.at("/b/causes/0/rule").asText()).isEqualTo("default-window-removed-in-use");
    JsonNode steps = pair.at("/chapters/0/steps");
    List<String> onlyB = new ArrayList<>();
    for (JsonNode step : steps) {
      if (step.get("a").isNull()) {
        onlyB.add(step.at("/b/line") + " " + step.get("what").asText());
      }
    }
    assertThat(onlyB)
        .startsWith(
            "6879 H_STUFF_TCE on 0x80000100 fails: H_PARAMETER",
            "6880 0x80000100 is removed, in use");
    assertThat(pair.get("findings"))
        .filteredOn(one -> one.get("a").asInt() == 0 && one.get("b").asInt() == 1)
        .extracting(one -> one.get("fingerprint").asText())
        .contains("default-window-removed-in-use@0x80000100");
    assertThat(pair.get("calls"))
        .filteredOn(one -> one.get("call").asText().equals("spapr_iommu_ddw_remove"))
        .extracting(one -> one.at("/a/count") + " " + one.at("/b/count"))
        .containsExactly("0 1");
  }

  @Test
  void a_run_may_have_several_recordings() {
    String run = CORPUS + "linux510-default-removed-in-use/";
    Said said = Said.by("compare", BAD, run + "dmesg.txt.zst", "--against", run + "trace.log.zst");
    assertThat(said.out().lines().findFirst())
        .hasValueSatisfying(head -> assertThat(head).contains(BAD + " + " + run));
    assertThat(said.err())
        .contains("recorded in different ways")
        .contains("dmesg.txt.zst: the kernel left out messages");
  }

  @Test
  void what_a_run_lacks_is_told() throws IOException {
    Path cut = folder.resolve("cut.log");
    Files.write(cut, Files.readAllLines(Path.of(BAD)).subList(0, 6879));
    Said said = Said.by("compare", BAD, cut.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(said.out())
        .containsPattern(
            "(?m)^- +line 6880 .* 0x80000100 is removed, in use \\(304 live entries\\)$")
        .containsPattern("(?m)^CRITICAL +default-window-removed-in-use@0x80000100 +line 6880 +-$");
  }

  @Test
  void of_many_differences_the_first_are_shown_and_all_are_counted() {
    Said said =
        Said.by(
            "compare",
            CORPUS + "fuzz72-seed1/trace.log.zst",
            CORPUS + "fuzz72-seed3/trace.log.zst");
    assertThat(said.out().lines()).hasSizeLessThan(400);
    assertThat(said.out())
        .containsPattern("(?m)^... and \\d+ more differences \\(--format json\\)$")
        .containsPattern("(?m)^... and \\d+ more kinds \\(--format json\\)$")
        .contains("H_PARAMETER (once / 2 times)");
  }

  @Test
  void mistakes_are_told() throws IOException {
    assertThat(Said.by("compare", BAD).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Said.by("compare", BAD, GOOD, BAD).err()).contains("takes --against");
    Path empty = Files.createFile(folder.resolve("empty.log"));
    Said said = Said.by("compare", BAD, empty.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(said.err()).contains("empty.log");
  }
}

package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a window existed is the same in every answer. */
final class WindowMomentsTest {
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";
  private static final String GUEST =
      "../traces/src/test/resources/corpus/linux510-default-removed-in-use/ftrace.txt.zst";

  @TempDir private Path folder = Path.of("");

  private static String out(String... arguments) {
    return Said.by(arguments).out();
  }

  private static List<String> events(String query, String trace) {
    return out("search", query, trace, "--cache", "never")
        .lines()
        .map(line -> line.substring(0, line.indexOf(':')).strip())
        .toList();
  }

  @Test
  void windowsOpenWhereTheirTablesWereMade() {
    assertThat(events("effect:opened", SAMPLE)).containsExactly("910", "1687", "1688", "6883");
    assertThat(events("effect:closed", SAMPLE)).containsExactly("6880");
    String known = folder.resolve("known.case").toString();
    out("index", SAMPLE, "-o", known);
    assertThat(events("effect:opened", known)).containsExactly("910", "1687", "1688", "6883");
    assertThat(out(SAMPLE)).contains("line 1687  line 6880");
    assertThat(out("state", SAMPLE, "--at", "line:1686")).doesNotContain("0x80000100");
    assertThat(out("state", SAMPLE, "--at", "line:1687")).contains("0x80000100");
  }

  @Test
  void aStateSaysWhichWindowsWereThereAndAreNotToldOfYet() {
    String later = "window 0x80000100#1 was there before the recording";
    assertThat(Said.by("state", GUEST, "--at", "line:13879").err()).contains(later);
    assertThat(Said.by("state", GUEST, "--at", "line:13880").err()).doesNotContain(later);
  }

  @Test
  void nobodyKnowsHowManyEntriesAreLiveInARecordingWithoutTables() {
    assertThat(out(GUEST)).containsPattern("0x80000100#1 .* undecided +\\? +\\? +before");
    assertThat(out("timeline", GUEST)).containsPattern("0x80000100 .* \\? ");
    assertThat(out("timeline", "--format", "json", GUEST)).contains("\"peak\":null,\"live\":null");
  }

  @Test
  void whatIsMadeOfAWindowHasOneNameInEveryAnswer() {
    String undecided = "\"role\":\"default\",\"mapping\":\"undecided\"";
    assertThat(out("timeline", "--format", "json", SAMPLE).replaceAll("\\s", ""))
        .contains(undecided)
        .doesNotContain("\"mapping\":null");
    assertThat(out("state", "--format", "json", SAMPLE).replaceAll("\\s", ""))
        .contains("\"mapping\":\"undecided\"");
    assertThat(out(SAMPLE)).containsPattern("0x80000000#1 .* undecided ");
  }

  @Test
  void aWindowOfWhichThePlaceIsToldBetweenTwoMomentsChangedAndIsNoOther() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("late.log"),
            """
            spapr_iommu_pci_put liobn=0x80000001 ioba=0x800000000000000 tce=0x10003 ret=0
            spapr_iommu_pci_put liobn=0x80000001 ioba=0x800000000010000 tce=0x90003 ret=0
            spapr_iommu_pre_save liobn=80000001 10 bus_offset=0x800000000000000 ps=16
            """);
    String[] diff = {"state", log.toString(), "--at", "line:1", "--diff", "end"};
    assertThat(out(diff))
        .isEqualTo(
            """
            after event 1 to after event 3

            0x80000001#1 changed
              at an unknown place -> 0x800000000000000..0x8000000000fffff in pages of 64K
              0x800000000010000             1 entry    unknown: before-recording -> 0x90003
            """);
    String[] json =
        Stream.concat(Arrays.stream(diff), Stream.of("--format", "json")).toArray(String[]::new);
    assertThat(out(json))
        .contains(
            "\"opened\":[],\"closed\":[]",
            "\"place\":{\"before\":{\"start\":null,",
            "\"after\":{\"start\":\"0x800000000000000\"");
  }

  @Test
  void whatWasLiveBesideUnknownEntriesIsTheLeastThatWas() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("middle.log"),
            """
            spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x10003 ret=0
            spapr_iommu_pci_put liobn=0x80000000 ioba=0x11000 tce=0x90003 ret=0
            spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x0 ret=0
            """);
    String indexed = folder.resolve("middle.case").toString();
    out("index", log.toString(), "-o", indexed);
    String least = "+ at least: what other entries held is not known";
    assertThat(out(log.toString())).containsPattern("0x80000000#1 .* 2\\+ +1\\+ ").contains(least);
    for (String input : List.of(log.toString(), indexed)) {
      assertThat(out("timeline", input)).containsPattern("0x80000000 .* 2\\+ ").contains(least);
      assertThat(out("timeline", input, "--format", "json")).contains("\"unknown\":262142,");
    }
    assertThat(out(SAMPLE)).doesNotContain("at least: ");
    assertThat(out("timeline", SAMPLE)).doesNotContain("at least: ");
  }
}

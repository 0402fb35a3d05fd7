package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A case answers what its recording answers, also when the recording is gone where it can. */
class CaseCommandsTest {
  private static final Path SAMPLE = Path.of("../traces/samples/default-window-removed-in-use.log");
  private static final Path RECORDINGS = Path.of("../queries/src/test/resources/recordings");

  @TempDir private Path folder = Path.of("");
  private String trace = "";
  private String directory = "";

  @BeforeEach
  void index() throws IOException {
    trace = Files.copy(SAMPLE, folder.toRealPath().resolve("trace.log")).toString();
    directory = folder.resolve("trace.case").toString();
    assertThat(Said.by("index", trace, "-o", directory).exitCode()).isEqualTo(ExitCode.CLEAN);
  }

  private static Said said(String command, String input) {
    return Said.by(command.replace("TRACE", input).split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check TRACE",
        "check TRACE --format json",
        "check TRACE --ram 2G",
        "TRACE",
        "timeline TRACE",
        "timeline TRACE --by event --format json",
        "state TRACE --format json",
        "state TRACE --at line:6879 --diff line:6880",
        "state TRACE --at event:0",
        "state TRACE --at 64.1s --format json",
        "state TRACE --at 1795353513.356 --liobn 0x80000100",
        "addr 0xd150000 TRACE",
        "addr 0x30020000 TRACE --format json",
        "why TRACE --format json",
        "doctor TRACE",
        "export --to csv TRACE",
      })
  void aCaseAnswersWhatItsRecordingAnswers(String command) {
    assertThat(said(command, directory)).isEqualTo(said(command, trace));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "case72-default-removed-in-use",
        "fuzz72-seed2",
        "linux510-default-removed-in-use"
      })
  void theLifeOfAnAddressIsTheSameFromAnIndex(String name) {
    String recording = RECORDINGS.resolve(name + ".log.zst").toString();
    String other = folder.resolve("other.case").toString();
    Said.by("index", recording, "-o", other);
    for (long page : LongStream.range(0, 24).map(i -> i * i * 0x5000L).toArray()) {
      String command = "addr 0x" + Long.toHexString(page) + " TRACE --format json";
      assertThat(said(command, other)).as(command).isEqualTo(said(command, recording));
    }
  }

  @Test
  void aCaseBelievesNoEntryWhereCallsThatClearAreMissing() throws IOException {
    Path whole = Path.of("../traces/src/test/resources/corpus/linux61-ddw/trace.log.zst");
    Stream<String> lines = SideFile.lines(whole).stream().filter(line -> !line.contains("_stuff "));
    String removal = "2614@1795348653.147938:spapr_iommu_ddw_remove liobn=0x80000101";
    String log = folder.toRealPath().resolve("lacking.log").toString();
    Files.write(Path.of(log), Stream.concat(lines, Stream.of(removal)).toList());
    String lacking = folder.resolve("lacking.case").toString();
    Said.by("index", log, "-o", lacking);
    for (String command :
        List.of(
            "state TRACE",
            "state TRACE --at event:5000 --format json",
            "addr 0x1000 TRACE",
            "addr 0x80000007f000000 TRACE",
            "timeline TRACE --ascii",
            "timeline TRACE --format json",
            "TRACE",
            "check TRACE --format json",
            "export --to csv TRACE")) {
      assertThat(said(command, lacking)).as(command).isEqualTo(said(command, log));
    }
    assertThat(said("state TRACE", lacking).out())
        .containsPattern("0x71000002 .* 0 +65536\n")
        .doesNotContain("observed");
    assertThat(said("timeline TRACE --ascii", lacking).out())
        .containsPattern("0x71000002 +vio +\\? +\\[/+\n")
        .doesNotContain("live entries");
    assertThat(said("addr 0x80000007f000000 TRACE", lacking).out())
        .containsPattern("written +0x80000101#1 .* unknown: lost")
        .doesNotContain("real address")
        .containsPattern("closed +0x80000101#1 .* unknown: lost");
    assertThat(said("compare TRACE TRACE", log).out()).doesNotContain("live entr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"repl TRACE", "run nothing.js TRACE"})
  void a_case_where_a_recording_is_wanted_is_called_one(String command) throws IOException {
    String script = Files.writeString(folder.resolve("nothing.js"), "").toString();
    assertThat(said(command.replace("nothing.js", script), directory))
        .returns(ExitCode.USAGE, Said::exitCode)
        .returns("tcescope: " + directory + ": is a case; name a recording here\n", Said::err);
  }

  @Test
  void a_case_that_could_not_be_made_leaves_no_folder() throws IOException {
    Path blob = Files.writeString(folder.resolve("blob"), "no recording");
    Path made = folder.resolve("n.case");
    for (Path recording : List.of(folder.resolve("nofile"), blob)) {
      Said said = Said.by("index", recording.toString(), "-o", made.toString());
      assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
      assertThat(made).doesNotExist();
    }
  }

  @Test
  void aGrownRecordingIsSaidToHaveGrown() throws IOException {
    Said before = said("check TRACE", directory);
    Files.writeString(
        Path.of(trace),
        "4508@1795353999.356559:spapr_iommu_ddw_remove liobn=0x80000101\n",
        StandardOpenOption.APPEND);
    Said after = said("check TRACE", directory);
    assertThat(after.out()).isEqualTo(before.out());
    assertThat(after.err()).contains("grew since it was indexed").contains("first 22393 events");
    assertThat(said("state TRACE --format json", directory))
        .isEqualTo(said("state TRACE --format json", trace));
    assertThat(said("search event:22393 TRACE", directory).err()).contains("grew since");
  }

  @Test
  void aChangedRecordingIsNotAnsweredForByItsOldCase() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(trace));
    Files.write(Path.of(trace), lines.subList(1, lines.size()));
    for (String command :
        new String[] {"check TRACE", "timeline TRACE", "state TRACE", "addr 0 TRACE", "TRACE"}) {
      Said answer = said(command, directory);
      assertThat(answer.exitCode()).as(command).isEqualTo(ExitCode.UNREADABLE);
      assertThat(answer.err()).contains("changed since it was indexed");
    }
  }

  @Test
  void aCaseWithoutItsRecordingAnswersFromWhatItKeepsAndSaysSo() throws IOException {
    Stream<String> whole =
        Stream.of("check TRACE", "timeline TRACE", "search kind:ddw TRACE", "search ret<0 TRACE");
    List<String> commands = whole.toList();
    List<Said> before = commands.stream().map(one -> said(one, directory)).toList();
    Files.delete(Path.of(trace));
    for (int i = 0; i < commands.size(); i++) {
      Said after = said(commands.get(i), directory);
      assertThat(after.out()).as(commands.get(i)).isEqualTo(before.get(i).out());
      assertThat(after.err()).contains("is gone");
    }
    Said counted = said("search * TRACE --count", directory);
    assertThat(counted.out().strip()).isEqualTo("22393");
    Said hits = said("search covers:0xd150000 TRACE", directory);
    assertThat(hits.err()).contains("more events may match, but only the recording could tell");
    assertThat(said("state TRACE", directory).err()).contains("is gone");
  }

  @Test
  void whatWasToldAboutTheMachineIsRemembered() {
    String informed = folder.resolve("informed.case").toString();
    Said.by("index", trace, "-o", informed, "--ram", "2G");
    Said told = said("check TRACE --ram 2G", trace);
    assertThat(said("check TRACE", informed)).isEqualTo(told);
    assertThat(said("check TRACE --ram 2G", informed)).isEqualTo(told);
    assertThat(said("check TRACE --ram 1G", informed))
        .isEqualTo(said("check TRACE --ram 1G", trace));
  }

  @Test
  void lucenesOwnLanguageAsksWhatTheCaseKeeps() {
    assertThat(
            said("search lucene:\"finding:put-failure*\" TRACE --count", directory).out().strip())
        .isEqualTo("1");
    assertThat(Said.by("search", "lucene:\"kind:ddw AND event:[6880 TO *]\"", directory).out())
        .isEqualTo(Said.by("search", "kind:ddw event >= 6880", trace).out());
    assertThat(Said.by("search", "lucene:\"text:(windows AND available)\" ", directory).out())
        .isEqualTo(Said.by("search", "windows available", trace).out());
    Said wrong = Said.by("search", "lucene:\"call:(log\"", directory);
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("Lucene: ");
  }
}

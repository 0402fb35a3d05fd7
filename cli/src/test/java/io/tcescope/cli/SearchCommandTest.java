package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("moves the home of whoever runs it")
class SearchCommandTest {
  private static final String LOG =
      """
      spapr_iommu_new_table liobn=0x80000000 table=0x7f42cc81d010 fd=-1
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x11000 tce=0x1235003 ret=0
      spapr_iommu_pci_stuff liobn=0x80000000 ioba=0x12000 tcevalue=0x0 npages=2 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x40000000 tce=0x1236003 ret=-4
      """;

  @TempDir private Path folder = Path.of("");
  private String trace = "";
  private String directory = "";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void record() throws IOException {
    trace = Files.writeString(folder.resolve("trace.log"), LOG).toString();
    directory = folder.resolve("trace.case").toString();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    PrintWriter printer = new PrintWriter(out);
    int exitCode = Main.run(printer, new PrintWriter(err, true), arguments);
    printer.flush();
    return exitCode;
  }

  @Test
  void aTraceAndItsCaseGiveTheSameHits() {
    assertThat(run("index", trace, "-o", directory)).isEqualTo(ExitCode.CLEAN);
    for (String where : new String[] {trace, directory}) {
      assertThat(run("search", "covers:0x11fff", where)).isEqualTo(ExitCode.CLEAN);
      assertThat(out.toString().lines().map(line -> line.strip().substring(0, 2)))
          .containsExactly("3:", "4:");
      run("search", "*", where, "--group-by", "call", "--count", "--format", "json");
      assertThat(out.toString().strip())
          .isEqualTo(
              "{\"groups\":[{\"key\":\"H_PUT_TCE\",\"count\":3},"
                  + "{\"key\":\"H_STUFF_TCE\",\"count\":1},{\"key\":\"new_table\",\"count\":1}]}");
      run("search", "ret < 0", where, "--context", "1");
      assertThat(out.toString().lines().map(line -> line.strip().substring(0, 2)))
          .containsExactly("4-", "5:");
    }
  }

  @Test
  void theStartOfAClearIsResolvedBesideWhatTheRecordSays() {
    run("search", "call:H_STUFF_TCE", trace, "--format", "ndjson");
    assertThat(out.toString())
        .startsWith(
            "{\"event\":4,\"line\":4,\"time\":null,\"call\":\"H_STUFF_TCE\","
                + "\"liobn\":\"0x80000000\",\"ioba\":\"0x10000\",\"pages\":2,\"tce\":\"0x0\","
                + "\"ret\":\"H_SUCCESS\",\"iobaRecorded\":\"0x12000\"");
  }

  @Test
  void aWrongQueryIsAMistakeOfUsageAndShowsItsColumn() {
    assertThat(run("search", "loibn:1", trace)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("did you mean liobn?").contains("(column 1)");
  }

  @Test
  void aNegativeCountIsAMistakeOfUsage() {
    for (String option : new String[] {"--limit", "--context", "--before", "--after"}) {
      assertThat(run("search", "*", trace, option, "-1")).isEqualTo(ExitCode.USAGE);
    }
    assertThat(run("search", "*", trace, "--histogram", "--buckets", "0"))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void noHitsMayBeWanted() {
    run("index", trace, "-o", directory);
    for (String where : new String[] {trace, directory}) {
      for (String how : new String[] {"--sort=event", "--sort=time", "--context=1", "--strict"}) {
        assertThat(run("search", "*", where, "--limit", "0", how)).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString()).isEmpty();
      }
    }
  }

  @Test
  void fieldsToGroupByAreNamedWithoutThoseThatAreNoKeys() {
    assertThat(run("search", "*", trace, "--group-by", "nothing")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("window, effect").doesNotContain("text", "saved", "lucene");
  }

  @Test
  void whatStandsBeforeAndAfterAHitIsShownFaintly() {
    run("search", "ret < 0", trace, "--before", "2");
    assertThat(out.toString().lines().map(line -> line.strip().substring(0, 2)))
        .containsExactly("3-", "4-", "5:");
    run("search", "call:H_STUFF_TCE", trace, "--after", "1");
    assertThat(out.toString().lines().map(line -> line.strip().substring(0, 2)))
        .containsExactly("4:", "5-");
  }

  @Test
  void aHitOfEveryEventHasItsSurroundingsOnce() {
    run("index", trace, "-o", directory);
    for (String where : new String[] {trace, directory}) {
      for (String context : new String[] {"0", "1", "3", "2147483647"}) {
        run("search", "call:H_PUT_TCE or call:H_STUFF_TCE", where, "--context", context);
        assertThat(out.toString().lines().map(line -> line.strip().substring(0, 2)))
            .containsExactlyElementsOf(
                context.equals("0")
                    ? List.of("2:", "3:", "4:", "5:")
                    : List.of("1-", "2:", "3:", "4:", "5:"));
      }
    }
  }

  @Test
  void aDamagedIndexInTheCacheIsMadeAnew() throws IOException {
    assumeThat(System.getenv("XDG_CACHE_HOME")).isNull();
    String home = System.getProperty("user.home");
    System.setProperty("user.home", folder.toString());
    try {
      run("search", "covers:0x11fff", trace, "--cache", "always");
      String hits = out.toString();
      Path kept = segments(folder.resolve(".cache"));
      Files.write(kept, new byte[] {1, 2, 3});
      assertThat(run("search", "covers:0x11fff", trace)).isEqualTo(ExitCode.CLEAN);
      assertThat(out.toString()).isEqualTo(hits);
      assertThat(kept).doesNotExist();
      run("search", "covers:0x11fff", trace, "--cache", "always");
      Files.write(kept, new byte[] {1, 2, 3});
      assertThat(run("search", "lucene:\"call:h_stuff_tce\"", trace)).isEqualTo(ExitCode.CLEAN);
      assertThat(out.toString()).isEmpty();
      assertThat(run("search", "covers:0x11fff", trace)).isEqualTo(ExitCode.CLEAN);
      assertThat(out.toString()).isEqualTo(hits);
    } finally {
      System.setProperty("user.home", home);
    }
  }

  @Test
  void aRecordingWithAnIndexInTheCacheIsStillNamedAsItsUserDoes() throws IOException {
    assumeThat(System.getenv("XDG_CACHE_HOME")).isNull();
    String home = System.getProperty("user.home");
    System.setProperty("user.home", folder.toString());
    try {
      Path link = Files.createSymbolicLink(folder.resolve("link.log"), Path.of(trace));
      String other = Files.writeString(folder.resolve("other.log"), LOG).toString();
      for (String cache : new String[] {"always", "auto", "never"}) {
        run("search", "ret < 0", link.toString(), other, "--cache", cache);
        assertThat(out.toString().lines())
            .as(cache)
            .allMatch(line -> line.startsWith(link + ":5: ") || line.startsWith(other + ":5: "))
            .hasSize(2);
      }
    } finally {
      System.setProperty("user.home", home);
    }
  }

  private static Path segments(Path under) throws IOException {
    try (Stream<Path> files = Files.walk(under)) {
      return files.filter(file -> file.endsWith("segments_1")).findFirst().orElseThrow();
    }
  }

  @Test
  void ofSeveralRecordingsEachHitNamesItsOwn() throws IOException {
    String other = Files.writeString(folder.resolve("other.log"), LOG).toString();
    run("index", trace, other, "-o", directory);
    for (String[] where : new String[][] {{trace, other}, {directory, directory}}) {
      run("search", "ret < 0", where[0], where[1], "--before", "1");
      assertThat(out.toString().lines())
          .contains(
              trace + "-4- " + LOG.lines().toList().get(3),
              trace + ":5: " + LOG.lines().toList().get(4),
              other + ":5: " + LOG.lines().toList().get(4));
    }
  }

  @Test
  void aHistogramIsAlsoATable() {
    run("search", "*", trace, "--histogram", "--buckets", "2", "--format", "csv");
    assertThat(out.toString().lines()).containsExactly("from,to,count", "1,4,3", "4,7,2");
  }

  @Test
  void whatCannotBeCountedTogetherIsAMistakeOfUsage() {
    assertThat(run("search", "*", trace, "--group-by", "time")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--histogram counts over time");
    assertThat(run("search", "*", trace, "--histogram", "--count")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void controlCharactersOfARecordAreShownAndNotSent() throws IOException {
    Path evil = folder.resolve("evil.log");
    String record = "spapr_iommu_pci_put liobn=0x1 ioba=0x0 tce=0x3 ret=0 \u001b[31m\u0000\u009b2J";
    Files.writeString(evil, record + "\r\n");
    for (String format : new String[] {"text", "json", "ndjson", "csv"}) {
      run("search", "*", evil.toString(), "--format", format);
      assertThat(out.toString()).as(format).doesNotContain("\u001b", "\u0000", "\u009b", "\r");
    }
    run("search", "*", evil.toString());
    assertThat(out.toString()).contains("ret=0 \\u001b[31m\\u0000\\u009b2J\n");
  }

  /** RTAS has statuses of its own: -3 is no H_PRIVILEGE. */
  @Test
  void theStatusOfAWindowCallIsNotToldByAHypervisorCallsName() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("refused.csv"),
            """
            call,buid,config_addr,page_shift,window_shift,ret
            "ibm,create-pe-dma-window",0x800000020000001,0,24,32,-3
            """);
    assertThat(run("index", csv.toString(), "-o", directory)).isEqualTo(ExitCode.CLEAN);
    for (String where : new String[] {csv.toString(), directory}) {
      run("search", "ret < 0", where, "--format", "ndjson");
      assertThat(out.toString()).contains("\"ret\":\"-3\"");
      run("search", "*", where, "--group-by", "ret", "--format", "json");
      assertThat(out.toString().strip()).isEqualTo("{\"groups\":[{\"key\":\"-3\",\"count\":1}]}");
    }
    run("export", "--to", "ndjson", csv.toString());
    assertThat(out.toString()).contains("\"ret\":\"-3\"");
  }

  /** A record of a list has no one value: it is no zero, and not that of the record before it. */
  @Test
  void aRecordedListIsShownWholeAndByItsFirstValue() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("list.csv"),
            """
            call,liobn,ioba,pages,tce,list,page_shift,start,ret
            window,0x80000000,,16,,,12,0,
            H_PUT_TCE,0x80000000,0x0,,0x7003,,,,0
            H_PUT_TCE_INDIRECT,0x80000000,0x1000,2,,0x9003 0x5003,,,0
            H_PUT_TCE_INDIRECT,0x80000000,0x4000,0,,,,,-4
            """);
    assertThat(run("index", csv.toString(), "-o", directory)).isEqualTo(ExitCode.CLEAN);
    for (String where : new String[] {csv.toString(), directory}) {
      run("search", "call:H_PUT_TCE_INDIRECT", where, "--format", "ndjson");
      assertThat(out.toString().lines())
          .hasSize(2)
          .satisfiesExactly(
              put -> assertThat(put).contains("\"tce\":\"0x9003\"", "[\"0x9003\",\"0x5003\"]"),
              empty -> assertThat(empty).contains("\"tce\":null"));
      run("search", "tce:*", where, "--group-by", "tce", "--format", "json");
      assertThat(out.toString())
          .contains("\"0x7003\",\"count\":1", "\"0x9003\",\"count\":1")
          .doesNotContain("\"0x0\"");
    }
  }

  @Test
  void fieldsHaveTheNamesThatAnExportGivesThem() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("made.csv"),
            """
            call,buid,config_addr,liobn,start,page_shift,window_shift,ret
            "ibm,create-pe-dma-window",0x800000020000001,0x100,0x80000101,0x800000000000000,16,32,0
            """);
    String names = "\"configAddr\":\"0x100\"";
    run("search", "*", csv.toString(), "--format", "ndjson");
    assertThat(out.toString()).contains(names, "\"pageShift\":");
    run("export", "--to", "ndjson", csv.toString());
    assertThat(out.toString()).contains(names, "\"pageShift\":");
  }
}

package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void whatStandsBeforeAndAfterAHitIsShownFaintly() {
    run("search", "ret < 0", trace, "--before", "2");
    assertThat(out.toString().lines().map(line -> line.strip().substring(0, 2)))
        .containsExactly("3-", "4-", "5:");
    run("search", "call:H_STUFF_TCE", trace, "--after", "1");
    assertThat(out.toString().lines().map(line -> line.strip().substring(0, 2)))
        .containsExactly("4:", "5-");
  }
}

package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of recordings answers as one, and what is no recording in it is told as check does. */
final class CorpusSearchTest {
  private static final Path RUNS = Path.of("../traces/src/test/resources/corpus");
  private static final Path PACKED = RUNS.resolve("case72-ddw-at-zero/trace.log.zst");
  private static final String FAILS =
      "spapr_iommu_pci_put liobn=0x80000000 ioba=0x40000000 tce=0x1236003 ret=-4\n";

  @TempDir private Path folder = Path.of("");

  /** Recordings that begin at that second, and have so many calls that fail, a second apart. */
  private Path record(String name, int second, int failures) throws IOException {
    StringBuilder log = new StringBuilder();
    log.append(stamp(second)).append("spapr_iommu_new_table liobn=0x80000000 table=0x1 fd=-1\n");
    for (int i = 1; i <= failures; i++) {
      log.append(stamp(second + i)).append(FAILS);
      log.append(stamp(second + i))
          .append("spapr_iommu_pci_put liobn=0x80000000 ioba=0x1000 tce=0x1003 ret=0\n");
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, log);
  }

  private static String stamp(int second) {
    return "1@" + second + ".000000:";
  }

  private Said search(String query, String... more) {
    return Said.by(
        Stream.concat(Stream.of("search", query, folder.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private List<String> places(Said said) {
    return said.out()
        .lines()
        .map(line -> line.substring(folder.toString().length() + 1, line.indexOf(' ')))
        .toList();
  }

  @Test
  void recordings_are_found_among_other_things_and_answer_in_the_order_of_their_names()
      throws IOException {
    record("b/second.log", 7000, 2);
    record("a.log", 5, 1);
    record(".hidden.log", 5, 1);
    Files.copy(PACKED, folder.resolve("packed.log.zst"));
    Files.writeString(folder.resolve("README.md"), "Prose.\n".repeat(30) + FAILS);
    Files.writeString(folder.resolve("empty.log"), "");
    Files.write(folder.resolve("picture.png"), new byte[] {1, 2, 3, 4, 0, 0, 0});
    Said.by("index", folder + "/a.log", "-o", folder + "/some.case");
    Said said = search("ret:H_PARAMETER");
    assertThat(said.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(places(said)).startsWith("a.log:2:", "b/second.log:2:", "b/second.log:4:");
    assertThat(places(said).subList(3, places(said).size()))
        .isNotEmpty()
        .allMatch(place -> place.startsWith("packed.log.zst:"));
    assertThat(said.err()).isEqualTo(Said.by("check", folder.toString()).err());
    assertThat(said.err())
        .contains("README.md: only quotes records (1 of 31 lines)", "empty.log: is empty")
        .contains("left out 2 files that may hold records");
    assertThat(search("ret:H_PARAMETER", "--strict").exitCode()).isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void a_folder_without_a_recording_cannot_be_searched() throws IOException {
    Files.writeString(folder.resolve("README.md"), "Prose.\n");
    for (String form : List.of("--count", "--histogram", "--context=1", "--format=json")) {
      Said said = search("*", form);
      assertThat(said.exitCode()).as(form).isEqualTo(ExitCode.UNREADABLE);
      assertThat(said.err()).contains(folder + ": holds no recording");
    }
  }

  @Test
  void what_cannot_be_read_does_not_keep_the_others_from_answering() throws IOException {
    Path good = record("good.log", 5, 2);
    Path none = folder.resolve("none.log");
    String broken = folder + "/broken.case";
    Said.by("index", good.toString(), "-o", broken);
    Files.write(Path.of(broken, "index", "segments_1"), new byte[] {1, 2, 3});
    Said said = Said.by("search", "ret < 0", none.toString(), good.toString(), broken, "--count");
    assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(said.out()).isEqualTo("2\n");
    assertThat(said.err().lines())
        .containsExactly(
            "tcescope: " + none + ": no such file",
            "tcescope: " + broken + ": the case is damaged; delete it and index again");
  }

  @Test
  void a_case_answers_in_its_place() throws IOException {
    Path a = record("a.log", 5, 1);
    Path b = record("b.log", 5, 2);
    Path c = record("c.log", 5, 1);
    Said.by("index", b.toString(), "-o", folder + "/b.case");
    Said said = Said.by("search", "ret < 0", a.toString(), folder + "/b.case", c.toString());
    assertThat(places(said)).containsExactly("a.log:2:", "b.log:2:", "b.log:4:", "c.log:2:");
  }

  @Test
  void a_limit_is_for_all_recordings_together() throws IOException {
    Path a = record("a.log", 5, 3);
    record("b.log", 5, 4);
    record("c.log", 5, 5);
    List<String> all = search("ret < 0").out().lines().toList();
    assertThat(all).hasSize(12);
    for (int limit = 0; limit <= 13; limit++) {
      assertThat(search("ret < 0", "--limit", limit + "").out().lines())
          .as("limit %d", limit)
          .containsExactlyElementsOf(all.subList(0, Math.min(limit, 12)));
      List<String> both = new ArrayList<>();
      for (String form : new String[] {"", "--strict"}) {
        String[] options = {"--limit=" + limit, "--after=3", "--before=1", form};
        both.add(
            search("ret < 0", Stream.of(options).filter(o -> !o.isEmpty()).toArray(String[]::new))
                .out());
      }
      assertThat(both.getFirst()).as("limit %d", limit).isEqualTo(both.getLast());
      assertThat(both.getFirst().lines().filter(line -> line.matches("[^ ]+:\\d+: .*")))
          .containsExactlyElementsOf(all.subList(0, Math.min(limit, 12)));
    }
    String alone = Said.by("search", "ret < 0", a.toString(), "--limit=2", "--after=3").out();
    assertThat(
            search("ret < 0", "--limit=2", "--after=3").out().lines().map(CorpusSearchTest::last))
        .containsExactlyElementsOf(
            alone.lines().map(String::strip).map(CorpusSearchTest::last).toList());
  }

  private static String last(String line) {
    return line.substring(line.lastIndexOf(' ', line.indexOf('@')) - 2);
  }

  @Test
  void a_folder_answers_what_its_recordings_answer_each() throws IOException {
    List<String> files = new ArrayList<>();
    for (String name :
        List.of(
            "case72-ddw-at-zero", "case72-hole-in-trace", "fuzz72-seed1", "linux612-fw-window")) {
      Path copy = folder.resolve(name + ".log.zst");
      files.add(Files.copy(RUNS.resolve(name).resolve("trace.log.zst"), copy).toString());
    }
    for (String query :
        List.of("ret < 0", "kind:ddw", "finding:*", "effect:(opened or remapped)", "time < 5s")) {
      for (String form : List.of("--limit=40", "--context=2", "--format=ndjson")) {
        String each =
            files.stream()
                .map(file -> Said.by("search", query, file, form).out())
                .collect(Collectors.joining());
        Stream<String> lines = search(query, form).out().lines();
        long limit = form.startsWith("--limit") ? 40 : Long.MAX_VALUE;
        assertThat(lines.map(line -> anonymous(line, files)))
            .as("%s %s", query, form)
            .containsExactlyElementsOf(each.lines().map(String::strip).limit(limit).toList());
      }
    }
  }

  /** A line without its file. */
  private static String anonymous(String line, List<String> files) {
    String file = files.stream().filter(line::contains).findFirst().orElseThrow();
    return line.replace("\"file\":\"" + file + "\",", "")
        .replace(file, "")
        .replaceFirst("^[:-]", "");
  }

  @Test
  void counts_tell_how_many_there_are_in_all_and_in_which_recording() throws IOException {
    record("a.log", 5, 1);
    record("b, c.log", 5, 3);
    record("none.log", 5, 0);
    record("z.log", 5, 1);
    assertThat(search("ret < 0", "--count").out()).isEqualTo("5\n");
    String name = folder + "/";
    assertThat(search("ret < 0", "--group-by", "file").out().lines().map(String::strip))
        .containsExactly("3  " + name + "b, c.log", "1  " + name + "a.log", "1  " + name + "z.log");
    assertThat(search("ret < 0", "--group-by", "file", "--limit", "1", "--format", "csv").out())
        .isEqualTo("key,count\n\"" + name + "b, c.log\",3\n");
  }

  @Test
  void hits_are_sorted_by_the_times_that_were_recorded() throws IOException {
    record("a.log", 20, 2);
    record("b.log", 10, 11);
    List<String> sorted = new ArrayList<>();
    IntStream.rangeClosed(1, 10).forEach(i -> sorted.add("b.log:" + 2 * i + ":"));
    sorted.addAll(List.of("a.log:2:", "b.log:22:", "a.log:4:"));
    assertThat(places(search("ret < 0", "--sort", "time"))).containsExactlyElementsOf(sorted);
    assertThat(places(search("ret < 0", "--sort", "time", "--limit", "2")))
        .containsExactly("b.log:2:", "b.log:4:");
    assertThat(places(search("ret < 0", "--sort", "time", "--limit", "0"))).isEmpty();
  }

  @Test
  void every_hit_of_a_folder_names_its_file_in_every_form() throws IOException {
    Path one = record("a.log", 5, 1);
    String file = "\"file\":\"" + one + "\"";
    assertThat(search("ret < 0", "--format", "ndjson").out()).contains(file);
    assertThat(search("ret < 0", "--format", "json").out()).contains(file);
    assertThat(search("ret < 0", "--format", "csv").out()).contains("," + one + ",");
    assertThat(Said.by("search", "ret < 0", one.toString(), "--format", "json").out())
        .doesNotContain("\"file\"");
  }

  @Test
  void a_histogram_of_several_counts_from_the_first_event_of_each() throws IOException {
    record("a.log", 5, 4);
    String alone = search("ret < 0", "--histogram", "--buckets", "4", "--format", "csv").out();
    assertThat(alone.lines().skip(1))
        .allMatch(line -> line.endsWith(",1"))
        .first()
        .asString()
        .startsWith("6.000000000,");
    record("b.log", 1_795_353_446, 2);
    Files.writeString(folder.resolve("timeless.log"), FAILS + FAILS);
    Said said = search("ret < 0", "--histogram", "--buckets", "4", "--format", "csv");
    assertThat(said.out().lines().map(line -> line.replaceAll("\\..*,", ",")))
        .containsExactly("from,to,count", "1,2", "1,2", "2,1", "3,1");
    assertThat(said.err()).contains("not counted are the hits of 1 recording without times");
    assertThat(search("ret < 0", "--histogram", "--format", "json").out())
        .startsWith("{\"by\":\"elapsed\"");
    assertThat(search("ret < 0", "--histogram").out())
        .startsWith("time since the first event of each recording:\n         +1.000000 s");
  }

  @Test
  void strictly_all_is_read_to_its_end_whatever_the_limit() throws IOException {
    record("a.log", 5, 2);
    Path cut = record("b.log", 5, 2);
    Files.writeString(cut, Files.readString(cut) + "spapr_iommu_pci_put liobn=0x8");
    for (String form : List.of("--before=0", "--before=1", "--sort=time", "--count")) {
      Said strict = search("ret < 0", form, "--limit=1", "--strict");
      assertThat(strict.exitCode()).as(form).isEqualTo(ExitCode.UNREADABLE);
      assertThat(strict.err()).contains("1 x last line cut off, first at " + cut + ":6");
    }
    Said lax = search("ret < 0", "--limit=1");
    assertThat(lax.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(search("ret < 0").err()).contains("1 x last line cut off, first at " + cut);
  }

  @Test
  void nothing_more_is_searched_when_nobody_reads_the_answers() throws IOException {
    record("a.log", 5, 20_000);
    record("b.log", 5, 20_000);
    for (String form : List.of("--format=text", "--format=ndjson", "--strict", "--after=1")) {
      GoneReader reader = new GoneReader();
      PrintWriter err = new PrintWriter(Writer.nullWriter());
      Main.run(new PrintWriter(reader), err, "search", "*", folder.toString(), form);
      assertThat(reader.writes)
          .as(form)
          .isLessThan(10_000); // of 80,000 lines, some wait to be told
    }
  }

  /** Takes the first lines, like head. */
  private static final class GoneReader extends Writer {
    private int writes;

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      if (++writes > 3) {
        throw new IOException("Broken pipe");
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}

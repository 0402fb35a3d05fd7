package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page stands by itself, tells what the other commands tell, and runs nothing. */
final class ReportCommandTest {
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";
  private static final String CORPUS = "../traces/src/test/resources/corpus/";

  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path folder = Path.of("");

  @Test
  void a_page_goes_from_the_symptom_to_the_cause_and_its_finding() throws Exception {
    Document page = page(SAMPLE);
    assertThat(text(page, "section", "answer"))
        .contains("Most likely: default-window-removed-in-use, line 6880")
        .contains("put-failed, line 6899 at 1795353513.649952 s, 3,038 times")
        .contains("4508@1795353513.356559:spapr_iommu_ddw_remove liobn=0x80000100");
    assertThat(text(page, "section", "findings"))
        .contains("3038 maps failed because window 0x80000100 is gone")
        .contains("Drivers go on using bus addresses of a window that is gone");
    assertThat(text(page, "section", "windows")).contains("0x80000100#1").contains("0x80000101#1");
    assertThat(text(page, "section", "limits")).contains("(--ram)");
  }

  @Test
  void files_of_a_run_of_several_are_told_once_and_shown_by_name_from_then_on() throws Exception {
    String run = CORPUS + "linux510-default-removed-in-use/";
    Document page = page(run + "trace.log.zst", run + "dmesg.txt.zst");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("files" + run + "trace.log.zst, " + run + "dmesg.txt.zst")
        .contains("trace.log.zst line 6880", "dmesg.txt.zst: clock ");
    for (String section : List.of("answer", "findings", "windows", "limits")) {
      assertThat(text(page, "section", section)).as(section).doesNotContain(run);
    }
  }

  @Test
  void a_window_whose_entries_are_not_recorded_is_not_drawn_as_empty() throws Exception {
    Document page = page(CORPUS + "linux61-dynamic-exhausted/dmesg.txt.zst");
    assertThat(text(page, "section", "timeline")).contains("contents not recorded");
    assertThat(values(page, "class")).contains("untold", "untold open").doesNotContain("life");
    assertThat(values(page(SAMPLE), "class")).contains("life").doesNotContain("untold");
  }

  @Test
  void what_happened_to_the_whole_machine_is_drawn_across_all_lanes() throws Exception {
    Document page = page(CORPUS + "case72-machine-reset/trace.log.zst");
    assertThat(text(page, "section", "timeline"))
        .contains("machine reset, line 3431 at 1795349131.482575 s")
        .contains("saved for a migration or snapshot, machine reset (the whole machine)");
    assertThat(values(page, "class")).contains("machine", "key machine");
    Document calm = page(CORPUS + "linux61-dynamic-exhausted/dmesg.txt.zst");
    assertThat(values(calm, "class")).doesNotContain("machine", "key machine");
  }

  @Test
  void a_page_shows_where_the_run_parts_from_another() throws Exception {
    String good = CORPUS + "linux61-default-in-use-refused/trace.log.zst";
    Document page = page(SAMPLE, "--against", good);
    assertThat(text(page, "section", "parting"))
        .startsWith("Where it parts from trace.log.zst")
        .contains("line 14865 +59.018 s", "line 6878 +63.871 s", "0 windows available")
        .contains("line 6880 +63.874 s0x80000100 is removed, in use (304 live entries)")
        .endsWith("Alike: VIO window 0x71000002, bridge 0x800000020000000.");
    assertThat(text(page(good, "--against", SAMPLE), "section", "parting"))
        .contains("not here: 0x80000100 is removed, in use (304 live entries)");
    assertThat(text(page(SAMPLE, "--against", SAMPLE), "section", "parting")).contains("Nowhere");
    assertThat(page(SAMPLE).getElementsByTagName("section").getLength()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SAMPLE,
        CORPUS + "fuzz72-seed1/trace.log.zst",
        CORPUS + "case72-hole-in-trace/trace.log.zst",
        CORPUS + "simple-fuzz-seed21/trace.bin.zst",
        CORPUS + "linux61-dynamic-exhausted/dmesg.txt.zst",
        CORPUS + "linux612-single-window-vf/ftrace.txt.zst",
        CORPUS + "case100-bridge-plugged/trace.log.zst",
      })
  void every_page_is_whole_and_loads_and_runs_nothing(String recording) throws Exception {
    Document page = page(recording);
    List<String> ids = values(page, "id");
    assertThat(ids).doesNotHaveDuplicates();
    Set<String> targets = new HashSet<>(ids);
    assertThat(values(page, "href")).isNotEmpty().allMatch(to -> targets.contains(to.substring(1)));
    assertThat(values(page, "src")).isEmpty();
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(page.getElementsByTagName("link").getLength()).isZero();
  }

  @Test
  void a_recording_cannot_smuggle_anything_into_the_page() throws Exception {
    String log =
        Files.readString(Path.of(SAMPLE))
            .replaceFirst(
                "(?m)^.*ddw_remove liobn=0x80000100$",
                "\u001b[31m<script>alert('&amp;')</script>\\]\\]>\n$0");
    String evil =
        "1@1.000000:spapr_iommu_ddw_remove liobn=0x80000100 <img src=x onerror=alert(1)>\n";
    Path file = Files.writeString(folder.resolve("<b onclick='x'>&.log"), log + evil);
    Document page = page(file.toString());
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(page.getElementsByTagName("img").getLength()).isZero();
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo("<b onclick='x'>&.log");
    assertThat(text(page, "section", "limits")).contains("<img src=x onerror=alert(1)>");
  }

  @Test
  void rules_of_ones_own_stand_beside_the_built_in_ones() throws Exception {
    Path rule =
        Files.writeString(
            folder.resolve("any-remove.js"),
            """
            import { defineRule } from "tcescope";
            export default defineRule({
              meta: {
                id: "any-remove",
                type: "hazard",
                severity: "warning",
                requires: [],
                docs: { summary: "A remove.", why: "It is there.", fix: "Leave it." },
                messages: { there: "a remove" },
              },
              create(ctx) {
                return { "ddw.remove"(e) { ctx.report({ messageId: "there", event: e }); } };
              },
            });
            """);
    Path broken = Files.writeString(folder.resolve("broken.js"), "export default 1 +;\n");
    Said said = Said.by("report", SAMPLE, "--rules", rule.toString(), "--rules", broken.toString());
    Document page = parsed(said.out());
    assertThat(text(page, "section", "findings")).contains("any-remove").contains("It is there.");
    assertThat(text(page, "section", "limits")).contains("broken");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void the_page_goes_where_it_is_told() throws IOException {
    Path file = folder.resolve("page.html");
    Said said = Said.by("report", SAMPLE, "-o", file.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(said.out()).isEmpty();
    assertThat(file).hasContent(Said.by("report", SAMPLE).out());
    Said lost = Said.by("report", SAMPLE, "-o", folder.resolve("none/page.html").toString());
    assertThat(lost.exitCode()).isEqualTo(ExitCode.UNWRITTEN);
    assertThat(lost.err()).contains("page.html: cannot be written: ");
    assumeTrue(Files.exists(FULL));
    Said full = Said.by("report", SAMPLE, "-o", FULL.toString());
    assertThat(full.exitCode()).isEqualTo(ExitCode.UNWRITTEN);
    assertThat(full.err())
        .isEqualTo("tcescope: /dev/full: cannot be written: No space left on device\n");
  }

  @Test
  void a_damaged_recording_is_told_on_the_page_too() throws Exception {
    String whole = Files.readString(Path.of(SAMPLE));
    Path cut =
        Files.writeString(folder.resolve("cut.log"), whole.substring(0, whole.length() - 40));
    Said said = Said.by("report", "--strict", cut.toString());
    assertThat(text(parsed(said.out()), "section", "limits")).contains("last line cut off");
    assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
  }

  private static Document page(String... arguments) throws Exception {
    Said said =
        Said.by(Stream.concat(Stream.of("report"), Stream.of(arguments)).toArray(String[]::new));
    assertThat(said.exitCode()).isEqualTo(ExitCode.CLEAN);
    return parsed(said.out());
  }

  /** The page is XML as well, so a strict parser can read it. */
  private static Document parsed(String page) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }

  private static String text(Document page, String tag, String id) {
    NodeList all = page.getElementsByTagName(tag);
    for (int i = 0; i < all.getLength(); i++) {
      if (all.item(i) instanceof Element element && element.getAttribute("id").equals(id)) {
        return element.getTextContent();
      }
    }
    throw new AssertionError("no " + tag + " " + id);
  }

  private static List<String> values(Document page, String attribute) {
    List<String> values = new ArrayList<>();
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      if (all.item(i) instanceof Element element && element.hasAttribute(attribute)) {
        values.add(element.getAttribute(attribute));
      }
    }
    return values;
  }
}

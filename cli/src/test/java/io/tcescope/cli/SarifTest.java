package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tcescope.engine.check.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check --format sarif}: logs that their standard's schema and GitHub's rules admit. */
final class SarifTest {
  private static final Path RESOURCES = Path.of("src/test/resources/sarif");
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";
  private static final String RUNS = "../traces/src/test/resources/corpus/";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Schema SCHEMA = schema();

  @TempDir private Path folder = Path.of("");

  private static Schema schema() {
    try {
      String text = Files.readString(RESOURCES.resolve("sarif-2.1.0-rtm.5.json"));
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
          .getSchema(text, InputFormat.JSON);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The only run of a valid log. */
  private static JsonNode run(Said said) throws IOException {
    assertThat(SCHEMA.validate(said.out(), InputFormat.JSON)).isEmpty();
    JsonNode run = MAPPER.readTree(said.out()).get("runs").get(0);
    assertThat(run.at("/invocations/0/exitCode").asInt()).isEqualTo(said.exitCode());
    meetsGitHubsRequirements(run);
    return run;
  }

  private static Said check(String... arguments) {
    List<String> line = new ArrayList<>(List.of("check", "--format", "sarif"));
    line.addAll(List.of(arguments));
    return Said.by(line.toArray(String[]::new));
  }

  /** What its documentation of code scanning calls required, and no more than it takes. */
  private static void meetsGitHubsRequirements(JsonNode run) {
    JsonNode rules = run.at("/tool/driver/rules");
    for (JsonNode rule : rules) {
      for (String name : List.of("shortDescription", "fullDescription", "help")) {
        assertThat(rule.at("/" + name + "/text").asText()).as(rule.toString()).isNotBlank();
      }
      assertThat(rule.at("/fullDescription/text").asText().length()).isLessThanOrEqualTo(1024);
    }
    Set<String> identities = new HashSet<>();
    for (JsonNode result : run.get("results")) {
      assertThat(result.at("/message/text").asText()).isNotBlank();
      assertThat(result.get("locations")).hasSize(1);
      assertThat(result.at("/codeFlows/0/threadFlows/0/locations").size()).isLessThan(1000);
      assertThat(rules.get(result.get("ruleIndex").asInt()).get("id"))
          .isEqualTo(result.get("ruleId"));
      if (!result.path("baselineState").asText().equals("absent")) {
        String uri = result.at("/locations/0/physicalLocation/artifactLocation/uri").asText();
        String hash = result.at("/partialFingerprints/primaryLocationLineHash").asText();
        assertThat(hash).isNotBlank();
        assertThat(identities.add(uri + " " + hash)).as("%s in %s", hash, uri).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SAMPLE,
        RUNS + "case72-ddw-at-zero/trace.log.zst",
        RUNS + "fuzz72-seed1/trace.log.zst",
        RUNS + "fuzz100-seed1/calls.csv.zst",
        RUNS + "linux612-io/dmesg.txt.zst",
        RUNS + "linux61-dynamic-exhausted/dmesg.txt.zst",
        RUNS + "linux612-fw-window/ftrace.txt.zst",
        RUNS + "linux612-trace-cmd",
      })
  void real_recordings_make_valid_logs(String recording) throws IOException {
    JsonNode run = run(check("--ram", "1G", recording));
    assertThat(run.at("/tool/driver/rules")).hasSize(Rule.values().length);
    for (JsonNode result : run.get("results")) {
      JsonNode region = result.at("/locations/0/physicalLocation/region");
      assertThat(region.path("startLine").asLong()).isPositive();
      assertThat(region.path("endColumn").asLong())
          .isEqualTo(region.at("/snippet/text").asText().length() + 1);
    }
    assertThat(run.at("/properties/notApplicable").size()).isPositive();
  }

  @Test
  void a_schema_that_admits_anything_would_prove_nothing() {
    String log = check(SAMPLE).out();
    for (String wrong :
        List.of(
            log.replace("\"level\":\"note\"", "\"level\":\"info\""),
            log.replace("\"startLine\":6879", "\"startLine\":0"),
            log.replace("\"executionSuccessful\":true,", ""),
            log.replace("\"ruleIndex\"", "\"ruleNumber\""))) {
      assertThat(wrong).isNotEqualTo(log);
      assertThat(SCHEMA.validate(wrong, InputFormat.JSON)).isNotEmpty();
    }
  }

  @Test
  void records_of_a_binary_have_a_number_and_no_line() throws IOException {
    JsonNode run = run(check(RUNS + "simple-case-ddw-at-zero/trace.bin.zst"));
    JsonNode location = run.at("/results/0/locations/0");
    assertThat(location.at("/physicalLocation/region").isMissingNode()).isTrue();
    assertThat(location.at("/properties/record").asLong()).isPositive();
    assertThat(location.at("/properties/text").asText()).contains("spapr_iommu_ddw_create buid=");
  }

  @Test
  void each_event_of_files_read_together_stands_in_its_own() throws IOException {
    String scene = RUNS + "linux61-dynamic-exhausted/";
    JsonNode run = run(check("--together", scene + "trace.log.zst", scene + "dmesg.txt.zst"));
    assertThat(run.findValues("uri"))
        .extracting(uri -> Path.of(uri.asText()).getFileName().toString())
        .contains("trace.log.zst", "dmesg.txt.zst");
    String cut = RUNS + "linux612-trace-cmd/";
    run(check("--together", cut + "trace.log.zst", cut + "trace-v6-without-symbols.dat.zst"));
  }

  @Test
  void the_sample_makes_the_golden_log() throws IOException {
    Path golden = RESOURCES.resolve("sample.sarif");
    Said said = check(SAMPLE);
    run(said);
    String project = Path.of("..").toAbsolutePath().normalize().toUri().toString();
    String log =
        said.out()
            .replace(project, "file:///project/")
            .replaceAll("(?m)^,\\{\"id\":.*\\R", ""); // of the rules, the first is enough
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(golden, log);
    }
    assertThat(log).isEqualTo(Files.readString(golden));
  }

  @Test
  void what_was_not_read_is_told() throws IOException {
    Files.copy(Path.of(SAMPLE), folder.resolve("trace.log"));
    Files.writeString(folder.resolve("cut.log"), "spapr_iommu_ddw_remove liobn=0x1\nspapr_iommu_");
    Files.writeString(folder.resolve("empty.log"), "");
    JsonNode run = run(check(folder.toString()));
    assertThat(run.at("/invocations/0/executionSuccessful").asBoolean()).isTrue();
    assertThat(run.at("/invocations/0/toolExecutionNotifications").toString())
        .contains("\"id\":\"skipped-records\"", "cut off", "cut.log\"", "{\"startLine\":2}")
        .contains("\"id\":\"left-out\"},\"level\":\"warning\",\"message\":{\"text\":\"is empty\"}");
    JsonNode none = run(check(folder.resolve("empty.log").toString()));
    assertThat(none.get("results")).isEmpty();
    assertThat(none.at("/invocations/0/executionSuccessful").asBoolean()).isFalse();
    assertThat(none.at("/invocations/0/toolExecutionNotifications/0/level").asText())
        .isEqualTo("error");
  }

  @Test
  void rules_in_javascript_stand_behind_the_built_in_ones() throws IOException {
    Path rule = folder.resolve("removes.js");
    Files.writeString(
        rule,
        """
        import { defineRule } from "tcescope";
        export default defineRule({
          meta: {
            id: "removes", severity: "info", requires: [], messages: { gone: "gone {liobn}" },
            docs: { summary: "A window went.", why: "Because.", fix: "Look." },
          },
          create(ctx) {
            return { "ddw.remove"(event) { ctx.report({ messageId: "gone", event, liobn: event.liobn }); } };
          },
        });
        """);
    Path broken = folder.resolve("broken.js");
    Files.writeString(
        broken,
        Files.readString(rule)
            .replace("\"removes\"", "\"breaks\"")
            .replace("ctx.report(", "ctx.reports("));
    JsonNode run = run(check("--rules", rule.toString(), "--rules", broken.toString(), SAMPLE));
    JsonNode rules = run.at("/tool/driver/rules");
    assertThat(rules.get(Rule.values().length).toString())
        .contains("\"id\":\"removes\"", "What to do: Look.", "\"level\":\"note\"");
    assertThat(run.get("results").toString()).contains("removes/gone@0x80000100:1");
    assertThat(run.at("/invocations/0/toolExecutionNotifications").toString())
        .contains("\"id\":\"rule-error\"", "broken.js", "\"associatedRule\":{\"id\":\"breaks\"");
    assertThat(run.at("/invocations/0/executionSuccessful").asBoolean()).isFalse();
  }

  @Test
  void a_baseline_says_what_is_new_and_what_is_gone() throws IOException {
    Path log = Files.copy(Path.of(SAMPLE), folder.resolve("trace.log"));
    String known = Said.by("check", "--format", "ndjson", log.toString()).out();
    Path baseline = Files.writeString(folder.resolve("known.ndjson"), known);
    List<String> lines = new ArrayList<>(Files.readAllLines(log));
    lines.set(6879, lines.get(6879).replace("80000100", "80000300"));
    Files.write(log, lines);
    JsonNode run = run(check("--baseline", baseline.toString(), log.toString()));
    assertThat(run.findValuesAsText("baselineState")).contains("new", "absent");
    Files.copy(Path.of(SAMPLE), log, StandardCopyOption.REPLACE_EXISTING);
    assertThat(
            run(check("--baseline", baseline.toString(), log.toString()))
                .findValuesAsText("baselineState"))
        .containsOnly("unchanged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "state", "why", "timeline", "doctor", "addr 0x1000", "search event:1"})
  void other_commands_do_not_write_it(String command) {
    String line = (command + " --format sarif " + SAMPLE).strip();
    Said said = Said.by(line.split(" "));
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("Invalid value for option '--format'");
  }
}

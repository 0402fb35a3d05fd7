package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The members that the types declare are those that scripts see, each of the sort that is declared:
 * bigint, number, string, boolean, function, null, or the object's class.
 */
final class MembersTest {
  private static final String EVENT = "tcescope.EventMap[";

  /** The types of what a rule or a test hands over, and the prelude's tables of what it takes. */
  private static final Map<String, String> TAKEN =
      Map.of(
          "tcescope.Report", "rules REPORT",
          "tcescope.Rule['meta']", "rules META",
          "NonNullable<tcescope.Rule['meta']['type']>", "rules TYPES",
          "tcescope.Severity", "rules SEVERITIES",
          "tcescope.Confidence", "rules CONFIDENCES",
          "tcescope.Certainty", "events inferred",
          "test.Case & {findings: any}", "tester CASE",
          "test.Expected", "tester FINDING");

  @TempDir private Path folder = Path.of("");
  private TypeScript typescript;

  /** Of every type its members, of every member the sorts of its values. */
  private static final class Members extends TreeMap<String, Map<String, Set<String>>> {
    private static final long serialVersionUID = 1;

    static Members of(Stream<String> lines) {
      Members members = new Members();
      lines.forEach(members::add);
      return members;
    }

    private void add(String line) {
      String[] words = line.split(" (?=\\S+ \\S+$)| (?=\\S+$)", -1);
      assertThat(words).as(line).hasSize(3);
      computeIfAbsent(words[0], type -> new TreeMap<>())
          .computeIfAbsent(words[1], name -> new TreeSet<>())
          .add(words[2]);
    }

    Map<String, Set<String>> type(String name) {
      return getOrDefault(name, Map.of());
    }

    /** A line for each member of every type but those of events. */
    List<String> plain() {
      return lines(type -> !type.startsWith(EVENT));
    }

    private List<String> lines(Predicate<String> wanted) {
      List<String> lines = new ArrayList<>();
      forEach(
          (type, members) -> {
            if (wanted.test(type)) {
              members.forEach((name, sorts) -> lines.add(type + " " + name + " " + sorts));
            }
          });
      return lines;
    }

    /** The types of events by kind. */
    Members events() {
      Members events = new Members();
      events.putAll(subMap(EVENT, EVENT + Character.MAX_VALUE));
      return events;
    }

    /** The members of all types together, a line each. */
    List<String> together() {
      Members all = new Members();
      values()
          .forEach(
              members ->
                  members.forEach(
                      (name, sorts) -> sorts.forEach(sort -> all.add("any " + name + " " + sort))));
      return all.lines(type -> true);
    }
  }

  @BeforeEach
  void unpackTheCompiler() throws Exception {
    typescript = TypeScript.in(folder);
    RuleTemplate.write(folder, "some-rule");
    for (String name : List.of("see.js", "script.js", "rule.js", "declared.cjs")) {
      Files.writeString(folder.resolve(name), resource(name));
    }
  }

  private static String resource(String name) {
    return Prelude.resource("members/" + name);
  }

  /** What a script and a rule see of a recording in which everything happens. */
  private Members seen() throws ScriptException {
    Trace trace = Rules.open(Rules.write(folder, "trace.csv", resource("every-kind.csv")));
    List<String> printed = new ArrayList<>();
    List<String> kinds = List.of(ScriptKind.labels().split(" ", -1));
    ScriptSettings settings = Rules.patient().withArguments(kinds).withOutput(printed::add);
    try (Script script =
        Script.open(Rules.engine(), trace, settings, ReplayOptions.defaults(), folder)) {
      script.run(folder.resolve("script.js"));
    }
    List<Path> rule = List.of(folder.resolve("rule.js"));
    printed.add(Rules.said(Rules.run(trace, rule, Rules.patient())));
    return Members.of(printed.stream().flatMap(String::lines));
  }

  private Members declared(Collection<String> types) throws IOException {
    Files.write(folder.resolve("types.txt"), types);
    String said = typescript.script("declared.cjs");
    assertThat(said).doesNotContain("Error");
    return Members.of(said.lines());
  }

  @Test
  void whatScriptsSeeIsWhatIsDeclared() throws Exception {
    Members seen = seen();
    Members declared = declared(seen.keySet());
    Set<String> interfaces = Set.copyOf(declared.type("interface").keySet());
    declared.remove("interface");
    assertThat(declared.plain()).containsExactlyInAnyOrderElementsOf(seen.plain());
    assertEventsAgree(seen.events(), declared.events());
    Set<String> looked = new TreeSet<>(seen.keySet());
    looked.addAll(TAKEN.keySet());
    assertThat(interfaces).allSatisfy(name -> assertThat(looked).anyMatch(names(name)));
  }

  private static Predicate<String> names(String type) {
    return Pattern.compile("\\b" + Pattern.quote(type) + "\\b").asPredicate();
  }

  /**
   * All events are of one class, with null for what their kind has not, so that a kind's values are
   * of the sorts it declares, and all kinds together show each sort.
   */
  private static void assertEventsAgree(Members seen, Members declared) {
    assertThat(declared.keySet()).hasSize(ScriptKind.values().length);
    Set<String> names = new TreeSet<>();
    declared.values().forEach(members -> names.addAll(members.keySet()));
    declared
        .values()
        .forEach(
            members -> names.forEach(name -> members.computeIfAbsent(name, one -> Set.of("null"))));
    assertThat(declared.together()).containsExactlyInAnyOrderElementsOf(seen.together());
    seen.forEach(
        (kind, members) ->
            members.forEach(
                (name, sorts) ->
                    assertThat(declared.type(kind).get(name))
                        .as("%s.%s", kind, name)
                        .containsAll(sorts)));
  }

  @Test
  void whatRulesHandOverIsWhatIsDeclared() throws Exception {
    Members declared = declared(TAKEN.keySet());
    TAKEN.forEach(
        (type, table) ->
            assertThat(declared.type(type).keySet())
                .as(type)
                .containsExactlyInAnyOrderElementsOf(table(table)));
  }

  /** The words of a table of the prelude. */
  private static List<String> table(String name) {
    String[] place = name.split(" ", -1);
    Matcher table =
        Pattern.compile("const " + place[1] + " = \\[(.*)];")
            .matcher(Prelude.resource("prelude/" + place[0] + ".js"));
    assertThat(table.find()).as(name).isTrue();
    return Stream.of(table.group(1).split(", ", -1)).map(word -> word.replace("\"", "")).toList();
  }

  @Test
  void theChoicesOfWindowsAreThoseOfTheEngine() throws Exception {
    String role = "tcescope.Win['role']";
    String mapping = "tcescope.Win['mapping']";
    Members declared = declared(List.of(role, mapping));
    assertThat(declared.type(role).keySet()).isEqualTo(words(Role.values()));
    assertThat(declared.type(mapping).keySet()).isEqualTo(words(Mapping.values()));
  }

  private static Set<String> words(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}

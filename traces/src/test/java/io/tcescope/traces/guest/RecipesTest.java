package io.tcescope.traces.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.why.Recipe;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the recipes record is what the readers read. */
final class RecipesTest {
  /** A probe's definition: return or entry, group, name, function, arguments. */
  private static final Pattern PROBE =
      Pattern.compile(
          "probe '(?<how>[pr]):(?<group>\\w+)/(?<name>\\w+) (?<symbol>\\w+) (?<args>[^']*)'");

  private static final Pattern PRINTF = Pattern.compile("printf\\(\"(?<format>[^\"]*)\\\\n\"");

  @TempDir private Path folder;

  static Stream<MatchResult> probes() {
    return PROBE.matcher(Recipe.GUEST_FTRACE.commands()).results();
  }

  @Test
  void theRecipeSetsProbes() {
    assertThat(probes()).hasSizeGreaterThan(8);
  }

  @ParameterizedTest
  @MethodSource("probes")
  void everyProbeIsOnAFunctionThatTheReaderKnows(MatchResult probe) {
    GuestFunction function = GuestFunction.ofProbe(probe.group("name"));
    assertThat(function).isNotEqualTo(GuestFunction.OTHER);
    assertThat(GuestFunction.ofSymbol(probe.group("symbol"))).isEqualTo(function);
    assertThat(GuestFunction.saysReturn(probe.group("name")))
        .isEqualTo(probe.group("how").equals("r"));
  }

  @ParameterizedTest
  @MethodSource("probes")
  void everyArgumentHasANameThatTheReaderKnows(MatchResult probe) {
    Set<String> unknown = new TreeSet<>();
    for (String argument : probe.group("args").split(" ", -1)) {
      String name = argument.substring(0, argument.indexOf('='));
      if (Argument.named(name) == null) {
        unknown.add(name);
      }
    }
    unknown.remove("dev"); // tells devices apart for people; no call depends on it
    assertThat(unknown).isEmpty();
  }

  @Test
  void theRowsThatBpftracePrintsAreReadAsCalls() throws IOException {
    List<String> formats =
        PRINTF
            .matcher(Recipe.GUEST_BPFTRACE.commands())
            .results()
            .map(found -> found.group("format"))
            .toList();
    assertThat(formats).hasSize(6);
    StringBuilder csv = new StringBuilder();
    formats.forEach(format -> csv.append(printed(format)).append('\n'));
    Path file = Files.writeString(folder.resolve("calls.csv"), csv);
    List<EventKind> kinds = new ArrayList<>();
    List<Integer> lists = new ArrayList<>();
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        kinds.add(event.kind());
        assertThat(event.has(Event.LIOBN | Event.IOBA | Event.STATUS)).isTrue();
        assertThat(event.liobn()).isEqualTo(0x2000);
        assertThat(event.ioba()).isEqualTo(0x2000);
        if (event.kind() == EventKind.H_PUT_TCE_INDIRECT) {
          lists.add(event.has(Event.LIST) ? event.listLength() : -1);
        }
      }
      assertThat(reader.health().skipped()).isEmpty();
    }
    assertThat(kinds)
        .containsExactly(
            EventKind.H_PUT_TCE,
            EventKind.H_STUFF_TCE,
            EventKind.H_PUT_TCE_INDIRECT,
            EventKind.H_PUT_TCE_INDIRECT,
            EventKind.H_PUT_TCE_INDIRECT);
    assertThat(lists).as("by its ends, by its values, left out").containsExactly(2, 8, -1);
  }

  /** What printf makes of the format, with values that fit every column. */
  private static String printed(String format) {
    return format
        .replace("0x%llx..0x%llx/0x%llx", "0x5003..0x6003/0x1000")
        .replace("%llu,0x%llx", "2,0x3000")
        .replace("0x%llx", "0x2000")
        .replace("%llu", "2")
        .replace("%lld", "0")
        .replace("%d", "1")
        .replace("%s", "dd");
  }

  @ParameterizedTest
  @EnumSource(Recipe.class)
  void aRecipeCanBePastedIntoAShell(Recipe recipe) {
    String commands = recipe.commands();
    assertThat(commands).endsWith("\n").doesNotContain("\t");
    long quotes =
        commands
            .lines()
            .filter(line -> !line.startsWith("#"))
            .mapToLong(line -> line.chars().filter(c -> c == '\'').count())
            .sum();
    assertThat(quotes % 2).as("quotes in pairs").isZero();
    assertThat(recipe.purpose()).endsWith(".");
  }
}

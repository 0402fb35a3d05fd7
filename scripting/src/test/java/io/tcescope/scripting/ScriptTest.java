package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A script walks through a recording, asks about it, and prints; so does who types lines. */
final class ScriptTest {
  @TempDir private Path folder = Path.of("");
  private final List<String> printed = new ArrayList<>();

  private Script open(String recording) throws ScriptException {
    Trace trace = Rules.trace(folder, recording);
    return Script.open(
        Rules.engine(),
        trace,
        Rules.quick().withArguments(List.of("0x2000")).withOutput(printed::add),
        ReplayOptions.defaults(),
        folder);
  }

  private List<String> run(String text) throws ScriptException {
    Path file = Rules.write(folder, "script.js", text);
    try (Script script = open(Rules.RECORDING)) {
      script.run(file);
    }
    return printed;
  }

  @Test
  void windowsOfAnyMomentAreThere() throws ScriptException {
    assertThat(run("for (const w of trace.windows(2)) console.log(w.liobn, w.mapped, w.role);"))
        .containsExactly("0x80000000 1 default");
  }

  @Test
  void handlersRunOverTheWholeReplay() throws ScriptException {
    assertThat(
            run(
                """
                trace.on("ddw.remove", (e) => console.log(e.kind, e.line, e.liobn));
                trace.on("tce.put", { where: "failed", run: (e) => console.log(e.ioba, e.status) });
                console.log("first");
                """))
        .containsExactly("first", "0x3000 -4", "ddw.remove 4 0x80000000");
  }

  @Test
  void whatHasLeakedAtTheEndIsToldWithTheLastRecord() throws ScriptException {
    String put = "spapr_iommu_pci_put liobn=0x80000000 ioba=0x%d0000 tce=0x1234003 ret=0\n";
    Path file =
        Rules.write(
            folder,
            "script.js",
            """
            const tell = (e) => console.log(e.kind, e.alloc.mappedBy.line, e.line);
            trace.on("alloc.leaked", tell);
            trace.on("trace.end", (e) => console.log(e.kind, e.line));
            """);
    try (Script script = open(put.formatted(1) + put.formatted(2) + put.formatted(3))) {
      script.run(file);
    }
    assertThat(printed)
        .containsExactly("alloc.leaked 1 3", "alloc.leaked 2 3", "alloc.leaked 3 3", "trace.end 3");
  }

  @Test
  void anAllocationOfMoreThanOneListGrows() throws ScriptException {
    Path file =
        Rules.write(
            folder,
            "script.js",
            """
            const tell = (e) => console.log(e.kind, e.line, e.alloc.ioba, e.alloc.npages);
            ["alloc.made", "alloc.grown", "alloc.leaked"].forEach((kind) => trace.on(kind, tell));
            """);
    String recording =
        """
        call,liobn,ioba,pages,list,page_shift,start,ret
        window,0x80000000,,4096,,12,0,
        H_PUT_TCE_INDIRECT,0x80000000,0x10000,512,0x6000003..0x61ff003/0x1000,,,0
        H_PUT_TCE_INDIRECT,0x80000000,0x210000,88,0x6200003..0x6257003/0x1000,,,0
        """;
    try (Script script = open(recording)) {
      script.run(file);
    }
    assertThat(printed)
        .containsExactly(
            "alloc.made 3 0x10000 512", "alloc.grown 4 0x10000 600", "alloc.leaked 4 0x10000 600");
  }

  @Test
  void handlersRunOnceAlsoWhereAKindOfCallWasNotRecorded() throws ScriptException, IOException {
    Path whole = Path.of("../traces/src/test/resources/corpus/linux61-ddw/trace.log.zst");
    List<String> lines =
        SideFile.lines(whole).stream().filter(line -> !line.contains("_stuff ")).toList();
    long puts = lines.stream().filter(line -> line.contains("_put ")).count();
    Path file = Rules.write(folder, "script.js", "trace.on(\"tce.put\", (e) => console.log(1));");
    try (Script script = open(String.join("\n", lines) + "\n")) {
      script.run(file);
    }
    assertThat(printed).hasSize((int) puts);
  }

  @Test
  void eventsAreAnIterableThatAFilterThins() throws ScriptException {
    assertThat(
            run(
                """
                console.log([...trace.events({ where: "failed" })].map((e) => e.line), trace.length);
                console.log(trace.events().count(), hex(BigInt(args[0]) + 1n));
                """))
        .containsExactly("[3] 4", "4 0x2001");
  }

  @Test
  void tablesStandInColumns() throws ScriptException {
    assertThat(
            run("console.table([{ liobn: 5n, live: 1 }, { liobn: 0x80000000n, more: \"yes\" }]);"))
        .containsExactly("liobn       live  more\n0x5         1\n0x80000000        yes");
  }

  @ParameterizedTest
  @CsvSource({
    "0x800000000000001, 576460752303423489",
    "0x8000000000000000, 9223372036854775808",
    "0xffffffffffffffff, 18446744073709551615"
  })
  void everyBitOfA64BitQuantityArrives(String hex, String decimal) throws ScriptException {
    try (Script script =
        open("spapr_iommu_pci_put liobn=" + hex + " ioba=" + hex + " tce=" + hex + " ret=-4\n")) {
      for (String field : List.of("liobn", "ioba", "tce")) {
        String event = "trace.event(1)." + field;
        assertThat(script.evaluate("typeof " + event)).isEqualTo("\"bigint\"");
        assertThat(script.evaluate("String(" + event + ")")).isEqualTo('"' + decimal + '"');
        assertThat(script.evaluate(event + " === " + hex + "n")).isEqualTo("true");
        assertThat(script.evaluate("JSON.stringify({x: " + event + "})"))
            .isEqualTo("\"{\\\"x\\\":\\\"" + hex + "\\\"}\"");
      }
    }
  }

  @Test
  void typedLinesAreAnsweredAndWhatTheyDefineStays() throws ScriptException {
    try (Script script = open(Rules.RECORDING)) {
      assertThat(script.evaluate("const w = trace.windows(2)[0]")).isEmpty();
      assertThat(script.evaluate("w.tce(0x2000n).real")).isEqualTo("0x1230000");
      assertThatThrownBy(() -> script.evaluate("w.tce(5)"))
          .isInstanceOf(ScriptException.class)
          .hasMessageContaining("a bus address is a bigint");
      assertThat(script.evaluate("w.liobn")).isEqualTo("0x80000000");
    }
  }

  @Test
  void namesAreCompleted() throws ScriptException {
    try (Script script = open(Rules.RECORDING)) {
      script.evaluate("const w = trace.windows(2)[0]");
      assertThat(script.complete("trace.win")).containsExactly("trace.window", "trace.windows");
      assertThat(script.complete("w.page")).containsExactly("w.pageShift");
      assertThat(script.complete("consol")).containsExactly("console");
      assertThat(script.complete("nothing.at")).isEmpty();
    }
  }
}

package io.tcescope.scripting;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Trace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules see events, windows and moments, and report. */
final class ScriptRulesTest {
  private static final String TRACE =
      """
      spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x3000 tce=0x1240001 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x0 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0xffffffffffffe000 tce=0xfffffffffffff003 ret=-4
      spapr_iommu_ddw_remove liobn=0x80000000
      spapr_iommu_ddw_query buid=0x800000020000000 addr=0x0, 2 windows available, max window size=0x80000000, mask=0x107
      """;

  @TempDir Path folder;

  private String say(String expression) {
    Trace trace = Rules.trace(folder, TRACE);
    Path rule = Rules.saying(folder, "says", expression);
    return Rules.said(Rules.run(trace, List.of(rule), Rules.quick()));
  }

  private String collect(String create) {
    Trace trace = Rules.trace(folder, TRACE);
    Path rule =
        Rules.rule(
            folder,
            "collects",
            "const out = []; const say = (e) => ctx.report({messageId: \"said\", event: e, data: {what:"
                + " out.join(\" | \")}});\n"
                + create);
    return Rules.said(Rules.run(trace, List.of(rule), Rules.quick()));
  }

  @Test
  void everyCallReachesItsHandlerInOrder() {
    assertThat(
            collect(
                """
                const note = (e) => { out.push(`${e.id}:${e.kind}:${e.ok}`); };
                return { "tce.put": note, "ddw.remove": note, "ddw.query": note,
                         "trace.end"(e) { note(e); say(e); } };
                """))
        .isEqualTo(
            "2:tce.put:true | 3:tce.put:true | 4:tce.put:true | 5:tce.put:false |"
                + " 6:ddw.remove:true | 7:ddw.query:true | 7:trace.end:true");
  }

  @Test
  void the64BitFieldsAreBigintsToTheLastBit() {
    assertThat(
            collect(
                """
                return { "tce.put"(e) { out.push([typeof e.liobn, e.liobn, e.ioba, e.tce, typeof e.npages]); },
                         "trace.end": say };
                """))
        .endsWith("bigint,2147483648,18446744073709543424,18446744073709547523,number");
  }

  @Test
  void theStateBeforeAnEventIsThatBeforeIt() {
    assertThat(
            collect(
                """
                return { "ddw.remove"(e) {
                  const w = ctx.state.before(e).window(e.liobn);
                  out.push(w.role, w.live().count, w.tce(0x3000n).real, w.tce(0x2000n).state,
                           ctx.state.after(e).window(e.liobn), w.live().sample[0].mappedBy.line);
                }, "trace.end": say };
                """))
        .isEqualTo("default | 1 | 19136512 | clear |  | 3");
  }

  @Test
  void derivedEventsCarryTheirWindow() {
    assertThat(
            collect(
                """
                return { "window.closed"(e) { out.push(e.kind, e.window.mapped, e.cause, e.id); },
                         "trace.end": say };
                """))
        .isEqualTo("window.closed | 1 | remove | 6");
  }

  @Test
  void batchesHandOverColumns() {
    assertThat(
            collect(
                """
                return { "tce.put": { batch(c) { for (let i = 0; i < c.n; i++) out.push(c.ioba[i], c.perm[i], c.event(i).line); } },
                         "trace.end": say };
                """))
        .startsWith("8192 | 3 | 2 | 12288 | 1 | 3 | 8192 | 0 | 4");
  }

  @Test
  void filtersAreEvaluatedBeforeTheRuleIsEntered() {
    assertThat(
            collect(
                """
                return { "tce.put": { where: "failed", run(e) { out.push(e.id); } }, "trace.end": say };
                """))
        .isEqualTo("5");
  }

  @Test
  void anEventCanBeKept() {
    assertThat(
            collect(
                """
                let first; let n = 0;
                return { "tce.put"(e) { first ??= e; },
                         "trace.end"(e) { out.push(first.id, first.ioba, first.text, first.where.line); say(e); } };
                """))
        .isEqualTo(
            "2 | 8192 | spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=0 | 2");
  }

  @Test
  void anEventSaysWhoMadeItAndWhere() {
    Trace trace =
        Rules.open(
            Rules.write(
                folder,
                "trace.csv",
                """
                time_ns,call,liobn,ioba,pages,tce,ret,buid,page_shift,start,cpu,task,device
                1000,window,0x80000000,,8,,,0x800000020000000,12,0x0,,,
                1100,H_PUT_TCE,0x80000000,0x1000,,0x1234003,0,,,,0,swapper/0,
                1200,H_PUT_TCE,0x80000000,0x2000,,0x1235003,0,,,,3,4711,0001:00:02.0
                """));
    Path rule =
        Rules.rule(
            folder,
            "collects",
            """
            const out = [];
            const who = (e) => out.push(`${e.thread} ${e.cpu} ${e.task} ${e.device}`);
            return { "tce.put": who, "trace.end"(e) {
              who(ctx.state.after(e).window(0x80000000n).tce(0x1000n).writer);
              ctx.report({messageId: "said", event: e, data: {what: out.join(" | ")}});
            } };
            """);
    assertThat(Rules.said(Rules.run(trace, List.of(rule), Rules.quick())))
        .isEqualTo("null 0 swapper/0 null | 4711 3 null 0001:00:02.0 | null 0 swapper/0 null");
  }

  @Test
  void aReportIsAboutTheTableOfItsEventUnlessItSaysOtherwise() {
    Trace trace =
        Rules.trace(
            folder,
            TRACE + TRACE.replace("80000000", "80000001").lines().limit(3).collect(joining("\n")));
    Path rule =
        Rules.rule(
            folder,
            "says",
            """
            const say = (event, more) => ctx.report({messageId: "said", event, data: {what: event.kind}, ...more});
            return {
              "tce.put"(e) { if (e.line > 7) { say(e); say(e, {liobn: null}); say(e, {liobn: 0x80000000n}); } },
              "window.closed"(e) { say(e); },
              "ddw.query"(e) { say(e); },
              "trace.end"(e) { say(e); },
            };
            """);
    ScriptRules rules = Rules.run(trace, List.of(rule), Rules.quick());
    assertThat(rules.errors()).isEmpty();
    assertThat(rules.findings())
        .extracting(
            one ->
                one.message()
                    + one.liobn().stream().mapToObj(liobn -> " " + Hex.of(liobn)).collect(joining())
                    + " "
                    + one.generation())
        .containsExactlyInAnyOrder(
            "window.closed 0x80000000 1",
            "ddw.query 0",
            "tce.put 0x80000001 1",
            "tce.put 0",
            "tce.put 0x80000000 1",
            "tce.put 0x80000001 1",
            "tce.put 0",
            "tce.put 0x80000000 1",
            "trace.end 0");
  }

  @Test
  void theHistoryOfAnAddressRunsBackwards() {
    assertThat(say("ctx.state.history(0x2000n, e).map((x) => x.id)")).isEqualTo("6,4,2");
  }

  @Test
  void aWrongFilterIsAnErrorOfTheRule() {
    Trace trace = Rules.trace(folder, TRACE);
    Path rule =
        Rules.rule(folder, "wrong", "return { \"tce.put\": { where: \"nonsense\", run() {} } };");
    ScriptRules rules = Rules.run(trace, List.of(rule), Rules.quick());
    assertThat(rules.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.script()).isEqualTo("wrong");
              assertThat(error.message()).contains("no such field: nonsense");
            });
  }

  @Test
  void aRangeOfOneIsSaidOnce() {
    String text =
        Rules.ruleText(
                "ranges",
                """
                const say = (event, first, last) =>
                  ctx.report({ messageId: "said", event, data: { what: "", first, last } });
                return { "trace.end"(e) { say(e, 0x1000n, 0x1000n); say(e, 0x1000n, 0x3000n); } };
                """)
            .replace("{what}", "{first..last}");
    Trace trace = Rules.trace(folder, TRACE);
    Path rule = Rules.write(folder, "ranges.js", text);
    ScriptRules rules = Rules.run(trace, List.of(rule), Rules.quick());
    assertThat(rules.errors()).isEmpty();
    assertThat(rules.findings())
        .extracting(Finding::message)
        .containsExactly("0x1000", "0x1000 to 0x3000");
  }
}

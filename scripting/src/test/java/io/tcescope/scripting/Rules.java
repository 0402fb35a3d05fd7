package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Rules as files in a folder, run over a recording as a command would. */
final class Rules {
  private static final ScriptEngine ENGINE = ScriptEngine.start();
  private static final Limits QUICK = new Limits(20_000_000, Duration.ofSeconds(3), 200L << 20);

  /** A window, a map, one that fails, and the window's removal. */
  static final String RECORDING =
      """
      spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x3000 tce=0x1240001 ret=-4
      spapr_iommu_ddw_remove liobn=0x80000000
      """;

  private Rules() {}

  static ScriptEngine engine() {
    return ENGINE;
  }

  static ScriptSettings quick() {
    return ScriptSettings.with(Rules::filter).withLimits(QUICK);
  }

  /** Limits that no machine is too slow for. */
  static ScriptSettings patient() {
    return ScriptSettings.with(Rules::filter)
        .withLimits(new Limits(1_000_000_000, Duration.ofSeconds(60), 1L << 30));
  }

  /** The only filters these tests need: all events, or those of one kind that failed. */
  private static io.tcescope.engine.replay.EventFilter filter(String text, Trace trace) {
    return switch (text) {
      case "failed" -> (event, change) -> event.has(STATUS) && !event.succeeded();
      case "all" -> (event, change) -> true;
      default -> throw new IllegalArgumentException("column 1: no such field: " + text);
    };
  }

  private static final int STATUS = io.tcescope.engine.event.Event.STATUS;

  /** Writes a file into a folder. */
  static Path write(Path folder, String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A rule with the given body of {@code create}. */
  static Path rule(Path folder, String id, String create) {
    return write(folder, id + ".js", ruleText(id, create));
  }

  static String ruleText(String id, String create) {
    return """
        import { defineRule } from "tcescope";
        export default defineRule({
          meta: {
            id: "%s", severity: "warning", requires: [], messages: { said: "{what}" },
            docs: { summary: "s", why: "w", fix: "f" },
          },
          create(ctx) {
        %s
          },
        });
        """
        .formatted(id, create);
  }

  /** A rule that reports, at the end of the trace, what an expression gives. */
  static Path saying(Path folder, String id, String expression) {
    return rule(
        folder,
        id,
        "return { \"trace.end\"(e) { ctx.report({messageId: \"said\", event: e, data: {what: String("
            + expression
            + ")}}); } };");
  }

  static ScriptRules run(Trace trace, List<Path> files, ScriptSettings settings) {
    return Replay.run(
            trace, ReplayOptions.defaults(), () -> ScriptRules.load(ENGINE, files, trace, settings))
        .observer();
  }

  static Trace trace(Path folder, String text) {
    return open(write(folder, "trace.log", text));
  }

  static Trace open(Path file) {
    try {
      return Traces.open(file, TraceOptions.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a rule reported with {@link #saying}; it must not have failed. */
  static String said(ScriptRules rules) {
    assertThat(rules.errors()).isEmpty();
    return rules.findings().getFirst().message();
  }
}

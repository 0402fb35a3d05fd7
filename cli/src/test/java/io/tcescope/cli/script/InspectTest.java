package io.tcescope.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --inspect}: a debugger attaches to a rule as Chrome would. */
final class InspectTest {
  private static final Pattern ADDRESS = Pattern.compile("ws://\\S+");
  private static final int MOST_SECONDS = 60;
  private static final String RULE =
      """
      import { defineRule } from "tcescope";
      export default defineRule({
        meta: {
          id: "looked-at", severity: "error", requires: [], messages: { end: "seen" },
          docs: { summary: "s", why: "w", fix: "f" },
        },
        create: (ctx) => ({
          "trace.end"(event) {
            ctx.report({ messageId: "end", event });
          },
        }),
      });
      """;
  private static final int LINE_OF_REPORT = 8; // from 0, as the protocol counts
  private static final String LOG =
      "spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void aDebuggerReadsTheRuleStopsInItAndLetsItRun() throws Exception {
    Path rule = Files.writeString(folder.resolve("looked-at.js"), RULE);
    Process check = start(rule, Files.writeString(folder.resolve("trace.log"), LOG));
    CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS).execute(check::destroy);
    try (BufferedReader output = check.inputReader(StandardCharsets.UTF_8)) {
      Inspector inspector = new Inspector(address(output), MOST_SECONDS);
      debug(inspector, rule);
      List<String> report = output.lines().toList();
      inspector.leave();
      assertThat(report).contains("ERROR looked-at at line 1");
      assertThat(check.waitFor()).isEqualTo(1);
    } finally {
      check.destroyForcibly();
    }
  }

  private static void debug(Inspector inspector, Path rule) throws Exception {
    inspector.ask("Runtime.enable", "");
    inspector.ask("Debugger.enable", "");
    String place = "\"url\":\"%s\",\"lineNumber\":%d".formatted(rule.toUri(), LINE_OF_REPORT);
    assertThat(inspector.ask("Debugger.setBreakpointByUrl", place)).contains("breakpointId");
    inspector.ask("Runtime.runIfWaitingForDebugger", "");
    inspector.await("Debugger.paused"); // at the first line of all
    inspector.ask("Debugger.resume", "");
    String script =
        inspector.await("Debugger.scriptParsed.*\"scriptId\":(\"\\d+\").*looked-at.js").group(1);
    assertThat(inspector.ask("Debugger.getScriptSource", "\"scriptId\":" + script))
        .contains("ctx.report({ messageId: \\\"end\\\", event });");
    String frame =
        inspector
            .await("Debugger.paused.*\"hitBreakpoints\":\\[\".*?\"callFrameId\":(\"\\d+\")")
            .group(1);
    String look = "\"callFrameId\":" + frame + ",\"expression\":\"event.ioba\"";
    assertThat(inspector.ask("Debugger.evaluateOnCallFrame", look)).contains("65536");
    inspector.ask("Debugger.resume", "");
  }

  private static Process start(Path rule, Path trace) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.tcescope.cli.Main",
            "check",
            "--inspect=" + freePort(),
            "--rules=" + rule,
            trace.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static URI address(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return URI.create(address.group());
      }
    }
    throw new IOException("the debugger's address was not told");
  }
}

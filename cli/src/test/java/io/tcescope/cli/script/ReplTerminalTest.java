package io.tcescope.cli.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code repl} on a terminal: what the keys do. */
final class ReplTerminalTest {
  private static final String TYPIST = "typist.py";
  private static final String UP = "\u001bOA";
  private static final String CONTROL_C = "\u0003";
  private static final String CONTROL_D = "\u0004";
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final String ENTER = "\r";
  private static final String LOG =
      "spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void keysCompleteRememberTakeBackAndEnd() throws Exception {
    assumeTrue(hasTerminals(), "python3 has no pseudo-terminals here: nobody can type");
    Path history = folder.resolve("state/tcescope/history");
    Files.createDirectories(folder.resolve("state/tcescope"));
    Files.createFile(history, PRIVATE);
    Files.writeString(history, "1700000000000:6 * 7\n");
    List<String> dialogue =
        List.of(
            "> ", "trace.event(1).ioba" + ENTER,
            "\n0x10000\n> ", "trace.leng\t" + ENTER,
            "trace.length\n1\n> ", UP + UP + UP + ENTER,
            "\n42\n> ", UP + ENTER,
            "\n42\n> ", "[4," + ENTER,
            "\n. ", "2]" + ENTER,
            "\n[4, 2]\n> ", "throw 1 +" + CONTROL_C,
            "throw 1 +\n\n> ", "20 + 3" + ENTER,
            "\n23\n> ", CONTROL_D);
    assertThat(type(dialogue)).isEqualTo("0");
    assertThat(history).content().contains("6 * 7", "trace.length", "20 + 3");
    assertThat(history).content().doesNotContain("throw");
  }

  /** What the typist says at last: the program's exit status, or what it waited for in vain. */
  private String type(List<String> dialogue) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", unpacked().toString()));
    command.addAll(dialogue);
    command.add("--");
    command.addAll(repl());
    ProcessBuilder typist = new ProcessBuilder(command).redirectErrorStream(true);
    typist.environment().put("TERM", "xterm");
    typist.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    try (InputStream said = typist.start().getInputStream()) {
      return new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private Path unpacked() throws IOException {
    Path typist = folder.resolve(TYPIST);
    try (InputStream in = ReplTerminalTest.class.getResourceAsStream(TYPIST)) {
      assertThat(in).isNotNull();
      if (in != null) {
        Files.copy(in, typist);
      }
    }
    return typist;
  }

  /** As the launcher starts it where standard input is a terminal. */
  private List<String> repl() throws IOException {
    Path trace = Files.writeString(folder.resolve("trace.log"), LOG);
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dtcescope.stdin.terminal=true",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        "io.tcescope.cli.Main",
        "repl",
        trace.toString());
  }

  private static boolean hasTerminals() throws InterruptedException {
    String attempt = "import os, pty; os.close(pty.openpty()[0]); os.waitstatus_to_exitcode";
    try {
      return new ProcessBuilder("python3", "-c", attempt).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}

package io.tcescope.cli.untrusted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asking a child for one thing after another, whatever it makes of that. */
@Isolated("looks at all threads")
final class RunningChildTest {
  private static final Child.Budget PATIENT = new Child.Budget(64, 60, 1 << 20);
  private static final Child.Budget SHORT = new Child.Budget(64, 1, 1 << 20);

  @TempDir private Path folder = Path.of("");
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private RunningChild start(String... command) throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    return RunningChild.start(new ProcessBuilder(command), root, PATIENT);
  }

  private RunningChild shell(String script) throws IOException {
    return start("sh", "-c", script);
  }

  private Optional<Child.Ending> ask(RunningChild child, String request, Child.Budget budget)
      throws IOException {
    said.reset();
    return child.ask(request, "end", said, budget);
  }

  private String failure(RunningChild child, Child.Budget budget) throws IOException {
    return ask(child, "go", budget).orElseThrow().failure();
  }

  /** Whatever became of it, nothing of a child is left. */
  @AfterEach
  void isGone() throws InterruptedException {
    assertThat(folder.resolve("root")).doesNotExist();
    List<Thread> its =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> List.of("child", "complaints").contains(thread.getName()))
            .toList();
    for (Thread thread : its) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void itAnswersOneRequestAfterAnother() throws IOException {
    try (RunningChild child = shell("while read -r r; do echo \"to $r\"; echo end; done")) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(child, "request " + i, PATIENT)).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("to request " + i + "\nend\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exit 3                               | ''",
        "echo no >&2; exit 71                 | its process ended with exit code 71: no",
        "read -r r; echo to; kill -9 $$       | its process ended with exit code 137",
        "read -r r; echo end of it; exec >&-  | ''",
        "read -r r; yes                       | said more than 1 MiB",
      })
  void howItEndsInsteadIsTold(String script, String failure) throws IOException {
    try (RunningChild child = shell(script)) {
      assertThat(failure(child, PATIENT)).isEqualTo(failure);
    }
  }

  @Test
  void whatItSaysUnaskedIsNoAnswer() throws IOException {
    try (RunningChild child = shell("read -r r; printf 'end\\nto\\nend\\n'; cat")) {
      assertThat(ask(child, "go", PATIENT)).isEmpty();
      assertThat(failure(child, PATIENT)).isEqualTo("spoke without being asked");
    }
  }

  @Test
  void itNeedNotListen() throws IOException {
    try (RunningChild child = shell("while :; do :; done")) {
      String longer = "x".repeat(1 << 20);
      assertThat(ask(child, longer, SHORT).orElseThrow().failure())
          .isEqualTo("took longer than 1 s");
    }
  }

  @Test
  void timeAndOutputAreCountedAnewForEachRequest() throws IOException {
    String script = "while read -r r; do sleep 2.2; yes | head -c 600000; echo end; done";
    try (RunningChild child = shell(script)) {
      assertThat(ask(child, "go", SHORT)).isEmpty();
      assertThat(ask(child, "go", SHORT)).isEmpty();
    }
  }

  /** As bwrap does with --die-with-parent. */
  @Test
  void itOutlivesTheThreadThatStartedIt() throws IOException, InterruptedException {
    RunningChild[] started = new RunningChild[1];
    Thread starts =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    started[0] = start("setpriv", "--pdeathsig", "KILL", "cat");
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
    starts.join();
    Thread.sleep(500); // for setpriv to say so, and the signal to come
    try (RunningChild child = started[0]) {
      assertThat(ask(child, "end", PATIENT)).isEmpty();
    }
  }
}

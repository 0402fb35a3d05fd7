package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the README shows is what the tool prints: every fenced {@code console} block is run, and its
 * output compared. {@code -Dgolden=write} writes the README anew instead.
 */
final class ReadmeTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path README = PROJECT.resolve("README.md");
  private static final List<Path> PAGES = List.of(README, PROJECT.resolve("queries/README.md"));
  private static final String FENCE = "```";
  private static final String OPENING = FENCE + "console";
  private static final String PROMPT = "$ ";
  private static final String END_OF_OUTPUT = "--- end of output ---";
  private static final int MOST_SECONDS = 60;

  /** A fenced block: the lines between its fences, by their numbers in the file. */
  record Block(Path page, int from, int to, List<String> lines) {
    List<String> commands() {
      return lines.stream()
          .filter(line -> line.startsWith(PROMPT))
          .map(line -> line.substring(PROMPT.length()))
          .toList();
    }

    @Override
    public String toString() {
      return PROJECT.relativize(page) + " line " + from + ": " + commands();
    }
  }

  static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path page : PAGES) {
      blocks.addAll(blocks(page));
    }
    return blocks;
  }

  private static List<Block> blocks(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals(OPENING)) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
        blocks.add(new Block(page, i + 1, end, lines.subList(i + 1, end)));
      }
    }
    return blocks.reversed();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void a_session_in_the_readme_is_what_the_tool_prints(Block block) throws Exception {
    List<String> session = run(block.commands(), PROJECT);
    if ("write".equals(System.getProperty("golden"))) {
      List<String> lines = new ArrayList<>(Files.readAllLines(block.page()));
      List<String> old = lines.subList(block.from(), block.to());
      old.clear();
      old.addAll(session);
      Files.write(block.page(), lines);
    }
    assertThat(session).isEqualTo(readBlock(block));
  }

  /** The block as it stands now; blocks are rewritten from the last to the first. */
  private static List<String> readBlock(Block block) throws IOException {
    return blocks().stream()
        .filter(one -> one.page().equals(block.page()) && one.from() == block.from())
        .findFirst()
        .orElseThrow()
        .lines();
  }

  @Test
  void the_map_names_every_module() throws IOException {
    String readme = Files.readString(README);
    try (Stream<Path> folders = Files.list(PROJECT)) {
      assertThat(folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))))
          .isNotEmpty()
          .allSatisfy(module -> assertThat(readme).contains("`" + module.getFileName() + "`"));
    }
  }

  /** Runs the commands in one shell, so that {@code echo $?} means the one before. */
  static List<String> run(List<String> commands, Path folder) throws Exception {
    StringBuilder script = new StringBuilder();
    script.append("tcescope() { \"$JAVA\" -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    script.append(
        " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp \"$CLASSES\""
            + " ");
    script.append(Main.class.getName()).append(" \"$@\"; }\n");
    for (String command : commands) {
      script.append(command.replace("./tcescope", "tcescope"));
      script.append("\nstatus=$?; echo '").append(END_OF_OUTPUT).append("'; (exit $status)\n");
    }
    Path output = Files.createTempFile("session", ".txt");
    try {
      Process shell = shell(script.toString(), folder, output);
      boolean ended = shell.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      shell.destroyForcibly();
      assertThat(ended).as("%s ends in time", commands).isTrue();
      return session(commands, Files.readAllLines(output));
    } finally {
      Files.delete(output);
    }
  }

  private static Process shell(String script, Path folder, Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    builder.environment().put("JAVA", java);
    builder.environment().put("CLASSES", System.getProperty("java.class.path"));
    return builder.start();
  }

  /** The commands as typed, each followed by what it printed. */
  private static List<String> session(List<String> commands, List<String> output) {
    List<String> session = new ArrayList<>();
    int at = 0;
    for (String command : commands) {
      session.add(PROMPT + command);
      while (!output.get(at).equals(END_OF_OUTPUT)) {
        session.add(output.get(at++));
      }
      at++;
    }
    return session;
  }
}

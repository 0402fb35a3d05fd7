package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial of rules, word for word: its files are written, its sessions run, in an empty
 * folder. {@code -Dgolden=write} writes what the sessions print into the page instead.
 */
final class TutorialTest {
  private static final Path PAGE = Path.of("../scripting/TUTORIAL.md");
  private static final String FENCE = "```";
  private static final String PROMPT = "$ ";

  @TempDir private Path folder = Path.of("");

  @Test
  void whatTheTutorialShowsIsWhatHappens() throws Exception {
    List<String> page = Files.readAllLines(PAGE);
    List<String> played = play(page);
    if ("write".equals(System.getProperty("golden"))) {
      Files.write(PAGE, played);
    }
    assertThat(played).isEqualTo(page);
    assertThat(folder.resolve("page-mapped-twice.js")).exists();
  }

  /** The page with what its sessions really print. */
  private List<String> play(List<String> page) throws Exception {
    List<String> played = new ArrayList<>();
    for (int at = 0; at < page.size(); at++) {
      String line = page.get(at);
      played.add(line);
      if (!line.startsWith(FENCE)) {
        continue;
      }
      int end = at + 1 + page.subList(at + 1, page.size()).indexOf(FENCE);
      List<String> block = page.subList(at + 1, end);
      played.addAll(line.equals(FENCE + "console") ? session(block) : file(line, block));
      played.add(FENCE);
      at = end;
    }
    return played;
  }

  private List<String> session(List<String> block) throws Exception {
    List<String> commands =
        block.stream()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line.substring(PROMPT.length()))
            .toList();
    return ReadmeTest.run(commands, folder);
  }

  private List<String> file(String opening, List<String> block) throws IOException {
    String name = opening.substring(opening.indexOf(' ') + 1);
    Files.write(folder.resolve(name), block);
    return block;
  }
}

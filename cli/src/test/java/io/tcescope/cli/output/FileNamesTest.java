package io.tcescope.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Files of a run are shown as shortly as they can be, and never two of them by one name. */
final class FileNamesTest {
  @Test
  void a_file_is_shown_by_its_name_where_no_other_has_it() {
    assertThat(FileNames.shown(List.of("/a/b/trace.log", "/a/b/dmesg.txt", "-")))
        .containsExactly("trace.log", "dmesg.txt", "-");
    assertThat(FileNames.shown(List.of("/a/1/t", "/a/2/t", "/b/2/t", "c/u")))
        .containsExactly("1/t", "a/2/t", "b/2/t", "u");
    assertThat(FileNames.shown(List.of("t", "a/t", "/a/t"))).containsExactly("t", "a/t", "/a/t");
    assertThat(FileNames.shown(List.of("same/t", "same/t"))).containsExactly("same/t", "same/t");
    assertThat(FileNames.shown(List.of())).isEmpty();
  }

  @RepeatedTest(50)
  void no_two_files_are_shown_alike_and_none_longer_than_needed(RepetitionInfo repetition) {
    RandomGenerator random = new SplittableRandom(repetition.getCurrentRepetition());
    List<String> files =
        Stream.generate(() -> path(random)).limit(1 + random.nextInt(12)).distinct().toList();
    List<String> shown = FileNames.shown(files);
    assertThat(new HashSet<>(shown)).as("%s", files).hasSameSizeAs(files);
    for (int i = 0; i < files.size(); i++) {
      String file = files.get(i);
      assertThat(file.equals(shown.get(i)) || file.endsWith("/" + shown.get(i)))
          .as("%s as %s", file, shown.get(i))
          .isTrue();
      int cut = shown.get(i).indexOf('/');
      if (cut > 0) { // one name less would tell of another one, too
        String less = shown.get(i).substring(cut + 1);
        assertThat(files.stream().filter(other -> ("/" + other).endsWith("/" + less)).count())
            .as("%s in %s", less, files)
            .isGreaterThan(1);
      }
    }
  }

  private static String path(RandomGenerator random) {
    String names =
        IntStream.rangeClosed(0, random.nextInt(4))
            .mapToObj(i -> List.of("a", "b", "t.log").get(random.nextInt(3)))
            .reduce((left, right) -> left + "/" + right)
            .orElseThrow();
    return random.nextInt(4) == 0 ? "/" + names : names;
  }

  @Test
  void a_text_is_shorter_with_names_that_are() {
    List<String> files = List.of("/x/t.log", "/x/t.log.1", "/y/d.txt");
    assertThat(FileNames.within("/y/d.txt: against /x/t.log.1, first at /x/t.log:5: z", files))
        .isEqualTo("d.txt: against t.log.1, first at t.log:5: z");
    assertThat(FileNames.within("/x/t.log: z", List.of("/x/t.log"))).isEqualTo("/x/t.log: z");
  }
}

package io.tcescope.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.LineNumberInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader can hold in mind: files of 300 lines, functions of 40. */
final class SizeBudgetTest {
  private static final int LINES_OF_A_FILE = 300;
  private static final int LINES_OF_A_FUNCTION = 40;

  /** Long because what it lists is: one field after the other, and no logic. */
  private static final Set<String> TABLES_OF_FACTS = Set.of("Event.java");

  /** One case a kind of event and nothing else: a table of facts in the form of a switch. */
  private static final Set<String> DISPATCHERS = Set.of("IommuState.apply", "LogReader.arguments");

  @Test
  void no_file_is_longer_than_a_reader_can_hold_in_mind() {
    List<String> tooLong = new ArrayList<>();
    for (Path file : Sources.files("src/main/java", ".java")) {
      int lines = Sources.lines(file).size();
      String name = file.getFileName().toString();
      if (lines > LINES_OF_A_FILE && !TABLES_OF_FACTS.contains(name)) {
        tooLong.add(Sources.PROJECT.relativize(file) + ": " + lines + " lines");
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void no_function_is_longer_than_a_screen() {
    List<String> tooLong = new ArrayList<>();
    for (Path file : Sources.files("target/classes", ".class")) {
      String type = file.getFileName().toString().replace(".class", "");
      for (MethodModel method : parse(file).methods()) {
        String name = type + "." + method.methodName();
        int lines = linesOf(method);
        if (lines > LINES_OF_A_FUNCTION && !DISPATCHERS.contains(name)) {
          tooLong.add(name + ": " + lines + " lines");
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void the_budget_sees_every_module() {
    assertThat(Sources.files("src/main/java", ".java"))
        .extracting(file -> Sources.PROJECT.relativize(file).getName(0).toString())
        .contains("engine", "traces", "cli");
  }

  /**
   * From the first line with code to the last. Initialisers spread over the class, not a function.
   */
  private static int linesOf(MethodModel method) {
    if (method.methodName().stringValue().startsWith("<")) {
      return 0;
    }
    IntSummaryStatistics lines =
        method
            .findAttribute(Attributes.code())
            .flatMap(code -> code.findAttribute(Attributes.lineNumberTable()))
            .map(table -> table.lineNumbers().stream())
            .orElse(Stream.empty())
            .mapToInt(LineNumberInfo::lineNumber)
            .summaryStatistics();
    return lines.getCount() == 0 ? 0 : lines.getMax() - lines.getMin() + 1;
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

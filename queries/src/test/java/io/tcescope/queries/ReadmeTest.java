package io.tcescope.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tcescope.queries.language.QueryParser;
import io.tcescope.queries.language.QueryPrinter;
import io.tcescope.queries.language.QuerySyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static List<String> fenced(String opening) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("README.md"));
    int start = lines.indexOf(opening) + 1;
    assertThat(start).as("a block that opens with %s", opening).isPositive();
    int length = lines.subList(start, lines.size()).indexOf("```");
    return lines.subList(start, start + length);
  }

  @Test
  void everyQueryOfTheReadmeParsesAndPrintsAsItself() throws IOException, QuerySyntaxException {
    List<String> queries = fenced("```query");
    assertThat(queries).hasSizeGreaterThan(20);
    for (String text : queries) {
      String printed = QueryPrinter.print(QueryParser.parse(text));
      assertThat(QueryParser.parse(printed)).as(text).isEqualTo(QueryParser.parse(text));
    }
  }

  @Test
  void theWrongQueryOfTheReadmeIsAnsweredAsItSays() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    QuerySyntaxException e =
        catchThrowableOfType(
            QuerySyntaxException.class, () -> QueryParser.parse("call:H_PUT_TCE loibn:0x80000000"));
    assertThat(readme).contains("```\n" + e.pointing() + "\n```");
  }
}

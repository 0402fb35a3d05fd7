package io.tcescope.cli.search;

import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.Terminal;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints how many events match, all together or by the values of a field. */
record Counts(Terminal terminal, Rows.Format format) {
  void total(Query query, List<SearchableRun> runs) throws IOException {
    long total = 0;
    for (SearchableRun run : runs) {
      total += run.count(query);
    }
    switch (format) {
      case TEXT -> terminal.out().println(total);
      case CSV -> terminal.out().println("count\n" + total);
      case JSON, NDJSON ->
          new Json(terminal.out()).object().number("count", total).endObject().line();
    }
  }

  void groups(Query query, QueryField field, List<SearchableRun> runs) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    for (SearchableRun run : runs) {
      run.group(query, field, counts);
    }
    List<Map.Entry<String, Long>> groups =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    switch (format) {
      case TEXT ->
          groups.forEach(
              group ->
                  terminal.out().println("%12d  %s".formatted(group.getValue(), group.getKey())));
      case CSV -> {
        terminal.out().println("key,count");
        groups.forEach(group -> terminal.out().println(group.getKey() + "," + group.getValue()));
      }
      case JSON -> document(groups);
      case NDJSON -> groups.forEach(this::line);
    }
  }

  private void document(List<Map.Entry<String, Long>> groups) {
    Json json = new Json(terminal.out()).object().list("groups");
    for (Map.Entry<String, Long> group : groups) {
      json.object().text("key", group.getKey()).number("count", group.getValue()).endObject();
    }
    json.endList().endObject().line();
  }

  private void line(Map.Entry<String, Long> group) {
    new Json(terminal.out())
        .object()
        .text("key", group.getKey())
        .number("count", group.getValue())
        .endObject()
        .line();
  }
}

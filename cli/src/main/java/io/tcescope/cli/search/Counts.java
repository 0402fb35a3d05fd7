package io.tcescope.cli.search;

import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.Terminal;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints how many events match, all together or by the values of a field. */
record Counts(Terminal terminal, HitRows.Format format, Corpus corpus) {
  void total(Query query) {
    long[] total = {0};
    corpus.<Long>ask(
        (asked, counts) -> counts.add(asked.run().count(query)),
        count -> {
          total[0] += count;
          return true;
        });
    switch (format) {
      case TEXT -> terminal.out().println(total[0]);
      case CSV -> terminal.out().println("count\n" + total[0]);
      case JSON, NDJSON ->
          new Json(terminal.out()).object().number("count", total[0]).endObject().line();
    }
  }

  /** The largest groups first, no more than {@code limit}. */
  void groups(Query query, QueryField field, long limit) {
    Map<String, Long> counts = new HashMap<>();
    corpus.<Map<String, Long>>ask(
        (asked, found) -> {
          Map<String, Long> ofRun = new HashMap<>();
          asked.run().group(query, field, ofRun);
          found.add(ofRun);
        },
        ofRun -> {
          ofRun.forEach((key, count) -> counts.merge(key, count, Long::sum));
          return true;
        });
    print(
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(limit)
            .toList());
  }

  private void print(List<Map.Entry<String, Long>> groups) {
    switch (format) {
      case TEXT ->
          groups.forEach(
              group ->
                  terminal.out().println("%12d  %s".formatted(group.getValue(), group.getKey())));
      case CSV -> {
        terminal.out().println("key,count");
        groups.forEach(
            group -> terminal.out().println(HitRows.cell(group.getKey()) + "," + group.getValue()));
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

package io.tcescope.cli.sarif;

import io.tcescope.cli.output.Json;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Severity;
import io.tcescope.scripting.RuleMeta;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** What rules say of themselves: all built-in ones, then those in JavaScript that were run. */
final class Rules {
  /** Services cut longer ones, or refuse them. */
  private static final int LONGEST_DESCRIPTION = 1024;

  private record Text(Severity severity, String summary, String why, String help) {}

  private final Map<String, Text> texts = new LinkedHashMap<>();
  private final Map<String, Integer> indexes = new LinkedHashMap<>();

  Rules() {
    for (Rule rule : Rule.values()) {
      String help = help(rule.why(), rule.fix()) + "\n\nExample: " + rule.example();
      add(rule.id(), new Text(rule.severity(), rule.summary(), rule.why(), help));
    }
  }

  /** Makes known the rules of a run that are not known yet; one with a built-in one's id is it. */
  void add(Collection<RuleMeta> metas) {
    for (RuleMeta meta : metas) {
      String help = help(meta.why(), meta.fix());
      add(meta.id(), new Text(meta.severity(), meta.summary(), meta.why(), help));
    }
  }

  private void add(String id, Text text) {
    if (texts.putIfAbsent(id, text) == null) {
      indexes.put(id, indexes.size());
    }
  }

  private static String help(String why, String fix) {
    return "Why it matters: " + why + "\n\nWhat to do: " + fix;
  }

  /** The rule's place in the list, empty if nothing is known of it. */
  OptionalInt index(String id) {
    Integer index = indexes.get(id);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Writes them as a field of an object. */
  void writeTo(Json json) {
    json.list("rules");
    texts.forEach(
        (id, text) -> {
          json.object().text("id", id);
          message(json, "shortDescription", cut(text.summary()));
          message(json, "fullDescription", cut(text.summary() + " " + text.why()));
          message(json, "help", text.help());
          json.object("defaultConfiguration").text("level", Level.of(text.severity())).endObject();
          json.object("properties")
              .text("severity", text.severity().label())
              .text("problem.severity", Level.ofProblem(text.severity()))
              .endObject()
              .endObject()
              .line();
        });
    json.endList();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_DESCRIPTION ? text : text.substring(0, LONGEST_DESCRIPTION);
  }

  private static void message(Json json, String name, String text) {
    json.object(name).text("text", text).endObject();
  }
}

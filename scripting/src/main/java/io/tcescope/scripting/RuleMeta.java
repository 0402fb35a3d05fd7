package io.tcescope.scripting;

import io.tcescope.engine.check.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.graalvm.polyglot.Value;

/**
 * What a rule says of itself.
 *
 * @param requires kinds of event without which it cannot judge
 */
public record RuleMeta(
    String id,
    Severity severity,
    boolean recommended,
    String summary,
    String why,
    String fix,
    List<String> requires) {
  public RuleMeta {
    requires = List.copyOf(requires);
  }

  /** Reads a meta object that the prelude has checked. */
  static RuleMeta of(Value meta) {
    Value docs = meta.getMember("docs");
    List<String> kinds = new ArrayList<>();
    Value requires = meta.getMember("requires");
    for (long i = 0; i < requires.getArraySize(); i++) {
      kinds.add(requires.getArrayElement(i).asString());
    }
    Value recommended = meta.getMember("recommended");
    return new RuleMeta(
        meta.getMember("id").asString(),
        Severity.valueOf(meta.getMember("severity").asString().toUpperCase(Locale.ROOT)),
        recommended != null && recommended.isBoolean() && recommended.asBoolean(),
        docs.getMember("summary").asString(),
        docs.getMember("why").asString(),
        docs.getMember("fix").asString(),
        kinds);
  }
}

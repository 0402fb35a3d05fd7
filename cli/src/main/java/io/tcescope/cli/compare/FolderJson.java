package io.tcescope.cli.compare;

import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two folders side by side, as one JSON document. */
public final class FolderJson implements FolderPrinter {
  private final Json json;
  private final List<String> onlyInA = new ArrayList<>();
  private final List<String> onlyInB = new ArrayList<>();
  private boolean alike = true;
  private boolean begun;

  /** Writes nothing before the first recording, for there may be none. */
  public FolderJson(Json json) {
    this.json = json;
  }

  @Override
  public void print(Couple couple) {
    Optional<Pair> pair = couple.pair();
    if (pair.isEmpty()) {
      (couple.a().isPresent() ? onlyInA : onlyInB).add(couple.name());
      return;
    }
    begin();
    alike &= pair.get().isAlike();
    json.object().text("name", couple.name());
    new PairJson(json, pair.get()).fields();
    json.endObject();
  }

  private void begin() {
    if (!begun) {
      json.object().number("tcescope", 1).list("pairs");
      begun = true;
    }
  }

  @Override
  public boolean end(Audit audit) {
    begin();
    boolean same = alike && onlyInA.isEmpty() && onlyInB.isEmpty();
    json.endList().value("onlyInA", onlyInA).value("onlyInB", onlyInB).flag("alike", same);
    audit.writeTo(json);
    json.endObject().line();
    return same;
  }
}

package io.tcescope.cli.output;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What checks found as one JSON document. Findings are written as soon as a recording is checked,
 * so that thousands of recordings take no more memory than one; what is told of all comes behind
 * them.
 */
public final class CheckDocument {
  private final Json json;
  private final List<String> traces = new ArrayList<>();

  /** Held back: only if it stays alone, its findings do not name their file. */
  private @Nullable Checked first;

  private int runs;

  /** Writes to {@code json} and nothing before the first recording, for there may be none. */
  public CheckDocument(Json json) {
    this.json = json;
  }

  /** The findings of one more recording. */
  public void run(Checked run) {
    runs++;
    if (runs == 1) {
      first = run;
      return;
    }
    releaseFirst(true);
    write(run, true);
  }

  private void releaseFirst(boolean many) {
    Checked held = first;
    if (held != null) {
      begin();
      write(held, many);
      first = null;
    }
  }

  private void begin() {
    json.object().number("tcescope", 1).list("findings");
  }

  private void write(Checked run, boolean many) {
    new CheckJson(json, many).findings(run);
    StringWriter trace = new StringWriter();
    new CheckJson(new Json(trace), many).lastLine(run);
    traces.add(trace.toString());
  }

  /**
   * Ends the document.
   *
   * @param gists all runs that were checked; their findings are not needed any more
   * @param audit what became of all files
   * @param comparison how all that was found differs from a baseline
   */
  public void end(List<Checked> gists, Audit audit, Optional<Comparison> comparison) {
    if (runs == 0) {
      begin();
    }
    releaseFirst(false);
    json.endList().list("traces");
    traces.forEach(json::written);
    json.endList();
    new CheckJson(json, runs > 1).whole(gists);
    audit.writeTo(json);
    comparison.ifPresent(one -> one.writeTo(json));
    json.endObject().line();
  }
}

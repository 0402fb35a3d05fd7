package io.tcescope.cli.output;

import io.tcescope.cli.input.LeftOut;
import java.util.ArrayList;
import java.util.List;

/** What became of all that a command line names: checked, left out, or failed by our own fault. */
public final class Audit {
  /** A recording whose check came to no end. */
  public record Failure(String file, String error) {}

  private final Terminal terminal;
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private int checked;

  public Audit(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One more recording was checked. */
  public void checked() {
    checked++;
  }

  /** Notes what was not checked; says so at once unless it is one of a folder's other files. */
  public void leftOut(LeftOut file) {
    leftOut.add(file);
    if (file.kind() != LeftOut.Kind.OTHER) {
      say(file.file() + ": " + file.reason());
    }
  }

  /** Notes a check that came to no end. */
  public void failed(String file, String error) {
    failures.add(new Failure(file, error));
    say(file + ": " + error);
  }

  /** Says how much of folders was left out. */
  public void conclude() {
    long suspects = count(LeftOut.Kind.SUSPECT);
    long others = count(LeftOut.Kind.OTHER);
    if (suspects > 0) {
      say("left out " + Words.count(suspects, "file") + " that may hold records");
    }
    if (others > 0) {
      say("left out " + Words.count(others, "other file"));
    }
  }

  private long count(LeftOut.Kind kind) {
    return leftOut.stream().filter(file -> file.kind() == kind).count();
  }

  private void say(String words) {
    terminal.err().println("tcescope: " + words);
  }

  /** True if there was nothing to check, and nothing that was named in vain. */
  public boolean isEmpty() {
    return checked == 0 && failures.isEmpty() && count(LeftOut.Kind.NAMED) == 0;
  }

  /** True if what was wanted was read: all that was named; strictly, all that may be recordings. */
  public boolean isComplete(boolean strictly) {
    return count(LeftOut.Kind.NAMED) == 0 && !(strictly && count(LeftOut.Kind.SUSPECT) > 0);
  }

  /** What was not checked, and why. */
  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /** What was not checked to its end. */
  public List<Failure> failures() {
    return List.copyOf(failures);
  }

  public boolean hasFailures() {
    return !failures.isEmpty();
  }

  /** Writes it as a field of a document. */
  public void writeTo(Json json) {
    json.object("audit").number("checked", checked).list("skipped");
    leftOut.forEach(
        file -> json.object().text("file", file.file()).text("reason", file.reason()).endObject());
    json.endList().list("failed");
    failures.forEach(
        one -> json.object().text("file", one.file()).text("error", one.error()).endObject());
    json.endList().endObject();
  }
}

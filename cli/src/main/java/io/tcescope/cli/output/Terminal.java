package io.tcescope.cli.output;

import java.io.PrintWriter;
import java.util.Map;

/**
 * Where results and messages go, and what the receiver can show. The launcher tells by system
 * properties which of the two streams is a terminal, since Java cannot ask for one alone.
 */
public final class Terminal {
  private static final int USUAL_WIDTH = 100;

  private final PrintWriter out;
  private final PrintWriter exact;
  private final PrintWriter err;
  private final boolean colours;
  private final boolean progress;
  private final int width;

  private Terminal(PrintWriter out, PrintWriter err, boolean colours, boolean progress, int width) {
    this.exact = out;
    this.out = new PrintWriter(new VisibleWriter(out, colours));
    this.err = err;
    this.colours = colours;
    this.progress = progress;
    this.width = width;
  }

  /** The terminal of this process, if it has one. */
  public static Terminal ofProcess(PrintWriter out, PrintWriter err) {
    Map<String, String> environment = System.getenv();
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(
        out,
        err,
        Boolean.getBoolean("tcescope.stdout.terminal") && !noColour && !dumb,
        Boolean.getBoolean("tcescope.stderr.terminal") && !dumb,
        width(environment.getOrDefault("COLUMNS", "")));
  }

  private static int width(String columns) {
    try {
      return Math.clamp(Integer.parseInt(columns), 60, 240);
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  /** For results; control characters in them are shown, not sent. */
  public PrintWriter out() {
    return out;
  }

  /** For results that are read again, to the letter. */
  public PrintWriter exact() {
    return exact;
  }

  /** True if results go nowhere any more: whoever reads them has gone, or the disk is full. */
  public boolean isGone() {
    return exact.checkError();
  }

  public PrintWriter err() {
    return err;
  }

  /** True if a progress bar may be drawn on {@link #err}. */
  public boolean showsProgress() {
    return progress;
  }

  /** Columns of text. */
  public int width() {
    return width;
  }

  /** The text in a style, if {@link #out} shows styles. */
  public String in(Style style, String text) {
    return colours ? style.paint(text) : text;
  }
}

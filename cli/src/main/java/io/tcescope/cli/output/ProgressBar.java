package io.tcescope.cli.output;

import java.util.function.LongConsumer;

/** One line on a terminal that tells how far a replay is, how fast, and how long it will take. */
public final class ProgressBar implements LongConsumer, AutoCloseable {
  private static final long FIRST_AFTER_NANOS = 500_000_000;
  private static final long EVERY_NANOS = 100_000_000;
  private static final int CELLS = 30;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final String what;
  private final long total;
  private final long started = System.nanoTime();
  private long next = started + FIRST_AFTER_NANOS;
  private boolean drawn;

  /** Of {@code total} bytes; nothing is drawn unless the terminal shows progress. */
  public ProgressBar(Terminal terminal, String what, long total) {
    this.terminal = terminal;
    this.what = what;
    this.total = Math.max(1, total);
  }

  @Override
  public void accept(long bytes) {
    long now = System.nanoTime();
    if (terminal.showsProgress() && now >= next) {
      next = now + EVERY_NANOS;
      drawn = true;
      terminal.err().print(ERASE_LINE + line(bytes, now - started));
      terminal.err().flush();
    }
  }

  private String line(long bytes, long nanos) {
    double part = Math.clamp((double) bytes / total, 0, 1);
    double seconds = nanos / NANOS_PER_SECOND;
    double left = part > 0 ? seconds / part - seconds : 0;
    int full = (int) (part * CELLS);
    return String.format(
        java.util.Locale.ROOT,
        "%s [%s%s] %3.0f%%  %.0f MB/s  %.0f s left",
        what,
        "#".repeat(full),
        "-".repeat(CELLS - full),
        100 * part,
        bytes / 1e6 / seconds,
        left);
  }

  /** Takes the line away, until there is more to tell. */
  public void erase() {
    if (drawn) {
      drawn = false;
      terminal.err().print(ERASE_LINE);
      terminal.err().flush();
    }
  }

  @Override
  public void close() {
    erase();
  }
}

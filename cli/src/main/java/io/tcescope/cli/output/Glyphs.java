package io.tcescope.cli.output;

import io.tcescope.queries.timeline.Upheaval;

/**
 * The characters of a drawing.
 *
 * @param levels of a lane from almost empty to full
 * @param empty a window without live entries
 * @param untold a window of which the recording does not tell what it holds
 * @param line of a ruler, with its beginning, its ticks and its end
 */
record Glyphs(String levels, char empty, char untold, char line, char begin, char tick, char end) {
  static final Glyphs UNICODE = new Glyphs("▁▂▃▄▅▆▇█", '·', '░', '─', '├', '┬', '┤');
  static final Glyphs ASCII = new Glyphs(".:-=+*%#", '_', '/', '-', '+', '+', '+');

  static final char OPENED = '[';
  static final char CLOSED = ']';

  /** Opened and closed within one column. */
  static final char PASSED = '|';

  static final char SWEPT = '~';
  static final char FAILED = 'x';
  static final char LOST = '?';

  /** What happened to the whole machine: no letters, which stand for findings. */
  static char of(Upheaval.Kind kind) {
    return switch (kind) {
      case MACHINE_RESET -> '!';
      case MIGRATED_IN -> '<';
      case SAVED -> '>';
      case QUIESCED -> '^';
    };
  }

  /** The level of {@code value} where {@code most} is full. */
  char level(long value, long most) {
    if (value <= 0 || most <= 0) {
      return empty;
    }
    int steps = levels.length();
    return levels.charAt(Math.clamp(Math.ceilDiv(value * steps, most) - 1, 0, steps - 1));
  }
}

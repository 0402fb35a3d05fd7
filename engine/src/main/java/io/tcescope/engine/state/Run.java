package io.tcescope.engine.state;

/**
 * Entries first .. last (inclusive) that are known alike and whose values rise by a constant step:
 * entry i holds tce + (i - first) * step. Value and step mean nothing where they are unknown.
 */
public record Run(long first, long last, long tce, long step, Knowledge knowledge) {
  public long count() {
    return last - first + 1;
  }
}

package io.tcescope.engine.why;

import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Knowledge;
import java.util.Optional;

/**
 * What a bus address meant at a moment, in one window that covers it or did.
 *
 * @param window {@link DmaWindow#NONE} if no window covers it
 * @param ordinal the event that decided it: wrote the entry, cleared it, took the window away, made
 *     it; 0 if that lies before the recording
 * @param tce what the entry holds, or held when its window went; 0 where that is not known
 * @param writer the event that wrote it, 0 if none did
 * @param knowledge how well that is known
 * @param attempt the failed map that names the address, if the entry maps nothing
 */
public record AddressFate(
    Kind kind,
    DmaWindow window,
    long ordinal,
    long tce,
    long writer,
    Knowledge knowledge,
    Optional<Attempt> attempt) {

  /** How it stands with an address, the most telling first. */
  public enum Kind {
    /** The entry maps it. */
    MAPPED("mapped"),
    /** The window that covered it is gone. */
    WINDOW_GONE("window-gone"),
    /** The entry was cleared. */
    CLEARED("cleared"),
    /** The recording does not tell. */
    UNKNOWN("unknown"),
    /** A window covers it, and nothing has mapped it. */
    NEVER_MAPPED("never-mapped"),
    /** No window ever covered it. */
    NOT_COVERED("not-covered");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name in output. */
    public String label() {
      return label;
    }
  }

  /**
   * A map that failed.
   *
   * @param isSure false if it is a list that may end before the address
   */
  public record Attempt(long ordinal, boolean isSure) {}

  /** True if the entry maps the address, or did when its window went. */
  public boolean isLive() {
    return !knowledge.isUnknown() && Tce.isMapped(tce);
  }

  /** The address as the entry translates it. */
  public long realAddress(long ioba) {
    return Tce.realAddress(tce, window.pageShift()) | (ioba & (window.pageSize() - 1));
  }
}

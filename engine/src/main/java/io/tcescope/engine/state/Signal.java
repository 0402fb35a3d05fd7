package io.tcescope.engine.state;

/**
 * What an event did, as bits, so that an observer which does not care is passed by with one test.
 */
public final class Signal {
  /** A window came into being; see {@link Change#opened()}. */
  public static final int OPENED = 1;

  /** A window went; see {@link Change#closed()}. */
  public static final int CLOSED = 1 << 1;

  /** Entries that were known to be unmapped are mapped now. */
  public static final int MAPPED = 1 << 2;

  /** Entries that were mapped are unmapped now. */
  public static final int CLEARED = 1 << 3;

  /** A live entry got another page without a clear in between. */
  public static final int REMAPPED = 1 << 4;

  /** A live entry got other permissions for the same page. */
  public static final int PERMISSION_CHANGED = 1 << 5;

  /** A live entry got the value it had. */
  public static final int REWRITTEN = 1 << 6;

  /** Entries known to be unmapped were cleared. */
  public static final int CLEARED_UNMAPPED = 1 << 7;

  /** A clear began or ended inside a guest allocation. */
  public static final int CUT_ALLOCATION = 1 << 8;

  /** A clear that goes on, or may go on, with the sweep of a whole window. */
  public static final int SWEEPING = 1 << 9;

  /** A clear completed the sweep of a whole window. */
  public static final int SWEPT = 1 << 10;

  /** An address outside the window was named. */
  public static final int OUT_OF_WINDOW = 1 << 11;

  /** A call on a LIOBN whose window is gone. */
  public static final int DEAD_LIOBN = 1 << 12;

  /** A call on a LIOBN that never had a window. */
  public static final int UNKNOWN_LIOBN = 1 << 13;

  /** The call's status says that it failed. */
  public static final int REFUSED = 1 << 14;

  /** The record cannot be true in the state that the recording implies. */
  public static final int CONTRADICTED = 1 << 15;

  /** A record contradicts a value that was only inferred. */
  public static final int INFERENCE_CONTRADICTED = 1 << 16;

  /** Records are missing here. */
  public static final int LOST = 1 << 17;

  /** A mapping whose address is not a multiple of the window's page. */
  public static final int MISALIGNED = 1 << 18;

  /** A mapping of a page that lies outside the partition's memory, where its size is known. */
  public static final int OUTSIDE_MEMORY = 1 << 19;

  /** A device looked up an address; see {@link Change#lookedUp()}. */
  public static final int LOOK_UP = 1 << 20;

  /** The kind of mapping of a window became known or changed. */
  public static final int CLASSIFIED = 1 << 21;

  /** A window operation: query, create, remove, reset, successful or not. */
  public static final int WINDOW_CALL = 1 << 22;

  /** Any other record that is no TCE call: log line, hot-plug, EEH, allocation failure. */
  public static final int RECORD = 1 << 23;

  /**
   * An odd argument: a stuff with permission bits, a list that does not rise by one page an entry,
   * an address inside a page.
   */
  public static final int ODD_LIST = 1 << 24;

  /** A range call failed and left, or may have left, part of its work behind. */
  public static final int PARTIAL = 1 << 25;

  /** Entries of which nothing was known were written. */
  public static final int WAS_UNKNOWN = 1 << 26;

  /** A range call with a count of 0. */
  public static final int EMPTY = 1 << 27;

  /** A stuff of more than 512 entries, which PowerVM refuses. */
  public static final int OVER_512 = 1 << 28;

  /** A call that succeeded although its range leaves the window behind the first entry (KVM). */
  public static final int STRADDLING = 1 << 29;

  /** A device looked up an entry that gives it no permission. */
  public static final int FAULT = 1 << 30;

  /**
   * By a guest's own messages the machine was reset: what they told of windows holds no more; may
   * come with any other event.
   */
  public static final int REBOOT = 1 << 31;

  private Signal() {}
}

package io.tcescope.engine.state;

/**
 * Why an entry's value is believed, or why it is not known. It is kept beside the value, never in
 * it, because every 64-bit pattern is a value that a guest may write.
 */
public enum Knowledge {
  /** A record states the value. Code 0, so that a fresh table is all zero bits. */
  OBSERVED(0, Certainty.OBSERVED, "observed"),

  /**
   * A list of which the last value is recorded rises by one page an entry, as Linux writes them.
   */
  CONTIGUOUS_LIST(1, Certainty.INFERRED, "linux-contiguous-list"),
  /** RTAS quiesce clears all VIO tables without an event of its own. */
  VIO_QUIESCE(2, Certainty.INFERRED, "vio-quiesce"),
  /** A device's look-up shows page and permission, but not the reserved bits. */
  LOOK_UP(3, Certainty.INFERRED, "device-look-up"),

  /**
   * A list that a complete account could not read lies where there is no memory: QEMU reads zeros.
   */
  LIST_OUTSIDE_MEMORY(4, Certainty.INFERRED, "list-outside-memory"),

  /**
   * Written to a virtual device's table, and nobody recorded the events ({@code spapr_vio*}) by
   * which alone RTAS quiesce, which clears it, would show.
   */
  NO_QUIESCE(5, Certainty.INFERRED, "no-quiesce"),

  NEVER_SEEN(6, Certainty.UNKNOWN, "never-seen"),
  BEFORE_RECORDING(7, Certainty.UNKNOWN, "before-recording"),
  LIST_NOT_RECORDED(8, Certainty.UNKNOWN, "list-not-recorded"),
  START_NOT_RECORDED(9, Certainty.UNKNOWN, "start-not-recorded"),
  PARTIAL_FAILURE(10, Certainty.UNKNOWN, "partial-failure"),
  LOST(11, Certainty.UNKNOWN, "lost"),
  HOLE(12, Certainty.UNKNOWN, "hole"),
  IN_KERNEL(13, Certainty.UNKNOWN, "in-kernel"),
  RESET_MAY_KEEP(14, Certainty.UNKNOWN, "reset-may-keep");

  private static final Knowledge[] BY_CODE = new Knowledge[32];

  static {
    for (Knowledge knowledge : values()) {
      BY_CODE[knowledge.code] = knowledge;
    }
  }

  private final int code;
  private final Certainty certainty;
  private final String label;

  Knowledge(int code, Certainty certainty, String label) {
    this.code = code;
    this.certainty = certainty;
    this.label = label;
  }

  public Certainty certainty() {
    return certainty;
  }

  public boolean isUnknown() {
    return certainty == Certainty.UNKNOWN;
  }

  /** The name of the rule or the reason, as in output. */
  public String label() {
    return label;
  }

  /** Its bits in a {@link Mark}; whatever is unknown has a higher code than whatever is known. */
  int code() {
    return code;
  }

  static Knowledge of(int code) {
    return BY_CODE[code];
  }
}

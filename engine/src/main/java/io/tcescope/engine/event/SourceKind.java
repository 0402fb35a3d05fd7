package io.tcescope.engine.event;

import java.util.Locale;

/** What kind of recorder wrote a recording; it decides what the recording can tell. */
public enum SourceKind {
  /** QEMU's text trace log (trace backend {@code log}). */
  QEMU_LOG("QEMU trace log", true),
  /** QEMU's binary trace (trace backend {@code simple}). */
  SIMPLETRACE("QEMU simpletrace", true),
  /** The neutral CSV format: every argument and list of every call. */
  CSV("neutral CSV", true),
  /** Linux ftrace text, {@code trace-cmd report} or {@code perf script}. */
  FTRACE("Linux ftrace text", false),
  /** trace-cmd's binary {@code trace.dat}. */
  TRACE_DAT("trace-cmd trace.dat", false),
  /** A guest kernel's message log. */
  DMESG("guest dmesg", false),
  /** Several recordings of one run on one timeline. */
  FUSED("several recordings", true);

  private final String title;
  private final boolean tellsTables;

  SourceKind(String title, boolean tellsTables) {
    this.title = title;
    this.tellsTables = tellsTables;
  }

  /** The kind in words, for reports. */
  public String title() {
    return title;
  }

  /**
   * The fact by which a table of calls declares that this recorder made what it holds ({@code
   * platform} row).
   */
  public String declaration() {
    return "recorder=" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** True if the recorder can see which entry of which TCE table a call changes. */
  public boolean tellsTables() {
    return tellsTables;
  }

  /** True if what stands in its files are lines of text. */
  public boolean isText() {
    return this != SIMPLETRACE && this != TRACE_DAT;
  }

  /** True for a Linux kernel's tracer, of a guest or of the host. */
  public boolean isTracer() {
    return this == FTRACE || this == TRACE_DAT;
  }

  /** True for recordings of QEMU itself, which follow QEMU's rules of what is logged and how. */
  public boolean isQemu() {
    return this == QEMU_LOG || this == SIMPLETRACE;
  }
}

package io.tcescope.engine.state;

import java.util.Locale;

/** Who keeps the tables; it decides what a failed call leaves behind and how windows come back. */
public enum Platform {
  /** QEMU in user space: a range call stops at the first entry that does not fit. */
  QEMU,
  /** In-kernel tables of KVM: only the first entry of a range is checked. */
  KVM,
  /** PowerVM: a range call is all or nothing (LoPAR). */
  POWERVM;

  /** The fact by which a table of calls declares that it is this one ({@code platform} row). */
  public String declaration() {
    return "platform=" + name().toLowerCase(Locale.ROOT);
  }
}

package io.tcescope.engine.state;

/** Who keeps the tables; it decides what a failed call leaves behind and how windows come back. */
public enum Platform {
  /** QEMU in user space: a range call stops at the first entry that does not fit. */
  QEMU,
  /** In-kernel tables of KVM: only the first entry of a range is checked. */
  KVM,
  /** PowerVM: a range call is all or nothing (LoPAR). */
  POWERVM
}

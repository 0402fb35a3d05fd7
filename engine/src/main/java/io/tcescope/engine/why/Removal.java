package io.tcescope.engine.why;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Event;
import java.util.Optional;
import java.util.OptionalLong;

/** A default window's successful removal, as a guest's recordings tell it. */
final class Removal {
  private final long ordinal;
  private final long liobn;
  private final OptionalLong buid;
  private final long query;
  private final long available;
  private final Optional<Evidence> workedBefore;
  private String asker = "";
  private boolean tested = true;
  private long nextBoot = Long.MAX_VALUE;

  Removal(Event event, OptionalLong buid, long query, long available, Optional<Evidence> worked) {
    this.ordinal = event.ordinal();
    this.liobn = event.liobn();
    this.buid = buid;
    this.query = query;
    this.available = available;
    this.workedBefore = worked;
  }

  /** The device whose driver wanted another window. */
  Removal askedFor(String device) {
    asker = device;
    return this;
  }

  /** The device it was for, empty text if the recording does not name it. */
  String asker() {
    return asker;
  }

  /** Another kernel boots at that event. */
  void endsBefore(long boot) {
    nextBoot = Math.min(nextBoot, boot);
  }

  /** True for an event from the removal on, and before another kernel booted. */
  boolean isInItsBoot(long event) {
    return event >= ordinal && event < nextBoot;
  }

  void isTested(boolean byItsKernel) {
    tested = byItsKernel;
  }

  long ordinal() {
    return ordinal;
  }

  long liobn() {
    return liobn;
  }

  OptionalLong buid() {
    return buid;
  }

  boolean isOn(long bridge) {
    return buid.isPresent() && buid.getAsLong() == bridge;
  }

  /** The last query before it, 0 if none. */
  long query() {
    return query;
  }

  /** Windows that could be made before it; 0 also if no query tells. */
  long available() {
    return available;
  }

  /** Another device of the bridge that was at work before the removal. */
  Optional<Evidence> workedBefore() {
    return workedBefore;
  }

  /** True unless the kernel's words are those of a version that does not look first. */
  boolean isTested() {
    return tested;
  }

  /** True if nothing protected devices that were at work. */
  boolean wasInUse() {
    return !tested && workedBefore.isPresent();
  }
}

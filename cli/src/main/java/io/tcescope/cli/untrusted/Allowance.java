package io.tcescope.cli.untrusted;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The time that a process has from some moment on. */
final class Allowance {
  private static final int PATIENCE = 4;

  private final ProcessHandle process;
  private final long seconds;
  private final Duration usedBefore;
  private final long start = System.nanoTime();

  /** From now on, so many seconds of processor time. */
  Allowance(ProcessHandle process, long seconds) {
    this.process = process;
    this.seconds = seconds;
    this.usedBefore = used(process);
  }

  long seconds() {
    return seconds;
  }

  /** On a busy machine that is later than the clock says, and if it sleeps as well. */
  boolean isUsedUp() {
    long asleep = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    return asleep >= seconds * PATIENCE || used(process).minus(usedBefore).toSeconds() >= seconds;
  }

  /** Processor time of the process and of what its walls consist of. */
  private static Duration used(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .flatMap(one -> one.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }
}

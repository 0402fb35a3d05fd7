package io.tcescope.engine.replay;

import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Platform;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * How to replay a recording.
 *
 * @param platform who keeps the tables; empty to find out from the recording
 * @param machine facts that the recording may not hold
 * @param readAhead decode on a second thread
 * @param progress is told from time to time how many bytes of the recording are done
 */
public record ReplayOptions(
    Optional<Platform> platform,
    Inference inference,
    Machine machine,
    boolean readAhead,
    LongConsumer progress) {

  /** Finds everything out from the recording, on one thread. */
  public static ReplayOptions defaults() {
    return new ReplayOptions(Optional.empty(), Inference.AUTO, new Machine(), false, bytes -> {});
  }

  public ReplayOptions withInference(Inference other) {
    return new ReplayOptions(platform, other, machine, readAhead, progress);
  }

  public ReplayOptions withPlatform(Platform other) {
    return new ReplayOptions(Optional.of(other), inference, machine, readAhead, progress);
  }

  public ReplayOptions withMachine(Machine other) {
    return new ReplayOptions(platform, inference, other, readAhead, progress);
  }

  public ReplayOptions withReadAhead(boolean other) {
    return new ReplayOptions(platform, inference, machine, other, progress);
  }

  public ReplayOptions withProgress(LongConsumer other) {
    return new ReplayOptions(platform, inference, machine, readAhead, other);
  }
}

package io.tcescope.engine.why;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.replay.AddressLife;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The last event that decided what a bus address means. */
final class AddressFate {
  private AddressFate() {}

  /** What took the address's mapping away, empty if it is mapped or never was. */
  static Optional<Suspect> of(AddressLife life, OptionalLong at) {
    List<AddressLife.Moment> before = new ArrayList<>();
    for (AddressLife.Moment moment : life.moments()) {
      if (moment.ordinal() <= at.orElse(Long.MAX_VALUE)) {
        before.add(moment);
      }
    }
    boolean everMapped =
        before.stream()
            .anyMatch(
                moment -> moment.what() == AddressLife.What.WRITTEN && Tce.isMapped(moment.tce()));
    for (AddressLife.Moment moment : before.reversed()) {
      switch (moment.what()) {
        case CLOSED -> {
          return everMapped ? Optional.of(gone(moment, before)) : Optional.empty();
        }
        case WRITTEN -> {
          boolean live = Tce.isMapped(moment.tce());
          return live || !everMapped ? Optional.empty() : Optional.of(cleared(moment, before));
        }
        case OPENED, SHOWN, REFUSED, FORGOTTEN -> {}
      }
    }
    return Optional.empty();
  }

  private static Suspect gone(AddressLife.Moment moment, List<AddressLife.Moment> before) {
    boolean wasDefault = moment.window().role() == Role.DEFAULT;
    return suspect(
        wasDefault ? "default-window-removed-in-use" : "window-removed-in-use",
        "Window " + moment.window() + ", which served the address, went",
        moment,
        before);
  }

  private static Suspect cleared(AddressLife.Moment moment, List<AddressLife.Moment> before) {
    return suspect(
        "dma-after-unmap", "The entry was cleared in window " + moment.window(), moment, before);
  }

  private static Suspect suspect(
      String rule, String message, AddressLife.Moment moment, List<AddressLife.Moment> before) {
    boolean observed = moment.knowledge().certainty() == Certainty.OBSERVED;
    List<Evidence> evidence = new ArrayList<>();
    int from = Math.max(0, before.size() - 8);
    for (AddressLife.Moment step : before.subList(from, before.size())) {
      evidence.add(new Evidence(step.ordinal(), describe(step)));
    }
    return new Suspect(
        rule,
        observed ? Confidence.CERTAIN : Confidence.INFERRED,
        true,
        moment.ordinal(),
        buid(moment.window()),
        OptionalLong.of(moment.window().liobn()),
        message,
        evidence);
  }

  private static OptionalLong buid(DmaWindow window) {
    long buid = window.bridge().buid();
    return buid == 0 ? OptionalLong.empty() : OptionalLong.of(buid);
  }

  private static String describe(AddressLife.Moment moment) {
    String window = moment.window().toString();
    String tce = "0x" + Long.toHexString(moment.tce());
    return switch (moment.what()) {
      case OPENED -> "opened window " + window;
      case CLOSED -> "closed window " + window + ", the entry held " + tce;
      case WRITTEN -> "set the entry in " + window + " to " + tce;
      case SHOWN -> "showed the entry in " + window + " to be " + tce;
      case REFUSED -> "named the address in " + window + " and failed";
      case FORGOTTEN -> "left the entry in " + window + " unknown";
    };
  }
}

package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The guest's name for a bridge: its PCI domain, the first word of a device's address and the low
 * end of the bridge's BUID (QEMU's bridge k is domain k; PowerVM numbers alike).
 */
final class PciDomain {
  private static final Pattern WORD = Pattern.compile("[0-9a-f]{4}");
  private static final Pattern PREFIX =
      Pattern.compile("^[\\w-]+ ([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]):? ");
  private static final int DIGITS = 4;
  private static final long MASK = 0xffff;

  /** The number of a bridge that a record does not tell. */
  static final long UNKNOWN = -1;

  private PciDomain() {}

  /** The domain in a device's address such as {@code 0001:00:02.0}, empty if there is none. */
  static String of(String device) {
    String word = device.length() > DIGITS ? device.substring(0, DIGITS) : "";
    return WORD.matcher(word).matches() ? word : "";
  }

  /**
   * The device that a record names, empty if it names none. Not every recorder takes the driver's
   * prefix of a message apart.
   */
  static String device(Event event) {
    String device = event.device();
    if (device != null || event.kind() != EventKind.LOG) {
      return device == null ? "" : device;
    }
    Matcher prefix = PREFIX.matcher(event.text());
    return prefix.find() ? prefix.group(1) : "";
  }

  /** True if a record by its BUID, its domain or its device concerns the bridge. */
  static boolean names(Event event, Bridge bridge) {
    if (event.has(Event.BUID)) {
      return bridge.buid() == event.buid();
    }
    long domain = number(event);
    return domain != UNKNOWN && bridge.buid() != 0 && number(bridge.buid()) == domain;
  }

  /** The domain of the bridge that a record names, {@link #UNKNOWN} if it names none. */
  static long number(Event event) {
    if (event.has(Event.BUID)) {
      return number(event.buid());
    }
    String domain = of(device(event));
    if (!domain.isEmpty()) {
      return Long.parseLong(domain, 16);
    }
    return event.has(Event.ID) ? event.id() : UNKNOWN;
  }

  /** The domain of a bridge. */
  static long number(long buid) {
    return buid & MASK;
  }

  /** The open windows of the bridge that a record names. */
  static List<DmaWindow> windows(Event event, IommuState state) {
    return state.windows().stream()
        .filter(window -> window.bridge() != Bridge.NONE && names(event, window.bridge()))
        .toList();
  }

  /** The BUID that a record names, empty if no bridge of that name is known. */
  static OptionalLong buid(Event event, IommuState state) {
    return event.has(Event.BUID)
        ? OptionalLong.of(event.buid())
        : state.bridges().stream()
            .filter(bridge -> names(event, bridge))
            .mapToLong(Bridge::buid)
            .findFirst();
  }
}

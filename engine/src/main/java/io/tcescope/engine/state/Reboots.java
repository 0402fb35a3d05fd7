package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import java.util.regex.Pattern;

/**
 * Finds in a guest's own messages where the machine was reset under it: where it says that it
 * restarts, and at a kernel's banner, unless the kernel before started this one (kexec) or it is a
 * crash kernel: those inherit windows and mappings.
 */
public final class Reboots {
  private static final String BANNER = "Linux version ";
  private static final String COMMAND_LINE = "Kernel command line: ";
  private static final String CRASH_KERNEL = "elfcorehdr=";
  private static final String KEXEC = "Starting new kernel";
  private static final Pattern HALT =
      Pattern.compile("^(?:reboot: )?(?:Restarting system|Power down|System halted)\\b");

  /** A banner was read, and not yet whether the kernel is a crash kernel. */
  private boolean booting;

  /** When the kernel that boots showed its banner; until its command line is told, time stands. */
  private long banner;

  private boolean handedOver;

  Reboots() {}

  /** True for the first words of a kernel. */
  public static boolean isBanner(Event event) {
    return event.kind() == EventKind.LOG && event.text().startsWith(BANNER);
  }

  /** True for what only the command line of a crash kernel holds. */
  public static boolean isCrashKernel(String message) {
    return message.contains(CRASH_KERNEL);
  }

  /** True if this event shows that the machine was reset before it, or is about to be. */
  boolean shownBy(Event event) {
    boolean message = event.kind() == EventKind.LOG;
    String text = message ? event.text() : "";
    boolean reset = booting && isDecided(event, text);
    booting &= !reset && !isCrashKernel(text);
    if (isBanner(event)) {
      booting = !handedOver;
      handedOver = false;
      banner = event.time();
    } else if (message && HALT.matcher(text).find()) {
      reset = true;
    }
    handedOver |= text.contains(KEXEC);
    return reset;
  }

  private boolean isDecided(Event event, String text) {
    boolean over =
        event.kind() != EventKind.LOG || event.time() != banner || text.startsWith(COMMAND_LINE);
    return over && !isCrashKernel(text);
  }

  void copyFrom(Reboots other) {
    booting = other.booting;
    banner = other.banner;
    handedOver = other.handedOver;
  }
}

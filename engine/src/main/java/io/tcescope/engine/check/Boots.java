package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Reboots;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Remembers where a kernel began to run, and which: by its first message, or by a second clearing
 * of a default window that was not taken down afterwards (Linux clears each when it sets its tables
 * up). Reports nothing.
 */
final class Boots implements Check {
  /** Linux 5.15 is 5015. */
  private static final int MAJOR = 1000;

  private static final Pattern BANNER =
      Pattern.compile("^Linux version (\\d{1,3})\\.(\\d{1,3})\\b");

  private final Set<DmaWindow> swept = new HashSet<>();
  private final TreeMap<Long, DmaWindow> boots = new TreeMap<>();
  private int kernel;
  private long crashKernel;

  @Override
  public int interests() {
    return Signal.SWEPT | Signal.CLOSED | Signal.RECORD;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind() == EventKind.LOG) {
      message(event);
    }
    if (change.has(Signal.SWEPT) && change.window().role() == Role.DEFAULT) {
      boolean again = !swept.add(change.window());
      if (again) {
        boots.put(event.ordinal(), change.window());
      }
    }
    // A sweep that a removal follows was the teardown of the window, not the set-up.
    change.closed().forEach(window -> boots.remove(window.sweep().lastEvent(), window));
  }

  private void message(Event event) {
    String text = event.text();
    Matcher banner = BANNER.matcher(text);
    if (banner.find()) {
      kernel = Integer.parseInt(banner.group(1)) * MAJOR + Integer.parseInt(banner.group(2));
      boots.put(event.ordinal(), DmaWindow.NONE);
      crashKernel = 0;
    } else if (Reboots.isCrashKernel(text)) {
      crashKernel = event.ordinal();
    }
  }

  /** The last boot behind an event, empty if there was none. */
  OptionalLong since(long ordinal) {
    return !boots.isEmpty() && boots.lastKey() > ordinal
        ? OptionalLong.of(boots.lastKey())
        : OptionalLong.empty();
  }

  /** The event that shows that the running kernel is a crash kernel, 0 if none does. */
  long crashKernel() {
    return crashKernel;
  }

  /** True unless the running kernel is known and is none of those versions, both inclusive. */
  boolean mayBe(int first, int last) {
    return kernel == 0 || (kernel >= first && kernel <= last);
  }

  /** True if the running kernel is known. */
  boolean kernelKnown() {
    return kernel != 0;
  }
}

package io.tcescope.queries.language;

import io.tcescope.engine.event.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Calls by their names. */
final class CallNames {
  private CallNames() {}

  /** What names of RTAS window calls begin with, and end with. */
  private static final Pattern WINDOW_CALL = Pattern.compile("ibm,(\\w+)-pe-dma-window");

  /**
   * RTAS window calls are known with and without the plural s, and as QEMU calls them (ddw_create);
   * a look-up as dma and access.
   */
  static boolean matches(NamePattern pattern, EventKind kind) {
    return pattern.matches(kind.call())
        || (kind.group() == EventKind.Group.DDW && matchesWindowCall(pattern, kind.call()))
        || (kind == EventKind.DMA && pattern.matches("access"));
  }

  private static boolean matchesWindowCall(NamePattern pattern, String call) {
    boolean isShort =
        pattern.isPlain() && pattern.matches(WINDOW_CALL.matcher(call).replaceFirst("ddw_$1"));
    return isShort || pattern.matches(call + "s");
  }

  /** True if there is a call of such a name. */
  static boolean isAny(NamePattern pattern) {
    return Arrays.stream(EventKind.values()).anyMatch(kind -> matches(pattern, kind));
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    Arrays.stream(EventKind.values()).map(EventKind::call).distinct().forEach(names::add);
    return names;
  }
}

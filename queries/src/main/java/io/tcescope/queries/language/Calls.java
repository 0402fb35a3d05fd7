package io.tcescope.queries.language;

import io.tcescope.engine.event.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls by name and by the opcodes of LoPAR's hypervisor call table. */
final class Calls {
  private static final int H_GET_TCE = 0x1c;
  private static final int H_PUT_TCE = 0x20;
  private static final int H_STUFF_TCE = 0x138;
  private static final int H_PUT_TCE_INDIRECT = 0x13c;

  private Calls() {}

  static @Nullable EventKind ofOpcode(long opcode) {
    if (opcode == H_GET_TCE) {
      return EventKind.H_GET_TCE;
    }
    if (opcode == H_PUT_TCE) {
      return EventKind.H_PUT_TCE;
    }
    if (opcode == H_STUFF_TCE) {
      return EventKind.H_STUFF_TCE;
    }
    return opcode == H_PUT_TCE_INDIRECT ? EventKind.H_PUT_TCE_INDIRECT : null;
  }

  /** RTAS window calls are known with and without the plural s, a look-up as dma and access. */
  static boolean matches(NamePattern pattern, EventKind kind) {
    return pattern.matches(kind.call())
        || (kind.group() == EventKind.Group.DDW && pattern.matches(kind.call() + "s"))
        || (kind == EventKind.DMA && pattern.matches("access"));
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    Arrays.stream(EventKind.values()).map(EventKind::call).distinct().forEach(names::add);
    return names;
  }
}

package io.tcescope.traces.guest;

import io.tcescope.engine.event.EventKind;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of hypervisor calls on TCE tables and what uses them (LoPAR, "Hypervisor Call
 * Functions").
 */
public final class Opcodes {
  public static final int H_GET_TCE = 0x1C;
  public static final int H_PUT_TCE = 0x20;
  static final int H_REG_CRQ = 0xFC;
  static final int H_FREE_CRQ = 0x100;
  static final int H_PUT_RTCE = 0x10C;
  public static final int H_STUFF_TCE = 0x138;
  public static final int H_PUT_TCE_INDIRECT = 0x13C;
  static final int H_REMOVE_RTCE = 0x24C;

  private Opcodes() {}

  /** The call on a table with that number, null if it is another call. */
  public static @Nullable EventKind kind(long opcode) {
    return switch ((int) opcode) {
      case H_GET_TCE -> EventKind.H_GET_TCE;
      case H_PUT_TCE -> EventKind.H_PUT_TCE;
      case H_STUFF_TCE -> EventKind.H_STUFF_TCE;
      case H_PUT_TCE_INDIRECT -> EventKind.H_PUT_TCE_INDIRECT;
      default -> null;
    };
  }
}

package io.tcescope.engine.event;

import org.jspecify.annotations.Nullable;

/**
 * Numbers of hypervisor calls on TCE tables and what uses them (LoPAR, "Hypervisor Call
 * Functions").
 */
public final class Opcodes {
  public static final int H_GET_TCE = 0x1C;
  public static final int H_PUT_TCE = 0x20;
  public static final int H_REG_CRQ = 0xFC;
  public static final int H_FREE_CRQ = 0x100;
  private static final int H_SEND_CRQ = 0x108;
  public static final int H_PUT_RTCE = 0x10C;
  private static final int H_COPY_RDMA = 0x110;
  private static final int H_REGISTER_LOGICAL_LAN = 0x114;
  private static final int H_FREE_LOGICAL_LAN = 0x118;
  private static final int H_ADD_LOGICAL_LAN_BUFFER = 0x11C;
  private static final int H_SEND_LOGICAL_LAN = 0x120;
  public static final int H_STUFF_TCE = 0x138;
  public static final int H_PUT_TCE_INDIRECT = 0x13C;
  public static final int H_REMOVE_RTCE = 0x24C;

  /** QEMU's and KVM's own way into RTAS. */
  private static final int H_RTAS = 0xF000;

  private Opcodes() {}

  /** The call with that number by its name, or by the number if it has little to do with tables. */
  public static String name(long opcode) {
    return switch ((int) opcode) {
      case H_GET_TCE -> "H_GET_TCE";
      case H_PUT_TCE -> "H_PUT_TCE";
      case H_REG_CRQ -> "H_REG_CRQ";
      case H_FREE_CRQ -> "H_FREE_CRQ";
      case H_SEND_CRQ -> "H_SEND_CRQ";
      case H_PUT_RTCE -> "H_PUT_RTCE";
      case H_COPY_RDMA -> "H_COPY_RDMA";
      case H_REGISTER_LOGICAL_LAN -> "H_REGISTER_LOGICAL_LAN";
      case H_FREE_LOGICAL_LAN -> "H_FREE_LOGICAL_LAN";
      case H_ADD_LOGICAL_LAN_BUFFER -> "H_ADD_LOGICAL_LAN_BUFFER";
      case H_SEND_LOGICAL_LAN -> "H_SEND_LOGICAL_LAN";
      case H_STUFF_TCE -> "H_STUFF_TCE";
      case H_PUT_TCE_INDIRECT -> "H_PUT_TCE_INDIRECT";
      case H_REMOVE_RTCE -> "H_REMOVE_RTCE";
      case H_RTAS -> "H_RTAS";
      default -> "hcall 0x" + Long.toHexString(opcode);
    };
  }

  /** The call on a table with that number, null if it is another call. */
  public static @Nullable EventKind kind(long opcode) {
    if (opcode != (int) opcode) {
      return null;
    }
    return switch ((int) opcode) {
      case H_GET_TCE -> EventKind.H_GET_TCE;
      case H_PUT_TCE -> EventKind.H_PUT_TCE;
      case H_STUFF_TCE -> EventKind.H_STUFF_TCE;
      case H_PUT_TCE_INDIRECT -> EventKind.H_PUT_TCE_INDIRECT;
      default -> null;
    };
  }
}

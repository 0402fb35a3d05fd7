package io.tcescope.engine.event;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and names of hypervisor calls (LoPAR, "Hypervisor Call Functions"; the names that Linux's
 * {@code kvm_hv} trace points print).
 */
public final class Opcodes {
  public static final int H_GET_TCE = 0x1C;
  public static final int H_PUT_TCE = 0x20;
  public static final int H_REG_CRQ = 0xFC;
  public static final int H_FREE_CRQ = 0x100;
  public static final int H_PUT_RTCE = 0x10C;
  public static final int H_STUFF_TCE = 0x138;
  public static final int H_PUT_TCE_INDIRECT = 0x13C;
  public static final int H_REMOVE_RTCE = 0x24C;

  /** Each call's number in hexadecimal, and its name; H_RTAS is QEMU's and KVM's own. */
  private static final String TABLE =
      """
        4 H_REMOVE 8 H_ENTER c H_READ 10 H_CLEAR_MOD 14 H_CLEAR_REF 18 H_PROTECT
        1c H_GET_TCE 20 H_PUT_TCE 24 H_SET_SPRG0 28 H_SET_DABR 2c H_PAGE_INIT 30 H_SET_ASR
        34 H_ASR_ON 38 H_ASR_OFF 3c H_LOGICAL_CI_LOAD 40 H_LOGICAL_CI_STORE
        44 H_LOGICAL_CACHE_LOAD 48 H_LOGICAL_CACHE_STORE 4c H_LOGICAL_ICBI 50 H_LOGICAL_DCBF
        54 H_GET_TERM_CHAR 58 H_PUT_TERM_CHAR 5c H_REAL_TO_LOGICAL 60 H_HYPERVISOR_DATA
        64 H_EOI 68 H_CPPR 6c H_IPI 70 H_IPOLL 74 H_XIRR 78 H_MIGRATE_DMA 7c H_PERFMON
        dc H_REGISTER_VPA e0 H_CEDE e4 H_CONFER e8 H_PROD ec H_GET_PPP f0 H_SET_PPP
        f4 H_PURR f8 H_PIC fc H_REG_CRQ 100 H_FREE_CRQ 104 H_VIO_SIGNAL 108 H_SEND_CRQ
        10c H_PUT_RTCE 110 H_COPY_RDMA 114 H_REGISTER_LOGICAL_LAN 118 H_FREE_LOGICAL_LAN
        11c H_ADD_LOGICAL_LAN_BUFFER 120 H_SEND_LOGICAL_LAN 124 H_BULK_REMOVE
        130 H_MULTICAST_CTRL 134 H_SET_XDABR 138 H_STUFF_TCE 13c H_PUT_TCE_INDIRECT
        140 H_PUT_RTCE_INDIRECT 14c H_CHANGE_LOGICAL_LAN_MAC 150 H_VTERM_PARTNER_INFO
        154 H_REGISTER_VTERM 158 H_FREE_VTERM 15c H_RESET_EVENTS 160 H_ALLOC_RESOURCE
        164 H_FREE_RESOURCE 168 H_MODIFY_QP 16c H_QUERY_QP 170 H_REREGISTER_PMR
        174 H_REGISTER_SMR 178 H_QUERY_MR 17c H_QUERY_MW 180 H_QUERY_HCA 184 H_QUERY_PORT
        188 H_MODIFY_PORT 18c H_DEFINE_AQP1 190 H_GET_TRACE_BUFFER 194 H_DEFINE_AQP0
        198 H_RESIZE_MR 19c H_ATTACH_MCQP 1a0 H_DETACH_MCQP 1a4 H_CREATE_RPT
        1a8 H_REMOVE_RPT 1ac H_REGISTER_RPAGES 1b0 H_DISABLE_AND_GETC 1b4 H_ERROR_DATA
        1b8 H_GET_HCA_INFO 1bc H_GET_PERF_COUNT 1c0 H_MANAGE_TRACE
        1d4 H_FREE_LOGICAL_LAN_BUFFER 1d8 H_POLL_PENDING 1e4 H_QUERY_INT_STATE
        240 H_LIOBN_ATTRIBUTES 244 H_ILLAN_ATTRIBUTES 24c H_REMOVE_RTCE 250 H_MODIFY_HEA_QP
        254 H_QUERY_HEA_QP 258 H_QUERY_HEA 25c H_QUERY_HEA_PORT 260 H_MODIFY_HEA_PORT
        264 H_REG_BCMC 268 H_DEREG_BCMC 26c H_REGISTER_HEA_RPAGES 270 H_DISABLE_AND_GET_HEA
        274 H_GET_HEA_INFO 278 H_ALLOC_HEA_RESOURCE 284 H_ADD_CONN 288 H_DEL_CONN 298 H_JOIN
        2a4 H_VASI_STATE 2a8 H_VIOCTL 2b0 H_ENABLE_CRQ 2b8 H_GET_EM_PARMS 2d0 H_SET_MPP
        2d4 H_GET_MPP 2dc H_REG_SUB_CRQ 2e0 H_FREE_SUB_CRQ 2e4 H_SEND_SUB_CRQ
        2e8 H_SEND_SUB_CRQ_INDIRECT 2ec H_HOME_NODE_ASSOCIATIVITY 2f4 H_BEST_ENERGY
        2fc H_XIRR_X 300 H_RANDOM 304 H_COP 314 H_GET_MPP_X 31c H_SET_MODE f000 H_RTAS
      """;

  /** Made when a name is asked for first. */
  private static final class Names {
    private static final Map<Long, String> BY_NUMBER = new HashMap<>();
    private static final Map<String, Long> BY_NAME = new HashMap<>();

    static {
      String[] words = TABLE.strip().split("\\s+", -1);
      for (int i = 0; i < words.length; i += 2) {
        long number = Long.parseLong(words[i], 16);
        BY_NUMBER.put(number, words[i + 1]);
        BY_NAME.put(words[i + 1], number);
      }
    }
  }

  private Opcodes() {}

  /** The call with that number by its name, or by the number if it has none. */
  public static String name(long opcode) {
    String name = Names.BY_NUMBER.get(opcode);
    return name == null ? "hcall " + Hex.of(opcode) : name;
  }

  /** The number of the call with that name, empty if there is no such call. */
  public static OptionalLong number(String name) {
    Long number = Names.BY_NAME.get(name);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
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

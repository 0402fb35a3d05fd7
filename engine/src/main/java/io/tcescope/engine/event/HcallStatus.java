package io.tcescope.engine.event;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Hypervisor call statuses by name (Linux {@code asm/hvcall.h}, LoPAR "Hypervisor Call Status
 * Values").
 */
public final class HcallStatus {
  /** The call did what it was asked. */
  public static final long H_SUCCESS = 0;

  /** The page of a read entry is not owned by the caller. */
  public static final long H_PARTIAL = 5;

  /** Inside KVM only: the call continues in user space, the guest never sees this. */
  public static final long H_TOO_HARD = 9999;

  /** An argument is out of range; QEMU's only failure of a TCE call. */
  public static final long H_PARAMETER = -4;

  /** The entitlement to map memory is used up; the one failure Linux hands on to the driver. */
  public static final long H_NOT_ENOUGH_RESOURCES = -44;

  /** The fourth argument is bad: PowerVM's answer to an oversized count. */
  public static final long H_P4 = -57;

  private static final Map<Long, String> NAMES = new HashMap<>();
  private static final Map<String, Long> VALUES = new LinkedHashMap<>();

  /** Each status and its name; of two names the first is the one to show. */
  private static final String TABLE =
      """
        0 H_SUCCESS 1 H_BUSY 2 H_CLOSED 3 H_NOT_AVAILABLE 4 H_CONSTRAINED 5 H_PARTIAL
        14 H_IN_PROGRESS 15 H_PAGE_REGISTERED 16 H_PARTIAL_STORE 17 H_PENDING 18 H_CONTINUE
        9900 H_LONG_BUSY_ORDER_1_MSEC 9900 H_LONG_BUSY_START_RANGE
        9901 H_LONG_BUSY_ORDER_10_MSEC 9902 H_LONG_BUSY_ORDER_100_MSEC
        9903 H_LONG_BUSY_ORDER_1_SEC 9904 H_LONG_BUSY_ORDER_10_SEC
        9905 H_LONG_BUSY_ORDER_100_SEC 9905 H_LONG_BUSY_END_RANGE 9999 H_TOO_HARD
        -1 H_HARDWARE -2 H_FUNCTION -3 H_PRIVILEGE -4 H_PARAMETER -5 H_BAD_MODE
        -6 H_PTEG_FULL -7 H_NOT_FOUND -8 H_RESERVED_DABR -9 H_NO_MEM -10 H_AUTHORITY
        -11 H_PERMISSION -12 H_DROPPED -13 H_SOURCE_PARM -14 H_DEST_PARM -15 H_REMOTE_PARM
        -16 H_RESOURCE -17 H_ADAPTER_PARM -18 H_RH_PARM -19 H_RCQ_PARM -20 H_SCQ_PARM
        -21 H_EQ_PARM -22 H_RT_PARM -23 H_ST_PARM -24 H_SIGT_PARM -25 H_TOKEN_PARM
        -27 H_MLENGTH_PARM -28 H_MEM_PARM -29 H_MEM_ACCESS_PARM -30 H_ATTR_PARM
        -31 H_PORT_PARM -32 H_MCG_PARM -33 H_VL_PARM -34 H_TSIZE_PARM -35 H_TRACE_PARM
        -37 H_MASK_PARM -38 H_MCG_FULL -39 H_ALIAS_EXIST -40 H_P_COUNTER -41 H_TABLE_FULL
        -42 H_ALT_TABLE -43 H_MR_CONDITION -44 H_NOT_ENOUGH_RESOURCES -45 H_R_STATE
        -46 H_RESCINDED -55 H_P2 -56 H_P3 -57 H_P4 -58 H_P5 -59 H_P6 -60 H_P7 -61 H_P8
        -62 H_P9 -64 H_TOO_BIG -68 H_OVERLAP -69 H_INTERRUPT -70 H_BAD_DATA -71 H_NOT_ACTIVE
        -72 H_SG_LIST -73 H_OP_MODE -74 H_COP_HW -256 H_UNSUPPORTED_FLAG_START
        -511 H_UNSUPPORTED_FLAG_END -9005 H_MULTI_THREADS_ACTIVE -9006 H_OUTSTANDING_COP_OPS
      """;

  static {
    String[] words = TABLE.strip().split("\\s+", -1);
    for (int i = 0; i < words.length; i += 2) {
      long status = Long.parseLong(words[i]);
      NAMES.putIfAbsent(status, words[i + 1]);
      VALUES.put(words[i + 1], status);
    }
  }

  private HcallStatus() {}

  /** The status of such a call: the hypervisor's by name; RTAS's are other ones, by number. */
  public static String text(EventKind kind, long status) {
    return kind.group() == EventKind.Group.DDW ? Long.toString(status) : name(status);
  }

  /** The status by name, or its signed decimal value if it has none. */
  public static String name(long status) {
    String name = NAMES.get(status);
    return name == null ? Long.toString(status) : name;
  }

  /** All names there are. */
  public static List<String> names() {
    return List.copyOf(VALUES.keySet());
  }

  /** The value of a status given by name ("H_PARAMETER"), empty if there is no such name. */
  public static OptionalLong value(String name) {
    Long value = VALUES.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}

package io.tcescope.engine.event;

import java.util.HashMap;
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
  private static final Map<String, Long> VALUES = new HashMap<>();

  static {
    name(H_SUCCESS, "H_SUCCESS");
    name(1, "H_BUSY");
    name(2, "H_CLOSED");
    name(3, "H_NOT_AVAILABLE");
    name(4, "H_CONSTRAINED");
    name(H_PARTIAL, "H_PARTIAL");
    name(14, "H_IN_PROGRESS");
    name(9900, "H_LONG_BUSY_ORDER_1_MSEC");
    name(9901, "H_LONG_BUSY_ORDER_10_MSEC");
    name(9902, "H_LONG_BUSY_ORDER_100_MSEC");
    name(9903, "H_LONG_BUSY_ORDER_1_SEC");
    name(9904, "H_LONG_BUSY_ORDER_10_SEC");
    name(9905, "H_LONG_BUSY_ORDER_100_SEC");
    name(H_TOO_HARD, "H_TOO_HARD");
    name(-1, "H_HARDWARE");
    name(-2, "H_FUNCTION");
    name(-3, "H_PRIVILEGE");
    name(H_PARAMETER, "H_PARAMETER");
    name(-5, "H_BAD_MODE");
    name(-7, "H_NOT_FOUND");
    name(-9, "H_NO_MEM");
    name(-10, "H_AUTHORITY");
    name(-11, "H_PERMISSION");
    name(-12, "H_DROPPED");
    name(-16, "H_RESOURCE");
    name(H_NOT_ENOUGH_RESOURCES, "H_NOT_ENOUGH_RESOURCES");
    name(-46, "H_RESCINDED");
    name(-55, "H_P2");
    name(-56, "H_P3");
    name(H_P4, "H_P4");
    name(-58, "H_P5");
    name(-59, "H_P6");
    name(-60, "H_P7");
    name(-61, "H_P8");
    name(-62, "H_P9");
  }

  private HcallStatus() {}

  private static void name(long value, String name) {
    NAMES.put(value, name);
    VALUES.put(name, value);
  }

  /** The status by name, or its signed decimal value if it has none. */
  public static String name(long status) {
    String name = NAMES.get(status);
    return name == null ? Long.toString(status) : name;
  }

  /** The value of a status given by name ("H_PARAMETER"), empty if there is no such name. */
  public static OptionalLong value(String name) {
    Long value = VALUES.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}

package io.tcescope.traces.tracedat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Recordings of two types of record on three processors, made from a seed. */
final class RandomDat {
  /** What every format begins with. */
  static final String COMMON =
      """
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
      \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      """;

  private static final String HCALL =
      "name: hcall_exit\nID: 300\n"
          + COMMON
          + """
          \tfield:unsigned long opcode;\toffset:8;\tsize:8;\tsigned:0;
          \tfield:long retval;\toffset:16;\tsize:8;\tsigned:1;

          print fmt: "opcode=%lu retval=%ld", REC->opcode, REC->retval
          """;

  private static final String DMA =
      "name: dma_map_page\nID: 301\n"
          + COMMON
          + """
          \tfield:__data_loc char[] device;\toffset:8;\tsize:4;\tsigned:0;
          \tfield:u64 phys_addr;\toffset:16;\tsize:8;\tsigned:0;
          \tfield:u64 dma_addr;\toffset:24;\tsize:8;\tsigned:0;
          \tfield:size_t size;\toffset:32;\tsize:8;\tsigned:0;

          print fmt: "%s dma_addr=%llx size=%zu phys_addr=%llx", __get_str(device), REC->dma_addr, REC->size, REC->phys_addr
          """;

  private RandomDat() {}

  /**
   * A writer that holds so many records.
   *
   * @param expected takes each as it is shown
   */
  static DatWriter of(long seed, ByteOrder order, int records, List<String> expected) {
    RandomGenerator random = new SplittableRandom(seed);
    DatWriter writer = writer(order, 3);
    long time = 5_000_000_000L;
    for (int i = 1; i <= records; i++) {
      time += 1L + (i % 97 == 0 ? 3_000_000_000L : random.nextInt(5000));
      int cpu = random.nextInt(3);
      int thread = 17 + random.nextInt(2);
      String place =
          i
              + ":"
              + i
              + "@0 "
              + time
              + "/9 ["
              + cpu
              + "] "
              + (thread == 17 ? "modprobe" : "kworker/u9:0")
              + "-"
              + thread
              + " ";
      if (random.nextBoolean()) {
        long opcode = random.nextInt(1 << 16);
        long status = random.nextInt(9) - 4L;
        writer.record(cpu, time, hcall(order, thread, opcode, status));
        expected.add(
            place + "HCALL hcall_exit status=" + status + " id=0x" + Long.toHexString(opcode));
      } else {
        long address = random.nextLong() >>> 4;
        byte[] device = "0001:00:02.0\0".getBytes(StandardCharsets.US_ASCII);
        byte[] data = new byte[40 + device.length + random.nextInt(200)];
        ByteBuffer fields = begin(data, order, 301, thread);
        fields.putInt((data.length - 40) << 16 | 40).putInt(0);
        fields.putLong(0x1000).putLong(address).putLong(64).put(device);
        writer.record(cpu, time, data);
        expected.add(
            place
                + "DMA_MAP dma_map_page ioba=0x"
                + Long.toHexString(address)
                + " size=0x40 real=0x1000 device=0001:00:02.0");
      }
    }
    return writer;
  }

  /** A writer of the two types of record: hypervisor calls, and a driver's mappings. */
  static DatWriter writer(ByteOrder order, int cpus) {
    return new DatWriter(order, cpus).format(HCALL).format(DMA);
  }

  /** A record with its common fields, to be filled on. */
  static ByteBuffer begin(byte[] data, ByteOrder order, int type, int thread) {
    return ByteBuffer.wrap(data)
        .order(order)
        .putShort((short) type)
        .putShort((short) 0)
        .putInt(thread);
  }

  static byte[] hcall(ByteOrder order, int thread, long opcode, long status) {
    byte[] data = new byte[24];
    begin(data, order, 300, thread).putLong(opcode).putLong(status);
    return data;
  }
}

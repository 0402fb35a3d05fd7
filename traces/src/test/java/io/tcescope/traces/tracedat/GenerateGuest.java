package io.tcescope.traces.tracedat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Writes what a guest records, large: {@code GenerateGuest SEED EVENTS FOLDER} makes {@code
 * large.dat} (version 6, two processors) and {@code large.ftrace}, the same records as the kernel
 * prints them. Same seed, same bytes.
 */
public final class GenerateGuest {
  private static final byte[] DEVICE = "0001:00:02.0\0".getBytes(StandardCharsets.US_ASCII);

  private final Random random;
  private final DatWriter writer = RandomDat.writer(ByteOrder.LITTLE_ENDIAN, 2);
  private final PrintStream text;
  private long time = 5_000_000_000L;

  private GenerateGuest(long seed, PrintStream text) {
    random = new Random(seed);
    this.text = text;
  }

  public static void main(String[] args) throws IOException {
    write(Long.parseLong(args[0]), Long.parseLong(args[1]), Path.of(args[2]));
  }

  /** Makes the two files. */
  public static void write(long seed, long events, Path folder) throws IOException {
    Path ftrace = folder.resolve("large.ftrace");
    try (PrintStream text =
        new PrintStream(
            new BufferedOutputStream(Files.newOutputStream(ftrace), 1 << 20),
            false,
            StandardCharsets.US_ASCII)) {
      text.print("# tracer: nop\n#\n");
      GenerateGuest recording = new GenerateGuest(seed, text);
      for (long i = 0; i < events; i++) {
        recording.record();
      }
      Files.write(folder.resolve("large.dat"), recording.writer.version6());
    }
  }

  private void record() {
    time += 1000L + random.nextInt(5000);
    int cpu = random.nextInt(16) == 0 ? 1 : 0;
    text.printf(
        Locale.ROOT,
        "        modprobe-17      [%03d] d....  %4d.%06d: ",
        cpu,
        time / 1_000_000_000,
        time / 1000 % 1_000_000);
    if (random.nextBoolean()) {
      long status = random.nextInt(8) == 0 ? -4 : 0;
      writer.record(cpu, time, RandomDat.hcall(ByteOrder.LITTLE_ENDIAN, 17, 316, status));
      text.printf("hcall_exit: opcode=316 retval=%d%n", status);
    } else {
      long address = random.nextInt(1 << 20) * 4096L;
      map(cpu, address);
      text.printf("dma_map_page: 0001:00:02.0 dma_addr=%x size=64 phys_addr=1000%n", address);
    }
  }

  private void map(int cpu, long address) {
    byte[] data = new byte[40 + DEVICE.length];
    ByteBuffer fields = RandomDat.begin(data, ByteOrder.LITTLE_ENDIAN, 301, 17);
    fields.putInt((DEVICE.length << 16) | 40).putInt(0);
    fields.putLong(0x1000).putLong(address).putLong(64).put(DEVICE);
    writer.record(cpu, time, data);
  }
}

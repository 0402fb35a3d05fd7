package io.tcescope.traces.tracedat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Writes trace.dat files as trace-cmd does, of either version and byte order. */
final class DatWriter {
  private static final int PAGE = 4096;
  private static final int PAGE_HEADER = 16;

  private final ByteOrder order;
  private final List<String> formats = new ArrayList<>();
  private final List<ByteArrayOutputStream> processors = new ArrayList<>();
  private final List<ByteBuffer> open = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private String kallsyms = "";

  DatWriter(ByteOrder order, int cpus) {
    this.order = order;
    for (int i = 0; i < cpus; i++) {
      processors.add(new ByteArrayOutputStream());
      open.add(ByteBuffer.allocate(0));
      times.add(0L);
    }
  }

  DatWriter format(String text) {
    formats.add(text);
    return this;
  }

  /** Lines of {@code /proc/kallsyms}. */
  DatWriter kallsyms(String lines) {
    kallsyms = lines;
    return this;
  }

  /** Appends a record; {@code data} begins with the two bytes of its type. */
  void record(int cpu, long time, byte[] data) {
    int words = (data.length + 3) / 4;
    if (open.get(cpu).remaining() < 4 * words + 20) {
      nextPage(cpu, time, 0);
    }
    ByteBuffer page = open.get(cpu);
    long delta = time - times.get(cpu);
    times.set(cpu, time);
    if (delta >= 1 << 27) {
      page.putInt(header(30, delta & ((1 << 27) - 1)));
      page.putInt((int) (delta >>> 27));
      delta = 0;
    }
    if (words <= 28) {
      page.putInt(header(words, delta));
    } else {
      page.putInt(header(0, delta));
      page.putInt(4 * words + 4);
    }
    page.put(data);
    page.put(new byte[4 * words - data.length]);
  }

  /** Begins a page that says that so many records are missing before it. */
  void lose(int cpu, long time, int count) {
    nextPage(cpu, time, count);
  }

  private int header(int type, long delta) {
    return order == ByteOrder.BIG_ENDIAN ? type << 27 | (int) delta : type | (int) delta << 5;
  }

  private void nextPage(int cpu, long time, int lost) {
    flush(cpu);
    ByteBuffer page = ByteBuffer.allocate(PAGE).order(order);
    page.putLong(time);
    page.putLong(lost);
    page.limit(PAGE - 8);
    open.set(cpu, page);
    times.set(cpu, time);
  }

  private void flush(int cpu) {
    ByteBuffer page = open.get(cpu);
    if (page.capacity() == 0) {
      return;
    }
    int length = page.position() - PAGE_HEADER;
    page.limit(PAGE);
    long lost = page.getLong(8);
    long flags = lost == 0 ? 0 : 0xC000_0000L;
    if (lost != 0) {
      page.putLong(page.position(), lost);
    }
    page.putLong(8, length | flags);
    byte[] written = new byte[PAGE];
    page.get(0, written);
    processors.get(cpu).writeBytes(written);
  }

  byte[] version6() {
    flushAll();
    ByteArrayOutputStream out = start("6");
    out.writeBytes(headerInfo());
    out.writeBytes(u32(0));
    out.writeBytes(eventFormats());
    out.writeBytes(kallsyms());
    out.writeBytes(u32(0));
    out.writeBytes(cmdlines());
    out.writeBytes(u32(processors.size()));
    out.writeBytes(string("options  "));
    out.writeBytes(u16(0));
    out.writeBytes(string("flyrecord"));
    long at = aligned(out.size() + 16L * processors.size());
    for (ByteArrayOutputStream processor : processors) {
      out.writeBytes(u64(at));
      out.writeBytes(u64(processor.size()));
      at += processor.size();
    }
    align(out);
    processors.forEach(processor -> out.writeBytes(processor.toByteArray()));
    return out.toByteArray();
  }

  byte[] version7(String compression) {
    flushAll();
    ByteArrayOutputStream out = start("7");
    out.writeBytes(string(compression));
    out.writeBytes(string("1"));
    int options = out.size();
    out.writeBytes(u64(0));
    long info = section(out, 16, headerInfo(), compression);
    long events = section(out, 18, eventFormats(), compression);
    long symbols = section(out, 19, kallsyms(), compression);
    long tasks = section(out, 21, cmdlines(), compression);
    long buffer = out.size();
    boolean packed = !compression.equals("none");
    out.writeBytes(sectionHeader(3, packed, 0));
    ByteArrayOutputStream places = new ByteArrayOutputStream();
    for (int cpu = 0; cpu < processors.size(); cpu++) {
      byte[] data = processors.get(cpu).toByteArray();
      byte[] written = packed ? chunks(data, compression) : data;
      if (!packed) {
        align(out);
      }
      places.writeBytes(u32(cpu));
      places.writeBytes(u64(out.size()));
      places.writeBytes(u64(written.length));
      out.writeBytes(written);
    }
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    option(
        list,
        3,
        join(
            u64(buffer),
            string(""),
            string("local"),
            u32(PAGE),
            u32(processors.size()),
            places.toByteArray()));
    option(list, 16, u64(info));
    option(list, 18, u64(events));
    option(list, 19, u64(symbols));
    option(list, 21, u64(tasks));
    option(list, 0, u64(0));
    long at = section(out, 0, list.toByteArray(), "none");
    byte[] file = out.toByteArray();
    ByteBuffer.wrap(file).order(order).putLong(options, at);
    return file;
  }

  /** A processor's pages are mapped, so they begin where a page of memory can. */
  private static void align(ByteArrayOutputStream out) {
    out.writeBytes(new byte[(int) (aligned(out.size()) - out.size())]);
  }

  private static long aligned(long at) {
    return (at + PAGE - 1) / PAGE * PAGE;
  }

  private void flushAll() {
    for (int cpu = 0; cpu < processors.size(); cpu++) {
      flush(cpu);
    }
  }

  private ByteArrayOutputStream start(String version) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(DatParser.MAGIC);
    out.writeBytes(string(version));
    out.write(order == ByteOrder.BIG_ENDIAN ? 1 : 0);
    out.write(8);
    out.writeBytes(u32(PAGE));
    return out;
  }

  private byte[] headerInfo() {
    byte[] page =
        "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n\tfield: char data;\toffset:16;\tsize:4080;\tsigned:0;\n"
            .getBytes(StandardCharsets.US_ASCII);
    return join(string("header_page"), u64(page.length), page, string("header_event"), u64(0));
  }

  private byte[] eventFormats() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(u32(1));
    out.writeBytes(string("tce"));
    out.writeBytes(u32(formats.size()));
    for (String format : formats) {
      byte[] text = format.getBytes(StandardCharsets.US_ASCII);
      out.writeBytes(u64(text.length));
      out.writeBytes(text);
    }
    return out.toByteArray();
  }

  private byte[] kallsyms() {
    byte[] lines = kallsyms.getBytes(StandardCharsets.US_ASCII);
    return join(u32(lines.length), lines);
  }

  private byte[] cmdlines() {
    byte[] lines = "17 modprobe\n18 kworker/u9:0\n".getBytes(StandardCharsets.US_ASCII);
    return join(u64(lines.length), lines);
  }

  private long section(ByteArrayOutputStream out, int id, byte[] data, String compression) {
    long at = out.size();
    boolean packed = !compression.equals("none");
    byte[] written = packed ? chunk(data, compression) : data;
    out.writeBytes(sectionHeader(id, packed, written.length));
    out.writeBytes(written);
    return at;
  }

  private byte[] sectionHeader(int id, boolean packed, long size) {
    return join(u16(id), u16(packed ? 1 : 0), u32(0), u64(size));
  }

  private void option(ByteArrayOutputStream out, int id, byte[] data) {
    out.writeBytes(join(u16(id), u32(data.length), data));
  }

  /** Two pages in a chunk. */
  private byte[] chunks(byte[] data, String compression) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = 2 * PAGE;
    out.writeBytes(u32((data.length + size - 1) / size));
    for (int from = 0; from < data.length; from += size) {
      byte[] part = java.util.Arrays.copyOfRange(data, from, Math.min(data.length, from + size));
      out.writeBytes(chunk(part, compression));
    }
    return out.toByteArray();
  }

  private byte[] chunk(byte[] data, String compression) {
    byte[] packed = compression.equals("zstd") ? Zstd.compress(data) : deflate(data);
    return join(u32(packed.length), u32(data.length), packed);
  }

  private static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater();
    deflater.setInput(data);
    deflater.finish();
    byte[] room = new byte[2 * data.length + 64];
    int length = deflater.deflate(room);
    deflater.end();
    return java.util.Arrays.copyOf(room, length);
  }

  private byte[] u16(int value) {
    return ByteBuffer.allocate(2).order(order).putShort((short) value).array();
  }

  private byte[] u32(long value) {
    return ByteBuffer.allocate(4).order(order).putInt((int) value).array();
  }

  private byte[] u64(long value) {
    return ByteBuffer.allocate(8).order(order).putLong(value).array();
  }

  private static byte[] string(String text) {
    return (text + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}

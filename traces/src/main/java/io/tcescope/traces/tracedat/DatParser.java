package io.tcescope.traces.tracedat;

import io.tcescope.traces.format.UnreadableRecordingException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the headers of a trace.dat. */
final class DatParser {
  /** The three bytes and the word that every trace.dat begins with. */
  static final byte[] MAGIC = {0x17, 0x08, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g'};

  private static final int MOST_PROCESSORS = 1 << 16;

  private static final int OPTION_DONE = 0;
  private static final int OPTION_BUFFER = 3;
  private static final int OPTION_OFFSET = 7;
  private static final int OPTION_TSC2NSEC = 14;
  private static final int OPTION_HEADER_INFO = 16;
  private static final int OPTION_FTRACE_EVENTS = 17;
  private static final int OPTION_EVENT_FORMATS = 18;
  private static final int OPTION_KALLSYMS = 19;
  private static final int OPTION_CMDLINES = 21;

  private static final Pattern COMMIT = Pattern.compile("commit;\\s*offset:\\d+;\\s*size:(\\d)");
  private static final Pattern DATA = Pattern.compile("data;\\s*offset:(\\d{1,4})");

  private final Map<Integer, EventFormat> formats = new HashMap<>();
  private final Map<Long, String> tasks = new HashMap<>();
  private final List<RingBuffer> buffers = new ArrayList<>();
  private final List<String> damages = new ArrayList<>();
  private MemoryWords words;
  private MemoryWords kallsyms;
  private int pageSize;
  private int commitSize = 8;
  private int dataOffset = 16;
  private long multiplier = 1;
  private int shift;
  private long offset;

  private DatParser(MemorySegment bytes) {
    words = new MemoryWords(bytes, false);
    kallsyms = words.in(MemorySegment.NULL);
  }

  static DatFile parse(MemorySegment bytes) throws UnreadableRecordingException {
    return new DatParser(bytes).file();
  }

  private DatFile file() throws UnreadableRecordingException {
    Cursor in = new Cursor(words, MAGIC.length);
    String version = in.string();
    words = new MemoryWords(words.bytes, in.u8() == 1);
    in = new Cursor(words, in.position());
    in.take(1);
    pageSize = (int) in.u32();
    if (pageSize < 64 || pageSize > 1 << 24) {
      throw new UnreadableRecordingException("trace.dat with pages of " + pageSize + " bytes");
    }
    switch (version) {
      case "6" -> version6(in);
      case "7" -> version7(in);
      default -> throw new UnreadableRecordingException("trace.dat of version " + version);
    }
    if (buffers.isEmpty()) {
      String why = damages.isEmpty() ? "trace.dat without records" : damages.getFirst();
      throw new UnreadableRecordingException(why);
    }
    boolean hasProbes = formats.values().stream().anyMatch(f -> f.place() != null);
    Symbols symbols = hasProbes ? Symbols.of(kallsyms) : Symbols.NONE;
    DatFile.DatClock clock = new DatFile.DatClock(multiplier, shift, offset);
    return new DatFile(formats, tasks, buffers, symbols, clock, damages);
  }

  // Version 6: one part behind the other

  private void version6(Cursor in) throws UnreadableRecordingException {
    headerInfo(in);
    ftraceEvents(in);
    eventFormats(in);
    kallsyms = kallsyms(in);
    in.take(in.u32()); // printk formats
    cmdlines(in);
    long processors = in.u32();
    String kind = in.text(10);
    if (kind.startsWith("options")) {
      options6(in);
      kind = in.text(10);
    }
    if (!kind.startsWith("flyrecord")) {
      throw new UnreadableRecordingException("trace.dat of the latency tracer, without records");
    }
    for (int cpu = 0; cpu < Math.min(processors, MOST_PROCESSORS); cpu++) {
      long at = in.u64();
      long size = in.u64();
      buffer(cpu, clipped(cpu, at, size));
    }
  }

  private void options6(Cursor in) throws UnreadableRecordingException {
    for (int id = in.u16(); id != OPTION_DONE; id = in.u16()) {
      long size = in.u32();
      option(id, new Cursor(words.in(in.bytes(size)), 0), size);
    }
  }

  /** Options that mean the same in both versions. */
  private void option(int id, Cursor data, long size) throws UnreadableRecordingException {
    switch (id) {
      case OPTION_OFFSET -> offset += number(data.text(size));
      case OPTION_TSC2NSEC -> {
        if (size >= 16) {
          multiplier = data.u32();
          shift = (int) data.u32() & 63;
          offset -= data.u64();
        }
      }
      default -> {}
    }
  }

  private static long number(String text) {
    try {
      return Long.decode(text.replace("\0", "").strip());
    } catch (NumberFormatException notNumber) {
      return 0;
    }
  }

  // Version 7: sections, found through options

  private void version7(Cursor in) throws UnreadableRecordingException {
    Sections sections = new Sections(words, in.string(), pageSize, damages);
    in.string();
    long first = in.u64();
    Set<Long> seen = new HashSet<>();
    List<Cursor> buffersFound = new ArrayList<>();
    part(
        () -> {
          for (long at = first; at != 0 && seen.add(at); ) {
            at = options7(sections.contents(at, OPTION_DONE), sections, buffersFound);
          }
        });
    // Their layout is in the header info, which may come behind them.
    for (Cursor buffer : buffersFound) {
      part(() -> buffer7(buffer, sections));
    }
  }

  /** Reads a part of the file. */
  private interface Part {
    void read() throws UnreadableRecordingException;
  }

  /** Reads a part if it can be: what stands elsewhere is read all the same. */
  private void part(Part part) {
    try {
      part.read();
    } catch (UnreadableRecordingException damaged) {
      damages.add(String.valueOf(damaged.getMessage()));
    }
  }

  /** Reads a section's options; says where more are, 0 if there are no more. */
  private long options7(Cursor in, Sections sections, List<Cursor> buffersFound)
      throws UnreadableRecordingException {
    while (!in.isAtEnd()) {
      int id = in.u16();
      long size = in.u32();
      Cursor data = new Cursor(words.in(in.bytes(size)), 0);
      switch (id) {
        case OPTION_DONE -> {
          return data.isAtEnd() ? 0 : data.u64();
        }
        case OPTION_BUFFER -> buffersFound.add(data);
        case OPTION_HEADER_INFO -> part(() -> headerInfo(sections.contents(data.u64(), id)));
        case OPTION_FTRACE_EVENTS -> part(() -> ftraceEvents(sections.contents(data.u64(), id)));
        case OPTION_EVENT_FORMATS -> part(() -> eventFormats(sections.contents(data.u64(), id)));
        case OPTION_KALLSYMS -> part(() -> kallsyms = kallsyms(sections.contents(data.u64(), id)));
        case OPTION_CMDLINES -> part(() -> cmdlines(sections.contents(data.u64(), id)));
        default -> option(id, data, size);
      }
    }
    throw new UnreadableRecordingException("trace.dat whose options have no end");
  }

  private void buffer7(Cursor data, Sections sections) throws UnreadableRecordingException {
    long at = data.u64();
    data.string();
    data.string();
    long count = data.u32();
    if (count == pageSize && !data.isAtEnd()) {
      // Since trace-cmd 3.2 the page size comes first.
      count = data.u32();
    }
    boolean packed = sections.isPacked(at, OPTION_BUFFER);
    for (long i = 0; i < Math.min(count, MOST_PROCESSORS); i++) {
      int cpu = (int) data.u32();
      long from = data.u64();
      long size = data.u64();
      buffer(cpu, packed ? sections.chunks(from, size) : clipped(cpu, from, size));
    }
  }

  // Parts that both versions have

  private void headerInfo(Cursor in) throws UnreadableRecordingException {
    in.string();
    String page = in.text(in.u64());
    Matcher commit = COMMIT.matcher(page);
    Matcher data = DATA.matcher(page);
    if (commit.find() && data.find()) {
      commitSize = Integer.parseInt(commit.group(1));
      dataOffset = Integer.parseInt(data.group(1));
    }
    in.string();
    in.take(in.u64());
  }

  private void ftraceEvents(Cursor in) throws UnreadableRecordingException {
    formats(in, in.u32());
  }

  private void eventFormats(Cursor in) throws UnreadableRecordingException {
    long systems = in.u32();
    for (long i = 0; i < systems; i++) {
      in.string();
      formats(in, in.u32());
    }
  }

  private void formats(Cursor in, long count) throws UnreadableRecordingException {
    for (long i = 0; i < count; i++) {
      EventFormat format = EventFormat.of(in.text(in.u64()));
      if (format.id() >= 0 && !format.name().isEmpty()) {
        formats.put(format.id(), format);
      }
    }
  }

  private MemoryWords kallsyms(Cursor in) throws UnreadableRecordingException {
    return words.in(in.bytes(in.u32()));
  }

  private void cmdlines(Cursor in) throws UnreadableRecordingException {
    for (String line : in.text(in.u64()).split("\n", -1)) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        tasks.put(number(line.substring(0, blank)), line.substring(blank + 1).strip());
      }
    }
  }

  /** What is there of a processor's data: a recording can be cut off. */
  private MemorySegment clipped(int cpu, long at, long size) {
    long from = Math.clamp(at, 0, words.size());
    long there = Math.clamp(size, 0, words.size() - from);
    if (there != size) {
      damages.add(
          "the last %d of %d bytes of processor %d are missing".formatted(size - there, size, cpu));
    }
    return words.bytes.asSlice(from, there);
  }

  private void buffer(int cpu, MemorySegment data) {
    buffers.add(new RingBuffer(words.in(data), cpu, pageSize, commitSize, dataOffset));
  }
}

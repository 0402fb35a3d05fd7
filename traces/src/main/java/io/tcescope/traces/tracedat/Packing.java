package io.tcescope.traces.tracedat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.tcescope.traces.format.UnreadableRecordingException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The packers that trace-cmd can be built with. */
final class Packing {
  private Packing() {}

  /** Unpacks what was {@code size} bytes before, by the packer that the file's header names. */
  static byte[] unpack(String compression, byte[] packed, int size)
      throws UnreadableRecordingException {
    try {
      return switch (compression) {
        case "zstd" -> Zstd.decompress(packed, size);
        case "zlib" -> inflate(packed, size);
        case "none" -> packed;
        default -> throw new UnreadableRecordingException("trace.dat packed with " + compression);
      };
    } catch (ZstdException | DataFormatException e) {
      UnreadableRecordingException damaged =
          new UnreadableRecordingException("trace.dat with a damaged section: " + e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static byte[] inflate(byte[] packed, int size) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] unpacked = new byte[size];
      inflater.inflate(unpacked);
      return unpacked;
    } finally {
      inflater.end();
    }
  }

  /** The parts of a section, in order, as one piece of memory. */
  static MemorySegment join(List<MemorySegment> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    long total = parts.stream().mapToLong(MemorySegment::byteSize).sum();
    MemorySegment all = Arena.ofAuto().allocate(Math.max(1, total), 8);
    long to = 0;
    for (MemorySegment part : parts) {
      MemorySegment.copy(part, 0, all, to, part.byteSize());
      to += part.byteSize();
    }
    return all;
  }
}

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
  /** No piece is larger; trace-cmd's chunks are some pages. */
  private static final long LARGEST_UNPACKED = 1L << 28;

  private Packing() {}

  /** Unpacks what was {@code size} bytes before, by the packer that the file's header names. */
  static byte[] unpack(String compression, byte[] packed, long size)
      throws UnreadableRecordingException {
    if (size > LARGEST_UNPACKED) {
      throw new UnreadableRecordingException("trace.dat with a section of " + size + " bytes");
    }
    try {
      return switch (compression) {
        case "zstd" -> whole(Zstd.decompress(packed, (int) size), size);
        case "zlib" -> inflate(packed, (int) size);
        case "none" -> whole(packed, size);
        default -> throw new UnreadableRecordingException("trace.dat packed with " + compression);
      };
    } catch (ZstdException | DataFormatException e) {
      UnreadableRecordingException damaged =
          new UnreadableRecordingException("trace.dat with a damaged section: " + e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static byte[] whole(byte[] unpacked, long size) throws DataFormatException {
    if (unpacked.length != size) {
      throw new DataFormatException(unpacked.length + " bytes where " + size + " belong");
    }
    return unpacked;
  }

  private static byte[] inflate(byte[] packed, int size) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] unpacked = new byte[size];
      int length = inflater.inflate(unpacked);
      // The checksum stands behind the last byte.
      inflater.inflate(new byte[1]);
      if (length != size || !inflater.finished()) {
        throw new DataFormatException("it is not of " + size + " bytes");
      }
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

package io.tcescope.traces.bytes;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.tukaani.xz.XZInputStream;

/** How a file is packed, told by its first bytes. */
enum Compression {
  NONE("") {
    @Override
    InputStream unpack(InputStream packed) {
      return packed;
    }
  },
  /** RFC 1952, "ID1 ID2". */
  GZIP("gzip", 0x1f, 0x8b) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return GzipStream.of(packed, BUFFER);
    }
  },
  /** RFC 8878, "Magic_Number". */
  ZSTD("zstd", 0x28, 0xb5, 0x2f, 0xfd) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return new ZstdInputStream(packed);
    }
  },
  /** The .xz File Format, 2.1.1.1 "Header Magic Bytes". */
  XZ("xz", 0xfd, '7', 'z', 'X', 'Z', 0) {
    @Override
    InputStream unpack(InputStream packed) throws IOException {
      return new XZInputStream(packed);
    }
  };

  /** Bytes that are enough to tell. */
  static final int MAGIC_LENGTH = 6;

  private static final int BUFFER = 1 << 16;

  private final String title;
  private final String magic;

  Compression(String title, int... magic) {
    this.title = title;
    this.magic = new String(magic, 0, magic.length);
  }

  /** The compression whose magic number these bytes begin with. */
  static Compression of(byte[] start) {
    for (Compression compression : values()) {
      if (compression != NONE && compression.begins(start)) {
        return compression;
      }
    }
    return NONE;
  }

  /** The compression of what the stream will give; it is left where it was. */
  static Compression of(BufferedInputStream stream) throws IOException {
    stream.mark(MAGIC_LENGTH);
    byte[] start = stream.readNBytes(MAGIC_LENGTH);
    stream.reset();
    return of(start);
  }

  private boolean begins(byte[] start) {
    return new String(start, StandardCharsets.ISO_8859_1).startsWith(magic);
  }

  String title() {
    return title;
  }

  /** The unpacked bytes; the stream throws where the packed ones are damaged. */
  abstract InputStream unpack(InputStream packed) throws IOException;
}

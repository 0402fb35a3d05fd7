package io.tcescope.traces.bytes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;

/**
 * The members of a gzip file one after the other. What follows the last one and is no gzip, padding
 * with zeros apart, may be what is left of another one: the JDK passes it over, here it is damage.
 */
final class GzipStream extends GZIPInputStream {
  /** Checksum and length behind a member (RFC 1952, section 2.3.1). */
  private static final int TRAILER = 8;

  private final Packed packed;

  /** Bytes of the file that the inflater has been given. */
  private long given;

  private GzipStream(Packed packed, int buffer) throws IOException {
    super(packed, buffer);
    this.packed = packed;
  }

  static GzipStream of(InputStream stream, int buffer) throws IOException {
    return new GzipStream(new Packed(stream), buffer);
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    given = packed.count;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    int read = super.read(into, from, most);
    if (read < 0) {
      lookBehind();
    }
    return read;
  }

  private void lookBehind() throws IOException {
    long end = given - inf.getRemaining() + TRAILER;
    packed.transferTo(OutputStream.nullOutputStream());
    if (packed.behindLastNonzero > end) {
      throw new IOException(
          packed.behindLastNonzero
              - end
              + " bytes from byte "
              + end
              + " of the file on are no gzip");
    }
  }

  /** Counts what is read of the file. */
  private static final class Packed extends FilterInputStream {
    long count;
    long behindLastNonzero;

    Packed(InputStream stream) {
      super(stream);
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      if (octet >= 0) {
        count++;
        behindLastNonzero = octet == 0 ? behindLastNonzero : count;
      }
      return octet;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int read = super.read(into, from, most);
      for (int i = read - 1; i >= 0; i--) {
        if (into[from + i] != 0) {
          behindLastNonzero = count + i + 1;
          break;
        }
      }
      count += Math.max(0, read);
      return read;
    }

    /** Never none: a pipe that has nothing yet may give another member all the same. */
    @Override
    public int available() {
      return 1;
    }
  }
}

package io.tcescope.cli.script;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Writes bytes of UTF-8, however they are cut, as text. */
final class Relay extends OutputStream {
  private static final int LONGEST_CHARACTER = 4;

  private final PrintWriter out;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** The beginning of a character whose rest is still to come. */
  private byte[] rest = {};

  Relay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    ByteBuffer in = ByteBuffer.allocate(rest.length + length);
    in.put(rest).put(bytes, offset, length).flip();
    CharBuffer text = CharBuffer.allocate(in.remaining() + LONGEST_CHARACTER);
    decoder.decode(in, text, false);
    rest = new byte[in.remaining()];
    in.get(rest);
    out.append(text.flip());
  }
}

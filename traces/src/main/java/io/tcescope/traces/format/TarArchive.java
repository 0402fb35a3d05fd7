package io.tcescope.traces.format;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Several files in one (POSIX.1 ustar). Nothing in it tells which of them are recordings, or that
 * they are of one run, so it is refused rather than read as if its first text were all.
 */
public final class TarArchive implements Format {
  private static final int MAGIC_PLACE = 257;
  private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

  @Override
  public boolean recognises(MemorySegment bytes) {
    return bytes.byteSize() >= MAGIC_PLACE + MAGIC.length
        && MemorySegment.ofArray(MAGIC).mismatch(bytes.asSlice(MAGIC_PLACE, MAGIC.length)) < 0;
  }

  @Override
  public Trace open(Recording recording) throws UnreadableRecordingException {
    throw new UnreadableRecordingException(
        "is a tar archive: unpack it and name the recordings in it, or their folder");
  }
}

package io.tcescope.traces.bytes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.tcescope.engine.event.TraceHealth;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

final class RecordingTest {
  private static final byte[] TEXT = text(3_000_000);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whateverTheCompressionTheBytesAreTheSame(Compression compression) throws IOException {
    Path file = Files.write(folder.resolve("recording"), pack(compression, TEXT));
    try (Recording recording = Recording.open(file, folder)) {
      assertThat(bytes(recording)).isEqualTo(TEXT);
      assertThat(health(recording).isDamaged()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamTooLargeForMemoryIsTheSameFromATemporaryFile(Compression compression)
      throws IOException {
    ByteArrayInputStream stream = new ByteArrayInputStream(pack(compression, TEXT));
    try (Recording recording = Recording.read("-", stream, folder, 1 << 20)) {
      assertThat(bytes(recording)).isEqualTo(TEXT);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aTruncatedStreamGivesWhatItHoldsAndSaysSo(Compression compression) throws IOException {
    byte[] packed = pack(compression, TEXT);
    byte[] cut = Arrays.copyOf(packed, packed.length * 2 / 3);
    Path file = Files.write(folder.resolve("cut"), cut);
    try (Recording recording = Recording.open(file, folder)) {
      byte[] bytes = bytes(recording);
      assertThat(bytes.length).isBetween(1_000_000, TEXT.length - 1);
      assertThat(bytes).isEqualTo(Arrays.copyOf(TEXT, bytes.length));

      TraceHealth.Skipped damaged =
          requireNonNull(health(recording).skipped().get("damaged compressed file"));
      assertThat(damaged.first()).hasSize(1);
      TraceHealth.Place place = damaged.first().getFirst();
      assertThat(place.file()).isEqualTo(file.toString());
      assertThat(place.line()).isEqualTo(77);
      assertThat(place.detail())
          .startsWith(compression.title() + " stream breaks off after " + bytes.length);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void severalPackedPiecesInOneFileAreOneRecording(Compression compression) throws IOException {
    byte[] pieces = join(pack(compression, part(0, 1000)), pack(compression, part(1000, 5000)));
    Path file = Files.write(folder.resolve("pieces"), pieces);
    try (Recording recording = Recording.open(file, folder)) {
      assertThat(bytes(recording)).isEqualTo(part(0, 5000));
      assertThat(health(recording).isDamaged()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void whatFollowsTheLastPieceAndIsNoneIsDamage(Compression compression) throws IOException {
    byte[] whole = join(pack(compression, part(0, 1000)), pack(compression, part(1000, 5000)));
    for (int length : new int[] {10, 17, 18, 19, 30, 1000, 200_000}) {
      Path file = Files.write(folder.resolve("garbage"), join(whole, part(7, 7 + length)));
      try (Recording recording = Recording.open(file, folder)) {
        assertThat(bytes(recording)).isEqualTo(part(0, 5000));
        assertThat(health(recording).isDamaged()).as("%d bytes", length).isTrue();
      }
    }
  }

  /** However the end of the last member lies to the buffer of whoever unpacks. */
  @Test
  void garbageBehindGzipIsToldWithItsPlaceAndPaddingIsNone() throws IOException {
    byte[] packed = new byte[0];
    while (packed.length < (1 << 16) + 60) {
      packed = join(packed, pack(Compression.GZIP, part(0, 20)));
      if (packed.length < (1 << 16) - 60) {
        continue;
      }
      for (byte[] behind : new byte[][] {{'x'}, {0, 0, 'x'}, part(0, 25), new byte[600]}) {
        byte[] file = join(packed, behind);
        try (Recording recording = Recording.read("a.gz", new ByteArrayInputStream(file), folder)) {
          assertThat(bytes(recording).length % 20).isZero();
          boolean padding = behind[behind.length - 1] == 0;
          assertThat(health(recording).isDamaged()).isEqualTo(!padding);
          if (!padding) {
            assertThat(health(recording).skipped().toString())
                .contains(
                    behind.length + " bytes from byte " + packed.length + " of the file on are no");
          }
        }
      }
    }
  }

  private static byte[] part(int from, int to) {
    return Arrays.copyOfRange(TEXT, from, to);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static TraceHealth health(Recording recording) {
    TraceHealth health = new TraceHealth();
    recording.reportDamage(health, 77);
    return health;
  }

  private static byte[] bytes(Recording recording) {
    return recording.bytes().toArray(ValueLayout.JAVA_BYTE);
  }

  private static byte[] pack(Compression compression, byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packer(compression, packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static OutputStream packer(Compression compression, OutputStream out) throws IOException {
    return switch (compression) {
      case NONE -> out;
      case GZIP -> new GZIPOutputStream(out);
      case ZSTD -> new ZstdOutputStream(out);
      case XZ -> new XZOutputStream(out, new LZMA2Options(0));
    };
  }

  private static byte[] text(int length) {
    byte[] text = new byte[length];
    Random random = new Random(11);
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + random.nextInt(16));
    }
    return text;
  }
}

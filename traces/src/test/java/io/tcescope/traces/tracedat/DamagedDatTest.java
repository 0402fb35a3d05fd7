package io.tcescope.traces.tracedat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.bytes.SideFile;
import io.tcescope.traces.format.UnreadableRecordingException;
import io.tcescope.traces.guest.Shown;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is missing of a trace.dat is told; what is there is read. */
final class DamagedDatTest {
  private static final Path REAL =
      Path.of("src/test/resources/corpus/linux612-trace-cmd/trace-v6-without-symbols.dat.zst");

  private static final int PAGE = 4096;

  /** What a file became; no events at all if it is refused. */
  private record Read(List<String> calls, TraceHealth health, boolean isRefused) {
    boolean isTold() {
      return isRefused || health.isLossy();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, PAGE, 10 * PAGE, 11 * PAGE + 7})
  void a_file_that_is_cut_off_anywhere_is_damaged(int missing) throws IOException {
    byte[] whole = SideFile.bytes(REAL);
    Read all = read(whole);
    assertThat(all.health().isLossy()).isFalse();
    Read cut = read(Arrays.copyOf(whole, whole.length - missing));
    assertThat(cut.health().isDamaged()).isTrue();
    assertThat(all.calls()).containsAll(cut.calls().subList(0, 10));
  }

  @ParameterizedTest
  @CsvSource({"1, none", "2, zstd", "3, zlib"})
  void bytes_that_are_missing_in_the_middle_are_told(long seed, String compression)
      throws IOException {
    byte[] whole = random(seed, compression);
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      int at = 32 + random.nextInt(whole.length - 200);
      int missing = 1 + random.nextInt(100);
      byte[] rest = Arrays.copyOf(whole, whole.length - missing);
      System.arraycopy(whole, at + missing, rest, at, rest.length - at);
      assertThat(read(rest).isTold()).as("seed %d, %d bytes at %d", seed, missing, at).isTrue();
    }
  }

  @Test
  void a_damaged_chunk_of_records_leaves_the_others() throws IOException {
    byte[] file = random(5, "zlib");
    List<String> all = read(file).calls();
    int damaged = 0;
    for (int at = file.length / 4; at < file.length / 2; at += 97) {
      byte[] flipped = file.clone();
      flipped[at] ^= 0x10;
      Read read = read(flipped);
      assertThat(read.isTold()).as("byte %d", at).isTrue();
      damaged += !read.isRefused() && read.calls().size() > all.size() / 4 ? 1 : 0;
    }
    assertThat(damaged).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 9, 11})
  void a_page_whose_header_is_damaged_is_told(int place) throws IOException {
    byte[] file = SideFile.bytes(REAL);
    int page = file.length - 5 * PAGE;
    file[page + place] ^= (byte) (place == 0 ? 0 : 0x20);
    if (place == 0) {
      Arrays.fill(file, page, page + PAGE, (byte) 0);
    }
    Read read = read(file);
    assertThat(read.health().isDamaged()).isTrue();
    assertThat(read.health().lostUnknown()).isTrue();
    assertThat(read.calls()).hasSizeGreaterThan(500);
  }

  /** A value that differs unseen differs in a bit of a field, which nothing can tell. */
  @Test
  void a_mutated_file_loses_no_record_unsaid() throws IOException {
    byte[] whole = SideFile.bytes(REAL);
    List<String> all = read(whole).calls();
    int records = whole.length - 19 * PAGE;
    for (int seed = 0; seed < 300; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      byte[] mutated = whole.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        mutated[records + random.nextInt(19 * PAGE)] = (byte) random.nextInt(256);
      }
      Read read = read(mutated);
      assertThat(read.isTold() || read.calls().size() == all.size()).as("seed %d", seed).isTrue();
    }
  }

  private static byte[] random(long seed, String compression) {
    DatWriter writer = RandomDat.of(seed, ByteOrder.LITTLE_ENDIAN, 2000, new ArrayList<>());
    return writer.version7(compression);
  }

  private static Read read(byte[] bytes) throws IOException {
    List<String> calls = new ArrayList<>();
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (Recording recording = Recording.read("x", new ByteArrayInputStream(bytes), temp);
        Trace trace = new TraceDatFormat().open(recording)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        if (event.kind() != EventKind.LOST) {
          calls.add(Shown.call(event));
        }
      }
      return new Read(calls, reader.health(), false);
    } catch (UnreadableRecordingException refused) {
      return new Read(calls, new TraceHealth(), true);
    }
  }
}

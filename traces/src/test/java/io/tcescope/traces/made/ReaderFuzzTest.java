package io.tcescope.traces.made;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.UnreadableTraceException;
import io.tcescope.traces.csv.CsvFormat;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.guest.Shown;
import io.tcescope.traces.qemulog.QemuLogFormat;
import io.tcescope.traces.simpletrace.SimpletraceFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged recordings: never a crash, a hang, or a record that vanishes without a word. */
@Timeout(120)
final class ReaderFuzzTest {
  private static final int INPUTS = 1000;
  private static final int EVENTS = 40;
  private static final int SIMPLETRACE_HEADER = 24;
  private static final Pattern BEGINS_AS_EVENT =
      Pattern.compile("^(\\d+@\\d+\\.\\d{6}:)?spapr_iommu_(pci_)?(put|get|stuff|indirect) .*");

  @TempDir Path folder;

  @Test
  void aDamagedTextLogHasAnEventForEveryLineAndEveryBadOneIsCounted() {
    for (long seed = 1; seed <= INPUTS; seed++) {
      byte[] bytes = Mutations.of(log(seed), 0, seed);
      Read read = read(new QemuLogFormat(), bytes, seed);
      assertThat(read.events).as("seed %d", seed).isEqualTo(lines(bytes));
      assertThat(read.position).as("seed %d", seed).isEqualTo(bytes.length);
      assertThat(read.unreadableCalls).as("seed %d", seed).isLessThanOrEqualTo(read.skipped);
    }
  }

  @Test
  void aDamagedBinaryIsReadOnBehindTheDamageAndEveryByteIsAccountedFor() {
    for (long seed = 1; seed <= INPUTS; seed++) {
      byte[] whole = binary(seed);
      byte[] bytes = Mutations.of(whole, SIMPLETRACE_HEADER, seed);
      Read read = read(new SimpletraceFormat(null), bytes, seed);
      boolean toTheEnd = read.position == bytes.length;
      assertThat(toTheEnd || read.health.isDamaged()).as("seed %d", seed).isTrue();
      boolean lacksEvents = read.events + read.skipped < EVENTS;
      boolean mayLack = read.health.isDamaged() || bytes.length < whole.length;
      assertThat(lacksEvents && !mayLack).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void aDamagedTableHasAnEventForEveryRowAndEveryBadOneIsCounted() {
    for (long seed = 1; seed <= INPUTS; seed++) {
      byte[] csv = csv(seed);
      int header = new String(csv, StandardCharsets.US_ASCII).indexOf('\n') + 1;
      byte[] bytes = Mutations.of(csv, header, seed);
      Read read = read(new CsvFormat(), bytes, seed);
      assertThat(read.position).as("seed %d", seed).isEqualTo(bytes.length);
      assertThat(read.badRows).as("seed %d", seed).isEqualTo(read.skipped);
    }
  }

  @Test
  void anyBytesAreATraceOrAClearRefusal() throws IOException {
    RandomGenerator random = new SplittableRandom(3);
    for (int i = 0; i < INPUTS; i++) {
      byte[] blob = Mutations.randomBytes(1 + random.nextInt(300), random);
      Path file = Files.write(folder.resolve("blob"), blob);
      assertThatThrownBy(() -> Traces.open(file, TraceOptions.NONE))
          .as("blob %d", i)
          .isInstanceOf(UnreadableTraceException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  /** What reading a recording to its end showed. */
  private record Read(
      long events,
      long unreadableCalls,
      long badRows,
      long skipped,
      long position,
      TraceHealth health) {}

  /** Reads all, and once more from the middle, which must be the same. */
  private static Read read(Format format, byte[] bytes, long seed) {
    try (Trace trace = Shown.open(format, bytes)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      long events = 0;
      long unreadableCalls = 0;
      long badRows = 0;
      while (reader.next(event)) {
        events++;
        assertThat(events).as("seed %d ends", seed).isLessThanOrEqualTo(bytes.length);
        boolean unread = event.kind() == EventKind.LOG || event.kind() == EventKind.LOST;
        unreadableCalls += unread && BEGINS_AS_EVENT.matcher(event.text()).matches() ? 1 : 0;
        badRows += unread && event.name().equals("bad row") ? 1 : 0;
      }
      TraceHealth health = reader.health();
      long skipped = health.skipped().values().stream().mapToLong(TraceHealth.Skipped::count).sum();
      List<String> all = Shown.read(trace);
      int from = all.size() / 2;
      assertThat(Shown.read(trace, from + 1, Integer.MAX_VALUE))
          .as("seed %d from event %d", seed, from + 1)
          .isEqualTo(all.stream().filter(shown -> ordinal(shown) > from).toList());
      return new Read(events, unreadableCalls, badRows, skipped, reader.position(), health);
    }
  }

  /** What is missing behind an event bears its ordinal. */
  private static int ordinal(String shown) {
    return Integer.parseInt(shown.substring(0, shown.indexOf(':')));
  }

  private static byte[] log(long seed) {
    LogWriter writer = new LogWriter(LogWriter.Prefix.THREAD_AND_TIME, "0x");
    StringBuilder log = new StringBuilder();
    RandomEvents events = new RandomEvents(seed);
    Event event = new Event();
    for (int i = 1; i <= EVENTS; i++) {
      log.append(writer.line(events.fill(event, i))).append('\n');
    }
    return log.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] binary(long seed) {
    SimpletraceWriter writer = new SimpletraceWriter(4, ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.begin(out);
    RandomEvents events = new RandomEvents(seed);
    Event event = new Event();
    for (int i = 1; i <= EVENTS; i++) {
      writer.event(out, events.fill(event, i));
    }
    return out.toByteArray();
  }

  private static byte[] csv(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder("call,liobn,ioba,pages,tce,list,ret,text\n");
    for (int i = 0; i < EVENTS; i++) {
      String address = "0x" + Long.toHexString(random.nextLong() >>> 20);
      csv.append(
          switch (random.nextInt(4)) {
            case 0 -> "H_PUT_TCE,0x80000000," + address + ",,0x3,,0,\n";
            case 1 -> "H_STUFF_TCE,0x80000000," + address + ",16,0x0,,H_PARAMETER,\n";
            case 2 -> "H_PUT_TCE_INDIRECT,8," + address + ",4,,0x1003..0x4003/0x1000,0,\n";
            default -> "log,,,,,,,\"a text, with a comma\"\n";
          });
    }
    return csv.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static long lines(byte[] bytes) {
    long lines = 0;
    for (byte b : bytes) {
      lines += b == '\n' ? 1 : 0;
    }
    return bytes.length > 0 && bytes[bytes.length - 1] != '\n' ? lines + 1 : lines;
  }
}

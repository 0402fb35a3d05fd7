package io.tcescope.traces.made;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.guest.Shown;
import io.tcescope.traces.parts.Parts;
import io.tcescope.traces.qemulog.QemuEvent;
import io.tcescope.traces.qemulog.QemuLogFormat;
import io.tcescope.traces.simpletrace.SimpletraceFormat;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecodingTest {
  private static final int EVENTS = 200_000;

  @Test
  void decodingATextLogAllocatesNothingPerEvent() {
    assertAllocatesNothing(Shown.open(new QemuLogFormat(), log(5, 1, EVENTS)));
  }

  @Test
  void decodingABinaryAllocatesNothingPerEvent() {
    assertAllocatesNothing(Shown.open(new SimpletraceFormat(null), binary(5, EVENTS)));
  }

  @Test
  void aDropRecordIsALostEventThatHasNoOrdinalOfItsOwn() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SimpletraceWriter writer = new SimpletraceWriter(4, ByteOrder.LITTLE_ENDIAN);
    Event event = new Event();
    RandomEvents events = new RandomEvents(1);
    writer.begin(out);
    writer.event(out, events.fill(event, 1));
    writer.dropped(out, 168);
    writer.name(out, 9999, "spapr_from_a_module");
    writer.event(out, events.fill(event, 2));
    writer.record(out, 9999, 7, 1, 2);
    writer.record(out, 8888, 7);
    try (Trace trace = Shown.open(new SimpletraceFormat(null), out.toByteArray())) {
      TraceReader reader = trace.read(1);
      assertThat(reader.next(event)).isTrue();
      assertThat(reader.next(event)).isTrue();
      assertThat(event.kind()).isEqualTo(EventKind.LOST);
      assertThat(event.ordinal()).isEqualTo(1);
      assertThat(event.size()).isEqualTo(168);
      assertThat(reader.next(event)).isTrue();
      assertThat(event.ordinal()).isEqualTo(2);
      assertThat(reader.next(event)).isTrue();
      assertThat(event.name()).isEqualTo("spapr_from_a_module");
      assertThat(reader.next(event)).isTrue();
      assertThat(event.ordinal()).isEqualTo(4);
      assertThat(reader.next(event)).isFalse();
      assertThat(reader.health().lost()).isEqualTo(168);
      assertThat(reader.health().events()).isEqualTo(4);
      assertThat(reader.health().skipped()).containsOnlyKeys("event number without a name");
      assertThat(trace.read(2).next(event)).isTrue();
      assertThat(event.kind()).isNotEqualTo(EventKind.LOST);
    }
  }

  @Test
  void aRecordOfPagesThatCannotBeIsSkippedAndCounted() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SimpletraceWriter writer = new SimpletraceWriter(4, ByteOrder.LITTLE_ENDIAN);
    writer.begin(out);
    writer.record(out, SimpletraceWriter.id(QemuEvent.PRE_SAVE), 7, 0x80000000L, 0x40000, 0, 77);
    writer.record(out, SimpletraceWriter.id(QemuEvent.DDW_CREATE), 8, 1, 0, 0x30000, 1 << 20, 0, 2);
    try (Trace trace = Shown.open(new SimpletraceFormat(null), out.toByteArray())) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        assertThat(event.kind()).isIn(EventKind.LOG, EventKind.LOST);
      }
      assertThat(reader.health().skipped()).containsOnlyKeys("event with impossible numbers");
      assertThat(reader.health().skipped().values())
          .allSatisfy(bad -> assertThat(bad.count()).isEqualTo(2));
    }
  }

  @Test
  void partsOfARunAreReadAsOneWithLinesOfTheirOwn() {
    QemuLogFormat format = new QemuLogFormat();
    List<Trace> parts =
        List.of(Shown.open(format, log(1, 1, 300)), Shown.open(format, log(2, 301, 500)));
    try (Trace run = Parts.of(parts)) {
      List<String> all = Shown.read(run);
      assertThat(all).hasSize(500);
      assertThat(all.get(299)).startsWith("300:300@0 ");
      assertThat(all.get(300)).startsWith("301:1@1 ");
      assertThat(Shown.read(run, 301, 2)).isEqualTo(all.subList(300, 302));
      assertThat(Shown.read(run, 299, 4)).isEqualTo(all.subList(298, 302));
      TraceReader reader = run.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        assertThat(reader.position()).isLessThanOrEqualTo(run.bytes());
      }
      assertThat(reader.health().events()).isEqualTo(500);
      assertThat(reader.position()).isEqualTo(run.bytes());
    }
  }

  private static void assertAllocatesNothing(Trace trace) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Event event = new Event();
    try (trace) {
      long allocated = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        TraceReader reader = trace.read(1);
        long before = threads.getCurrentThreadAllocatedBytes();
        while (reader.next(event)) {
          assertThatOrdinalsRise(event);
        }
        allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(allocated).isLessThan(EVENTS / 10);
    }
  }

  private static void assertThatOrdinalsRise(Event event) {
    if (event.ordinal() < 1) {
      throw new AssertionError(event.ordinal());
    }
  }

  private static byte[] log(long seed, int first, int last) {
    LogWriter writer = new LogWriter(LogWriter.Prefix.THREAD_AND_TIME, "0x");
    StringBuilder log = new StringBuilder();
    RandomEvents events = new RandomEvents(seed);
    Event event = new Event();
    for (int i = first; i <= last; i++) {
      log.append(writer.line(events.fill(event, i))).append('\n');
    }
    return log.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] binary(long seed, int count) {
    SimpletraceWriter writer = new SimpletraceWriter(4, ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.begin(out);
    RandomEvents events = new RandomEvents(seed);
    Event event = new Event();
    for (int i = 1; i <= count; i++) {
      writer.event(out, events.fill(event, i));
    }
    return out.toByteArray();
  }
}

package io.tcescope.traces.recorder;

import static java.util.Objects.requireNonNull;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.qemulog.QemuEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;

/** Writes QEMU's binary trace of version 4, names first (trace-formats.md, section 3). */
public final class SimpletraceRecorder implements Recorder {
  private static final long MAGIC = 0xF2B177CB0AA429B4L;
  private static final int VERSION = 4;
  private static final int FIRST_ID = 2109;
  private static final long DROPPED = -2;
  private static final int HEADER = 24;
  private static final int MOST_ARGUMENTS = 8;

  private final ByteSink out;
  private final boolean bigEndian;
  private final Map<QemuEvent, Long> ids = new EnumMap<>(QemuEvent.class);
  private final long[] arguments = new long[MOST_ARGUMENTS];
  private int count;

  public SimpletraceRecorder(OutputStream out, boolean bigEndian) {
    this.out = new ByteSink(out);
    this.bigEndian = bigEndian;
    word(-1);
    word(MAGIC);
    word(VERSION);
    for (QemuEvent event : QemuEvent.values()) {
      long id = (long) FIRST_ID + ids.size();
      ids.put(event, id);
      name(id, event.recordedName());
    }
  }

  private void name(long id, String name) {
    word(0);
    word(id);
    text(name);
  }

  private void word(long value) {
    out.binary(value, Long.BYTES, bigEndian);
  }

  private void text(String text) {
    out.binary(ByteSink.lengthOf(text), Integer.BYTES, bigEndian).text(text);
  }

  @Override
  public void record(Event event) {
    QemuEvent name = requireNonNull(LogRecorder.EVENTS.get(event.name()));
    count = 0;
    arguments(name, event);
    String text = name == QemuEvent.DRC_REALIZE_CHILD ? "dr-connector[" + event.id() + "]" : "";
    int textBytes = text.isEmpty() ? 0 : Integer.BYTES + ByteSink.lengthOf(text);
    header(requireNonNull(ids.get(name)), event, Long.BYTES * count + textBytes);
    for (int i = 0; i < count; i++) {
      word(arguments[i]);
    }
    if (!text.isEmpty()) {
      text(text);
    }
  }

  /** A note that records were lost before the next one. */
  public void dropped(Event when, long records) {
    header(DROPPED, when, Long.BYTES);
    word(records);
  }

  private void header(long id, Event event, int argumentBytes) {
    word(1);
    word(id);
    word(event.time());
    out.binary(HEADER + (long) argumentBytes, Integer.BYTES, bigEndian);
    out.binary(event.thread(), Integer.BYTES, bigEndian);
  }

  private SimpletraceRecorder with(long argument) {
    arguments[count++] = argument;
    return this;
  }

  private void arguments(QemuEvent name, Event event) {
    switch (name.kind()) {
      case H_PUT_TCE -> entry(event).with(event.tce()).with(event.status());
      case H_GET_TCE -> entry(event).with(event.status()).with(event.tce());
      case H_STUFF_TCE -> entry(event).with(event.tce()).with(event.pages()).with(event.status());
      case H_PUT_TCE_INDIRECT ->
          entry(event)
              .with(event.listAddress())
              .with(event.pages() - 1)
              .with(event.tce())
              .with(event.status());
      case DMA -> entry(event).with(event.tce()).with(event.permission()).with(event.pageMask());
      case NEW_TABLE ->
          with(event.liobn())
              .with(event.has(Event.NO_TABLE) ? 0 : 0x7f42cc81d010L)
              .with(event.id());
      case PRE_SAVE ->
          with(event.liobn()).with(event.entries()).with(event.start()).with(event.pageShift());
      case POST_LOAD -> {
        with(event.liobn()).with(event.pages()).with(event.entries());
        with(event.start()).with(event.pageShift());
      }
      case QUERY_PE_DMA_WINDOW -> {
        bridge(event).with(event.available()).with(event.largestBlock()).with(event.pageMask());
      }
      case CREATE_PE_DMA_WINDOW -> {
        bridge(event).with(1L << event.pageShift()).with(event.size());
        with(event.start()).with(event.liobn());
      }
      case REMOVE_PE_DMA_WINDOW -> with(event.liobn());
      case RESET_PE_DMA_WINDOW -> bridge(event);
      case VIO_REGISTER_CRQ -> with(event.id()).with(event.ioba()).with(event.size());
      case INTERRUPT -> with(0).with(0x1302).with(4866);
      default -> with(event.id());
    }
  }

  private SimpletraceRecorder entry(Event event) {
    return with(event.liobn()).with(event.ioba());
  }

  private SimpletraceRecorder bridge(Event event) {
    return with(event.buid()).with(event.configAddress());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

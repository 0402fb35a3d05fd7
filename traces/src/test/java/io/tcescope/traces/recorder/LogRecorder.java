package io.tcescope.traces.recorder;

import static java.util.Objects.requireNonNull;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.qemulog.QemuEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes QEMU's text log: its format strings, by event (trace-formats.md, section 1). */
public final class LogRecorder implements Recorder {
  static final Map<String, QemuEvent> EVENTS =
      Stream.of(QemuEvent.values())
          .collect(Collectors.toMap(QemuEvent::recordedName, Function.identity()));

  private final ByteSink out;
  private final LogStyle style;

  public LogRecorder(OutputStream out, LogStyle style) {
    this.out = new ByteSink(out);
    this.style = style;
  }

  @Override
  public void record(Event event) {
    QemuEvent name = requireNonNull(EVENTS.get(event.name()));
    style.prefix().write(out, event);
    out.text(event.name());
    payload(name, event);
    out.text(style.lineEnd());
  }

  /** A line that no trace event wrote. */
  public void foreign(String line) {
    out.text(line).text(style.lineEnd());
  }

  private void payload(QemuEvent name, Event event) {
    switch (name.kind()) {
      case H_PUT_TCE -> result(entry(event).text(" tce=0x").hex(event.tce()), event);
      case H_GET_TCE -> result(entry(event), event).text(" tce=0x").hex(event.tce());
      case H_STUFF_TCE -> {
        entry(event).text(" tcevalue=0x").hex(event.tce()).text(" npages=").decimal(event.pages());
        result(out, event);
      }
      case H_PUT_TCE_INDIRECT -> {
        entry(event).text(" tcelist=0x").hex(event.listAddress());
        out.text(" iobaN=0x").hex(event.pages() - 1).text(" tceN=0x").hex(event.tce());
        result(out, event);
      }
      case DMA -> xlate(event);
      case NEW_TABLE, PRE_SAVE, POST_LOAD -> table(name, event);
      case QUERY_PE_DMA_WINDOW -> query(event);
      case CREATE_PE_DMA_WINDOW -> create(event);
      case REMOVE_PE_DMA_WINDOW -> old(" liobn=", event.liobn());
      case RESET_PE_DMA_WINDOW -> bridge(event);
      case VIO_REGISTER_CRQ -> {
        out.text(" CRQ for dev 0x").hex(event.id()).text(" registered at 0x").hex(event.ioba());
        out.text("/0x").hex(event.size());
      }
      case VIO_FREE_CRQ -> out.text(" CRQ for dev 0x").hex(event.id()).text(" freed");
      default -> other(name, event);
    }
  }

  /** Events of which readers keep no more than the subject. */
  private void other(QemuEvent name, Event event) {
    if (event.has(Event.ID)) {
      out.text(" drc: 0x").hex(event.id());
    }
    if (name == QemuEvent.DRC_REALIZE_CHILD) {
      out.text(", child name: dr-connector[").unsigned(event.id(), 1).text("]");
    }
    if (name == QemuEvent.MSI_WRITE) {
      out.text(" @0x0<=0x1302 IRQ 4866");
    }
  }

  private ByteSink entry(Event event) {
    return old(" liobn=", event.liobn()).text(" ioba=0x").hex(event.ioba());
  }

  private static ByteSink result(ByteSink line, Event event) {
    return line.text(" ret=").decimal(event.status());
  }

  /** A number that had no 0x before 2.11. */
  private ByteSink old(String before, long value) {
    return out.text(before).text(style.bareHex() ? "" : "0x").hex(value);
  }

  private void xlate(Event event) {
    old(" liobn=", event.liobn()).text(" 0x").hex(event.ioba());
    out.text(" -> 0x").hex(event.tce()).text(" perm=").unsigned(event.permission(), 1);
    old(" mask=", event.pageMask());
  }

  private void table(QemuEvent name, Event event) {
    if (name == QemuEvent.NEW_TABLE) {
      old(" liobn=", event.liobn());
      out.text(event.has(Event.NO_TABLE) ? " table=(nil)" : " table=0x7f42cc81d010");
      out.text(" fd=").decimal(event.id());
      return;
    }
    out.text(" liobn=").hex(event.liobn()).text(" ");
    if (name == QemuEvent.POST_LOAD) {
      out.hex(event.pages());
      old(" => ", event.entries());
    } else {
      out.hex(event.entries());
    }
    old(" bus_offset=", event.start()).text(" ps=").unsigned(event.pageShift(), 1);
  }

  private ByteSink bridge(Event event) {
    old(" buid=", event.buid());
    return old(" addr=", event.configAddress());
  }

  private void query(Event event) {
    bridge(event).text(", ").unsigned(event.available(), 1).text(" windows available");
    old(", max window size=", event.largestBlock());
    old(", mask=", event.pageMask());
  }

  private void create(Event event) {
    bridge(event).text(", page size=0x").hex(1L << event.pageShift());
    out.text(", requested=0x").hex(event.size());
    old(", start addr=", event.start());
    old(", liobn=", event.liobn());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

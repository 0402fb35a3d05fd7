package io.tcescope.traces.made;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.qemulog.QemuEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Writes events as QEMU's simpletrace backend does, version 2 to 4, in either byte order. */
public final class SimpletraceWriter {
  private static final long MAGIC = 0xf2b177cb0aa429b4L;
  private static final long DROPPED = -2;
  public static final int PROCESS = 4711;

  /** Numbers differ from build to build; this build's begin here. */
  private static final long FIRST_ID = 100;

  private final ByteBuffer buffer;
  private final int version;

  public SimpletraceWriter(int version, ByteOrder order) {
    this.version = version;
    this.buffer = ByteBuffer.allocate(1 << 10).order(order);
  }

  /** The file's header and, in version 4, all names. */
  public void begin(ByteArrayOutputStream out) {
    buffer.putLong(-1).putLong(MAGIC).putLong(version);
    flush(out);
    if (version < 4) {
      return;
    }
    for (QemuEvent event : QemuEvent.values()) {
      name(out, id(event), event.recordedName());
    }
  }

  public void name(ByteArrayOutputStream out, long id, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    buffer.putLong(0).putLong(id).putInt(bytes.length).put(bytes);
    flush(out);
  }

  /** The events list of this build, for the versions that hold no names. */
  public static String eventsList() {
    StringBuilder list = new StringBuilder("# made by a test\n");
    for (long i = 0; i < FIRST_ID; i++) {
      list.append(i % 2 == 0 ? "disable " : "")
          .append("other_")
          .append(i)
          .append("(int a) \"%d\"\n");
    }
    for (QemuEvent event : QemuEvent.values()) {
      list.append(event.recordedName()).append("(uint64_t a) \"a=%\"PRIx64\n");
    }
    return list.toString();
  }

  public void event(ByteArrayOutputStream out, Event event) {
    QemuEvent name = Objects.requireNonNull(QemuEvent.of(event.name()), event.name());
    record(out, id(name), event.time(), arguments(name, event));
  }

  public void dropped(ByteArrayOutputStream out, long count) {
    record(out, DROPPED, 0, count);
  }

  public void record(ByteArrayOutputStream out, long id, long time, long... arguments) {
    if (version >= 4) {
      buffer.putLong(1);
    }
    buffer.putLong(id).putLong(time).putInt(24 + 8 * arguments.length).putInt(PROCESS);
    for (long argument : arguments) {
      buffer.putLong(argument);
    }
    flush(out);
  }

  /** A record whose arguments are numbers (Long) and texts (String). */
  public void mixed(ByteArrayOutputStream out, long id, List<?> arguments) {
    ByteBuffer words = ByteBuffer.allocate(1 << 10).order(buffer.order());
    for (Object argument : arguments) {
      if (argument instanceof String text) {
        words.putInt(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
      } else {
        words.putLong((Long) argument);
      }
    }
    if (version >= 4) {
      buffer.putLong(1);
    }
    buffer.putLong(id).putLong(0).putInt(24 + words.position()).putInt(PROCESS);
    buffer.put(words.flip());
    flush(out);
  }

  private void flush(ByteArrayOutputStream out) {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** The number of an event in this build. */
  public static long id(QemuEvent event) {
    return FIRST_ID + List.of(QemuEvent.values()).indexOf(event);
  }

  private static long[] arguments(QemuEvent name, Event e) {
    return switch (name.kind()) {
      case H_PUT_TCE -> new long[] {e.liobn(), e.ioba(), e.tce(), e.status()};
      case H_GET_TCE -> new long[] {e.liobn(), e.ioba(), e.status(), e.tce()};
      case H_STUFF_TCE -> new long[] {e.liobn(), e.ioba(), e.tce(), e.pages(), e.status()};
      case H_PUT_TCE_INDIRECT ->
          new long[] {
            e.liobn(), e.ioba(), e.listAddress(), e.pages() - 1, e.tce(), e.status(),
          };
      case DMA -> new long[] {e.liobn(), e.ioba(), e.tce(), e.permission(), e.pageMask()};
      case NEW_TABLE -> new long[] {e.liobn(), e.has(Event.NO_TABLE) ? 0 : 0x7f42cc81d010L, e.id()};
      case PRE_SAVE -> new long[] {e.liobn(), e.entries(), e.start(), e.pageShift()};
      case POST_LOAD -> new long[] {e.liobn(), e.pages(), e.entries(), e.start(), e.pageShift()};
      case QUERY_PE_DMA_WINDOW ->
          new long[] {
            e.buid(), e.configAddress(), e.available(), e.largestBlock(), e.pageMask(),
          };
      case CREATE_PE_DMA_WINDOW ->
          new long[] {
            e.buid(), e.configAddress(), 1L << e.pageShift(), e.size(), e.start(), e.liobn(),
          };
      case REMOVE_PE_DMA_WINDOW -> new long[] {e.liobn()};
      case RESET_PE_DMA_WINDOW -> new long[] {e.buid(), e.configAddress()};
      case VIO_REGISTER_CRQ -> new long[] {e.id(), e.ioba(), e.size()};
      case INTERRUPT -> new long[] {0, 0x1302, 4866};
      default -> new long[] {e.id()};
    };
  }
}

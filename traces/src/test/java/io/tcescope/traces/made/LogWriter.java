package io.tcescope.traces.made;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.qemulog.QemuEvent;
import java.time.Instant;
import java.util.Objects;

/** Writes events as QEMU's text log does, in the notation of a version. */
public final class LogWriter {
  /** What stands before an event's name. */
  public enum Prefix {
    NONE,
    THREAD_AND_TIME,
    ISO_TIME
  }

  private static final long NANOS = 1_000_000_000L;

  private final Prefix prefix;
  private final String hexMark;

  /**
   * @param hexMark {@code 0x}, or nothing as before 2.11 where the definition had no 0x
   */
  public LogWriter(Prefix prefix, String hexMark) {
    this.prefix = prefix;
    this.hexMark = hexMark;
  }

  /** The event as a line without its end. */
  public String line(Event event) {
    QemuEvent name = Objects.requireNonNull(QemuEvent.of(event.name()), event.name());
    return prefix(event) + event.name() + " " + payload(name, event);
  }

  private String prefix(Event event) {
    long seconds = event.time() / NANOS;
    long micros = event.time() % NANOS / 1000;
    return switch (prefix) {
      case NONE -> "";
      case THREAD_AND_TIME -> "%d@%d.%06d:".formatted(event.thread(), seconds, micros);
      case ISO_TIME -> Instant.ofEpochSecond(seconds, micros * 1000) + " ";
    };
  }

  private String old(long value) {
    return hexMark + Long.toHexString(value);
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private String payload(QemuEvent name, Event e) {
    return switch (name.kind()) {
      case H_PUT_TCE ->
          "liobn=%s ioba=%s tce=%s ret=%d"
              .formatted(old(e.liobn()), hex(e.ioba()), hex(e.tce()), e.status());
      case H_GET_TCE ->
          "liobn=%s ioba=%s ret=%d tce=%s"
              .formatted(old(e.liobn()), hex(e.ioba()), e.status(), hex(e.tce()));
      case H_STUFF_TCE ->
          "liobn=%s ioba=%s tcevalue=%s npages=%d ret=%d"
              .formatted(old(e.liobn()), hex(e.ioba()), hex(e.tce()), e.pages(), e.status());
      case H_PUT_TCE_INDIRECT ->
          "liobn=%s ioba=%s tcelist=%s iobaN=%s tceN=%s ret=%d"
              .formatted(
                  old(e.liobn()),
                  hex(e.ioba()),
                  hex(e.listAddress()),
                  hex(e.pages() - 1),
                  hex(e.tce()),
                  e.status());
      default -> rarePayload(name, e);
    };
  }

  private String rarePayload(QemuEvent name, Event e) {
    return switch (name.kind()) {
      case DMA ->
          "liobn=%s %s -> %s perm=%d mask=%s"
              .formatted(
                  old(e.liobn()), hex(e.ioba()), hex(e.tce()), e.permission(), old(e.pageMask()));
      case NEW_TABLE ->
          "liobn=%s table=%s fd=%d"
              .formatted(
                  old(e.liobn()), e.has(Event.NO_TABLE) ? "(nil)" : "0x7f42cc81d010", e.id());
      case PRE_SAVE ->
          "liobn=%x %x bus_offset=%s ps=%d"
              .formatted(e.liobn(), e.entries(), old(e.start()), e.pageShift());
      case POST_LOAD ->
          "liobn=%x %x => %s bus_offset=%s ps=%d"
              .formatted(e.liobn(), e.pages(), old(e.entries()), old(e.start()), e.pageShift());
      case QUERY_PE_DMA_WINDOW ->
          "buid=%s addr=%s, %d windows available, max window size=%s, mask=%s"
              .formatted(
                  old(e.buid()),
                  old(e.configAddress()),
                  e.available(),
                  old(e.largestBlock()),
                  old(e.pageMask()));
      case CREATE_PE_DMA_WINDOW ->
          "buid=%s addr=%s, page size=%s, requested=%s, start addr=%s, liobn=%s"
              .formatted(
                  old(e.buid()),
                  old(e.configAddress()),
                  hex(1L << e.pageShift()),
                  hex(e.size()),
                  old(e.start()),
                  old(e.liobn()));
      case REMOVE_PE_DMA_WINDOW -> "liobn=" + old(e.liobn());
      case RESET_PE_DMA_WINDOW ->
          "buid=%s addr=%s".formatted(old(e.buid()), old(e.configAddress()));
      case VIO_FREE_CRQ -> "CRQ for dev %s freed".formatted(hex(e.id()));
      case VIO_REGISTER_CRQ ->
          "CRQ for dev %s registered at %s/%s".formatted(hex(e.id()), hex(e.ioba()), hex(e.size()));
      case INTERRUPT -> "@0x0<=0x1302 IRQ 4866";
      default -> "drc: " + hex(e.id());
    };
  }
}

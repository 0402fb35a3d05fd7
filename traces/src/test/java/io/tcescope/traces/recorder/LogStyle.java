package io.tcescope.traces.recorder;

import io.tcescope.engine.event.Event;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * How a version of QEMU writes the lines of its text log (trace-formats.md, section 2).
 *
 * @param prefix what stands before an event's name
 * @param bareHex true before 2.11, when some numbers were hexadecimal without 0x
 * @param lineEnd of every line
 */
public record LogStyle(Prefix prefix, boolean bareHex, String lineEnd) {
  /** What is written today without options. */
  public static final LogStyle PLAIN = new LogStyle(Prefix.NONE, false, "\n");

  /** With {@code -msg timestamp=on}, up to 10.1. */
  public static final LogStyle TIMED = new LogStyle(Prefix.THREAD_AND_TIME, false, "\n");

  /** What stands before an event's name. */
  public enum Prefix {
    NONE {
      @Override
      void write(ByteSink out, Event event) {}
    },
    THREAD_AND_TIME {
      @Override
      void write(ByteSink out, Event event) {
        out.unsigned(event.thread(), 1).text("@");
        out.unsigned(event.time() / NANOS, 1).text(".");
        out.unsigned(event.time() % NANOS / 1000, 6).text(":");
      }
    },
    ISO {
      @Override
      void write(ByteSink out, Event event) {
        out.text(iso(event)).text(" ");
      }
    },
    ISO_AND_THREAD {
      @Override
      void write(ByteSink out, Event event) {
        out.text(iso(event)).text(" (").unsigned(event.thread(), 1).text(") ");
      }
    };

    private static final long NANOS = 1_000_000_000L;

    abstract void write(ByteSink out, Event event);

    /** With the fraction left out where it is zero. */
    private static String iso(Event event) {
      Instant time = Instant.ofEpochSecond(event.time() / NANOS, event.time() % NANOS);
      return DateTimeFormatter.ISO_INSTANT.format(time);
    }
  }
}

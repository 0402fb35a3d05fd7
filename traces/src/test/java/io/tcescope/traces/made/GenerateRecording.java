package io.tcescope.traces.made;

import io.tcescope.engine.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a large recording as a text log and as a binary, and the truth about it: {@code
 * GenerateRecording SEED EVENTS FOLDER} makes {@code large.log}, {@code large.bin} and {@code
 * large.truth} (live entries of each default window at the end). Same seed, same bytes.
 */
public final class GenerateRecording {
  private static final int BUFFER = 1 << 20;

  private GenerateRecording() {}

  public static void main(String[] args) throws IOException {
    write(Long.parseLong(args[0]), Long.parseLong(args[1]), Path.of(args[2]));
  }

  /** Makes the three files. */
  public static void write(long seed, long events, Path folder) throws IOException {
    LargeRecording recording = new LargeRecording(seed);
    try (OutputStream log = Files.newOutputStream(folder.resolve("large.log"));
        OutputStream binary = Files.newOutputStream(folder.resolve("large.bin"))) {
      writeEvents(recording, events, log, binary);
    }
    try (PrintStream truth =
        new PrintStream(folder.resolve("large.truth").toFile(), StandardCharsets.UTF_8)) {
      truth.printf("events %d%n", events);
      for (int i = 0; i < recording.devices(); i++) {
        truth.printf("live 0x%x %d%n", recording.liobn(i), recording.live(i));
      }
    }
  }

  private static void writeEvents(
      LargeRecording recording, long events, OutputStream log, OutputStream binary)
      throws IOException {
    LogWriter lines = new LogWriter(LogWriter.Prefix.THREAD_AND_TIME, "0x");
    SimpletraceWriter records = new SimpletraceWriter(4, ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream text = new ByteArrayOutputStream(2 * BUFFER);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * BUFFER);
    records.begin(bytes);
    Event event = new Event();
    for (long i = 0; i < events; i++) {
      recording.next(event);
      text.writeBytes((lines.line(event) + "\n").getBytes(StandardCharsets.US_ASCII));
      records.event(bytes, event);
      if (text.size() > BUFFER) {
        drain(text, log);
        drain(bytes, binary);
      }
    }
    drain(text, log);
    drain(bytes, binary);
  }

  private static void drain(ByteArrayOutputStream from, OutputStream to) throws IOException {
    from.writeTo(to);
    from.reset();
  }
}

package io.tcescope.traces.tracedat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.event.Wording;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Keyframes;
import io.tcescope.traces.format.RecordingTrace;
import io.tcescope.traces.guest.CallJoiner;
import io.tcescope.traces.guest.HostedMachines;
import org.jspecify.annotations.Nullable;

/** A trace.dat; every record of every processor is an event, in the order of their times. */
final class DatTrace extends RecordingTrace implements Wording {
  /** Every record begins with its type, two bytes of flags, and the process. */
  static final int COMMON = 8;

  static final int COMMON_PID = 4;

  private static final int MOST_TYPES = 1 << 16;

  /** Where a reader stands, and what it knows there. */
  static final class Place {
    private final RingBuffer[] buffers;
    private final boolean[] ended;
    private final CallJoiner joiner;

    Place(RingBuffer[] buffers, boolean[] ended, CallJoiner joiner) {
      this.buffers = copy(buffers);
      this.ended = ended.clone();
      this.joiner = joiner.copy();
    }

    static Place atStart(DatFile file) {
      RingBuffer[] buffers = file.buffers().toArray(RingBuffer[]::new);
      boolean[] ended = new boolean[buffers.length];
      for (int i = 0; i < buffers.length; i++) {
        ended[i] = !buffers[i].advance();
      }
      return new Place(buffers, ended, new CallJoiner());
    }

    private static RingBuffer[] copy(RingBuffer[] buffers) {
      RingBuffer[] copies = new RingBuffer[buffers.length];
      for (int i = 0; i < copies.length; i++) {
        copies[i] = buffers[i].copy();
      }
      return copies;
    }

    RingBuffer[] buffers() {
      return copy(buffers);
    }

    boolean[] ended() {
      return ended.clone();
    }

    CallJoiner joiner() {
      return joiner.copy();
    }
  }

  private final DatFile file;
  private final Keyframes<Place> keyframes;
  private final HostedMachines machines = new HostedMachines(this::proofOfSeveralMachines);

  DatTrace(Recording recording, DatFile file) {
    super(SourceKind.TRACE_DAT, recording);
    this.file = file;
    keyframes = new Keyframes<>(0, Place.atStart(file));
  }

  Recording recording() {
    return recording;
  }

  DatFile file() {
    return file;
  }

  Keyframes<Place> keyframes() {
    return keyframes;
  }

  /** How to take records apart, by the number of their type. */
  static @Nullable Decoder[] decoders(DatFile file) {
    int most = file.formats().keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
    @Nullable Decoder[] decoders = new Decoder[Math.min(most + 1, MOST_TYPES)];
    file.formats()
        .forEach(
            (id, format) -> {
              if (id < decoders.length) {
                decoders[id] = new Decoder(format, file.symbols());
              }
            });
    return decoders;
  }

  @Override
  public long bytes() {
    return file.buffers().stream().mapToLong(buffer -> buffer.words().size()).sum();
  }

  @Override
  public String of(Event event) {
    MemoryWords raw = words(event.cpu());
    ReportText text = new ReportText(raw, event);
    int type = type(raw, event.offset(), event.length());
    EventFormat format = file.formats().get(type);
    return format == null ? text.write(type) : text.write(format);
  }

  private MemoryWords words(int cpu) {
    for (RingBuffer buffer : file.buffers()) {
      if (buffer.cpu == cpu) {
        return buffer.words();
      }
    }
    throw new IllegalArgumentException("no processor " + cpu);
  }

  /** The number of a record's type, negative if the record is too short for one. */
  static int type(MemoryWords raw, long from, long length) {
    return length < COMMON ? -1 : raw.u16(from);
  }

  private String proofOfSeveralMachines() {
    return new DatReader(this, HostedMachines.UNASKED, 1).proofOfSeveralMachines();
  }

  @Override
  public TraceReader read(long first) {
    return new DatReader(this, machines, first);
  }
}

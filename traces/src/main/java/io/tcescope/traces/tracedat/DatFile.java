package io.tcescope.traces.tracedat;

import java.util.List;
import java.util.Map;

/**
 * What a trace.dat holds.
 *
 * @param formats of records, by their number
 * @param tasks names of processes
 * @param buffers of the processors
 * @param symbols where the kernel's functions are
 * @param clock how the records' time becomes nanoseconds
 * @param damages parts that could not be read, in words
 */
record DatFile(
    Map<Integer, EventFormat> formats,
    Map<Long, String> tasks,
    List<RingBuffer> buffers,
    Symbols symbols,
    DatClock clock,
    List<String> damages) {

  /** Time of a record: counter ticks scaled to nanoseconds, and shifted. */
  record DatClock(long multiplier, int shift, long offset) {
    long nanoseconds(long time) {
      if (multiplier == 1 && shift == 0) {
        return time + offset;
      }
      long high = Math.unsignedMultiplyHigh(time, multiplier);
      long low = time * multiplier;
      long scaled = shift == 0 ? low : low >>> shift | high << (Long.SIZE - shift);
      return scaled + offset;
    }
  }
}

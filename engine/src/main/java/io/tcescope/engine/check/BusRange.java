package io.tcescope.engine.check;

import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Machine;
import java.util.Optional;

/** A range of bus addresses, both ends included so that it may reach the end of the bus. */
record BusRange(long first, long last) {
  static BusRange of(DmaWindow window) {
    return new BusRange(window.start(), window.end() - 1);
  }

  static BusRange of(Machine.BusRange range) {
    return new BusRange(range.start(), range.end() - 1);
  }

  /** What two ranges share, empty if nothing. */
  Optional<BusRange> overlap(BusRange other) {
    long from = Long.compareUnsigned(first, other.first) > 0 ? first : other.first;
    long to = Long.compareUnsigned(last, other.last) < 0 ? last : other.last;
    return Long.compareUnsigned(from, to) <= 0
        ? Optional.of(new BusRange(from, to))
        : Optional.empty();
  }

  /** First address behind the range; 0 if it reaches the end of the bus. */
  long end() {
    return last + 1;
  }
}

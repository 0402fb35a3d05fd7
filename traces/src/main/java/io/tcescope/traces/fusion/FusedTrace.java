package io.tcescope.traces.fusion;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.format.Keyframes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Several recordings of one run, merged by time. The main recording's events keep their order and
 * their contents, except that lists it leaves out are filled in; all others stand where their clock
 * puts them, and behind the main recording's event if they tell of the same call.
 */
final class FusedTrace implements Trace {
  /** Where a reader stands in each recording: the next event of each, and the time reached. */
  static final class Place {
    private final long[] next;
    private final long[] reached;

    Place(int recordings) {
      next = new long[recordings];
      reached = new long[recordings];
      Arrays.fill(next, 1);
      Arrays.fill(reached, Long.MIN_VALUE);
    }

    void set(int recording, long nextEvent, long timeReached) {
      next[recording] = nextEvent;
      reached[recording] = timeReached;
    }

    long next(int recording) {
      return next[recording];
    }

    long reached(int recording) {
      return reached[recording];
    }
  }

  final Trace main;
  final List<Witness> beside;
  final Supplements supplements;

  /** Where the main recording's records stand in time; empty if they say so themselves. */
  final Clocks mainCourse;

  final List<String> remarks;
  final Keyframes<Place> keyframes;

  FusedTrace(
      Trace main,
      List<Witness> beside,
      Supplements supplements,
      Clocks mainCourse,
      List<String> remarks) {
    this.main = main;
    this.beside = beside;
    this.supplements = supplements;
    this.mainCourse = mainCourse;
    this.remarks = List.copyOf(remarks);
    keyframes = new Keyframes<>(0, new Place(beside.size() + 1));
  }

  @Override
  public SourceKind source() {
    // Rules for what a hypervisor's log can hold apply to a run that has one.
    return SourceKind.FUSED;
  }

  @Override
  public SourceKind source(int file) {
    int recorder = recorder(file);
    return recorder == 0 ? main.source() : beside.get(recorder - 1).trace.source();
  }

  @Override
  public Set<SourceKind> sources() {
    Set<SourceKind> sources = EnumSet.of(main.source());
    beside.forEach(witness -> sources.add(witness.trace.source()));
    return sources;
  }

  @Override
  public List<String> files() {
    List<String> files = new ArrayList<>(main.files());
    beside.forEach(witness -> files.addAll(witness.trace.files()));
    return files;
  }

  @Override
  public int recorder(int file) {
    int behind = main.files().size();
    int recorder = 0;
    while (file >= behind) {
      behind += beside.get(recorder).trace.files().size();
      recorder++;
    }
    return recorder;
  }

  @Override
  public boolean isPlaced(int file) {
    int recorder = recorder(file);
    return recorder == 0 || beside.get(recorder - 1).isPlaced();
  }

  @Override
  public long bytes() {
    return main.bytes() + beside.stream().mapToLong(witness -> witness.trace.bytes()).sum();
  }

  @Override
  public TraceReader read(long first) {
    return new FusedReader(this, first);
  }

  @Override
  public void close() {
    main.close();
    beside.forEach(witness -> witness.trace.close());
  }
}

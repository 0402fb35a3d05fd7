package io.tcescope.queries.timeline;

import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.List;

/** Collects what happens to one window while the run goes on. */
final class Track {
  private static final int MOST_SWEEPS = 64;

  private final long liobn;
  private final int generation;
  private List<LanePart> done = new ArrayList<>();
  private final List<Moment> sweeps = new ArrayList<>();
  private Lane facts;

  private int part = -1;
  private long live;
  private long partPeak;
  private long mapped;
  private long cleared;
  private long refused;
  private long faults;
  private boolean swept;

  Track(long liobn, int generation) {
    this.liobn = liobn;
    this.generation = generation;
    this.facts = Lane.of(liobn, generation, DmaWindow.NONE, Moment.NEVER);
  }

  long liobn() {
    return liobn;
  }

  int generation() {
    return generation;
  }

  long live() {
    return live;
  }

  /** So many entries are live from an event of that part on. */
  void recount(int inPart, long liveNow) {
    if (inPart != part) {
      finishPart();
      part = inPart;
      partPeak = live;
    }
    live = liveNow;
    partPeak = Math.max(partPeak, liveNow);
  }

  /** An event of that part is about the window, or about its LIOBN when there is none. */
  void note(int inPart, Change change, long liveNow) {
    recount(inPart, liveNow);
    mapped += change.mapped();
    cleared += change.cleared();
    refused += change.has(Signal.REFUSED) ? 1 : 0;
    faults += change.has(Signal.FAULT) ? 1 : 0;
    swept |= change.has(Signal.SWEPT);
  }

  void sweptAt(Moment moment) {
    if (sweeps.size() < MOST_SWEEPS) {
      sweeps.add(moment);
    }
  }

  /** Keeps what a lane tells of the window, but not its table, which may be large. */
  void endsAs(Lane ofWindow) {
    facts = ofWindow;
  }

  private void finishPart() {
    if (part >= 0) {
      done.add(new LanePart(part, live, partPeak, mapped, cleared, refused, faults, swept));
      mapped = 0;
      cleared = 0;
      refused = 0;
      faults = 0;
      swept = false;
    }
  }

  /** The parts of the run are longer now. */
  void fold(int shift) {
    finishPart();
    part = -1;
    List<LanePart> folded = new ArrayList<>();
    for (LanePart one : done) {
      int number = one.number() >> shift;
      boolean same = !folded.isEmpty() && folded.getLast().number() == number;
      folded.add(same ? folded.removeLast().and(one, number) : one.numbered(number));
    }
    done = folded;
  }

  Lane lane(Moment opened) {
    fold(0);
    return facts.with(opened, sweeps, done);
  }

  long openedBy() {
    return facts.openedBy();
  }
}

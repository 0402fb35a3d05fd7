package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.HypervisorCall.WindowCall;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One recording beside the main one: how its clock stands to that one's, and which of its calls the
 * main recording holds too.
 */
final class Witness {
  /** Clocks are read at different moments of one call; scheduling can come between. */
  private static final long CLOSE = 5_000_000;

  /** Of the two stamps of one call few are farther apart: no time passes but by scheduling. */
  private static final long MOMENT = 1_000_000;

  /** One in so many of its shared calls may be farther from its twin than a moment. */
  private static final int LATE = 4;

  private static final int ERRORS_OF_TOLERANCE = 4;

  /** Pairs set the clocks better, and better clocks find more pairs. */
  private static final int ROUNDS = 3;

  /** A machine that is stopped more often than this has many calls in between. */
  private static final int MOST_STOPS = 8;

  private static final long PAIRS_OF_A_CLOCK = 8;

  final Trace trace;
  final Survey survey;
  Clocks clocks = Clocks.of(Clock.ahead(0));

  /** False if no shared call sets the clock, so that its place on the time line is a guess. */
  boolean aligned;

  /** True if its place on the time line is known, be it by the clock of another recording. */
  boolean placed;

  /** How often the guest's clock stood still by another of its recordings, which reads it too. */
  private int knownJumps;

  /** How often, where only order tells, both hold calls between two that they share. */
  private int detours;

  /** False if its records bear no times: only their order places them. */
  final boolean timed;

  private int[] twins = {};
  private final Tables tables = new Tables();
  private final Survey main;
  final Coverage coverage;

  Witness(Trace trace, Survey survey, SourceKind mainKind, Survey main) {
    this.trace = trace;
    this.survey = survey;
    this.main = main;
    timed = survey.isTimed();
    coverage = new Coverage(mainKind, main, trace.source(), survey);
  }

  /** Takes over a clock that was found and finds the calls that the main recording holds too. */
  void pair(Clocks found) {
    align(found);
    for (int round = 0; round < ROUNDS; round++) {
      long tolerance = Math.clamp(ERRORS_OF_TOLERANCE * clocks.error(), CLOSE, Pairing.FARTHEST);
      twins = Pairing.of(survey.calls, main.calls, clocks, tolerance);
      Rising stamps = stamps();
      stamps.addAll(found.pairs());
      clocks = Clocks.through(stamps, true);
    }
  }

  /**
   * Finds the calls that the main recording holds too by their order, and gives the one of the two
   * that has no times those of the other.
   *
   * @return where the records of the one without times stand in time; empty if no call tells
   */
  Clocks pairInOrder() {
    OrderedPairing pairing = OrderedPairing.of(survey.calls, main.calls);
    twins = pairing.twins();
    Rising pairs = pairs();
    boolean isMainTimed = main.isTimed();
    Clocks course =
        Clocks.inOrder(
            isMainTimed
                ? pairs.at(survey.calls.ordinal, main.calls.time)
                : pairs.swapped().at(main.calls.ordinal, survey.calls.time));
    if (!course.isEmpty()) {
      (isMainTimed ? survey : main).takeTimesFrom(course);
      align(Clocks.through(stamps(), true));
      detours = pairing.detours();
    }
    return course;
  }

  private void align(Clocks found) {
    clocks = found;
    aligned = true;
    placed = true;
  }

  /** Another recording of the guest reads the same clock, and tells how it ran. */
  void shareClockOf(Witness other) {
    knownJumps = other.clocks.jumps();
  }

  /** Indexes of its calls and of their twins in the main recording. */
  private Rising pairs() {
    Rising pairs = new Rising();
    for (int i = 0; i < twins.length; i++) {
      if (twins[i] != Pairing.ALONE) {
        pairs.add(i, twins[i]);
      }
    }
    return pairs;
  }

  private Rising stamps() {
    return pairs().at(survey.calls.time, main.calls.time);
  }

  /** Tells what its records add to those of the main recording. */
  void fill(Supplements supplements) {
    Calls mine = survey.calls;
    ListTwins lists = new ListTwins(survey, main.calls);
    for (int i = 0; i < twins.length; i++) {
      if (twins[i] == Pairing.ALONE) {
        continue;
      }
      int twin = twins[i];
      if (mine.table[i] != Calls.ABSENT && main.calls.liobn[twin] != Calls.ABSENT) {
        tables.learn(
            mine.table[i], mine.ordinal[i], main.calls.liobn[twin], main.calls.shift[twin]);
      }
      long[] list = lists.list(i, twin, timed);
      if (list != null) {
        supplements.lists.tell(main.calls.ordinal[twin], list);
      } else if (main.calls.is(twin, Calls.LAST_ONLY) && tellsList(i, twin)) {
        supplements.lists.tell(main.calls.ordinal[twin], main.calls.shift[twin]);
      }
      WindowCall told = survey.windowCalls.get(mine.ordinal[i]);
      if (told != null && mine.status[i] == main.calls.status[twin]) {
        supplements.outputs.tell(main.calls.ordinal[twin], told);
      }
    }
  }

  /** True if the two records together fix every entry of the list. */
  private boolean tellsList(int call, int twin) {
    boolean done = main.calls.status[twin] == HcallStatus.H_SUCCESS;
    boolean sameEnd = survey.calls.status[call] == HcallStatus.H_SUCCESS;
    boolean tellsPages =
        survey.calls.real[call] != Calls.ABSENT
            || (survey.calls.is(call, Calls.RANGE) && main.calls.is(twin, Calls.DIRECT));
    return done && sameEnd && tellsPages;
  }

  /** The time of one of its records on the main recording's clock. */
  long mainTime(long time) {
    return clocks.there(time);
  }

  /** Ordinal of the main recording's record of the same call, 0 if there is none. */
  long twinOf(long ordinal) {
    int call = survey.calls.at(ordinal);
    return call >= 0 && isShared(call) ? main.calls.ordinal[twins[call]] : 0;
  }

  /** How many of its calls the main recording holds too. */
  long shared() {
    return Arrays.stream(twins).filter(twin -> twin != Pairing.ALONE).count();
  }

  /** Adds to one of its records what the fusion has found; the record is still as it was read. */
  void annotate(Event event) {
    long ordinal = event.ordinal();
    int call = survey.calls.at(ordinal);
    tables.resolve(event, ordinal);
    if (call >= 0) {
      testimony(call).annotate(event);
    }
    boolean within = event.time() == Event.NO_TIME || isWithinMain(event.time());
    coverage.annotate(event, placed, within);
  }

  private Testimony testimony(int call) {
    if (isShared(call)) {
      return timed
          ? Testimony.ofTwins(survey.calls, call, main.calls, twins[call])
          : Testimony.AGREES;
    }
    boolean isExpected =
        aligned
            && main.kinds.contains(survey.calls.kind[call])
            && isWithinMain(survey.calls.time[call]);
    if (isExpected && !timed) {
      return Testimony.PERHAPS;
    }
    return isExpected && !main.loses // else it may be one of those that were lost
        ? Testimony.ofMissing(survey.calls, call)
        : Testimony.ALONE;
  }

  private boolean isShared(int call) {
    return call < twins.length && twins[call] != Pairing.ALONE;
  }

  private boolean isWithinMain(long time) {
    long there = mainTime(time);
    return there >= main.firstTime && there <= main.lastTime;
  }

  /**
   * True if what it shares with the main recording may be chance: as many calls are missing there
   * as are found, or one where hardly any is found; or nearly every few of them need a clock or a
   * place of their own that nothing else tells of; or many come at another time than the clock
   * says: boots of one guest are alike, but for that.
   */
  boolean isForeign() {
    long shared = shared();
    int jumps = clocks.jumps() - knownJumps + detours;
    boolean torn = jumps > MOST_STOPS && shared < PAIRS_OF_A_CLOCK * jumps;
    boolean scattered = shared >= PAIRS_OF_A_CLOCK && LATE * late() > shared;
    long missing = missing();
    boolean outweighed = missing > 0 && (missing >= shared || shared < PAIRS_OF_A_CLOCK);
    return torn || scattered || outweighed;
  }

  /** How many of its shared calls are farther from their twins than a moment, by the clock. */
  long late() {
    if (!timed || !main.stamped) {
      return 0;
    }
    long near = MOMENT + survey.calls.tick() + main.calls.tick();
    return IntStream.range(0, twins.length)
        .filter(this::isShared)
        .filter(call -> Math.abs(apart(call)) > near)
        .count();
  }

  private long apart(int call) {
    long time = survey.calls.time[call];
    return clocks.there(clocks.stretchOf(time), time) - main.calls.time[twins[call]];
  }

  /** How many of its calls the main recording contradicts, or seems to if only order tells. */
  long missing() {
    return timed ? contradictions() : missingBetweenShared();
  }

  private long missingBetweenShared() {
    int[] shared = IntStream.range(0, twins.length).filter(this::isShared).toArray();
    return main.loses || shared.length == 0
        ? 0
        : IntStream.range(shared[0], shared[shared.length - 1])
            .filter(call -> testimony(call) == Testimony.PERHAPS)
            .filter(call -> Testimony.ofMissing(survey.calls, call) == Testimony.MISSING)
            .count();
  }

  /** Nothing that was found of it counts: its calls are not those of the main recording. */
  void disown() {
    aligned = false;
    placed = false;
    twins = new int[0];
  }

  /** How many of its calls the main recording contradicts. */
  long contradictions() {
    return IntStream.range(0, survey.calls.size)
        .filter(call -> testimony(call).isContradiction())
        .count();
  }

  String title() {
    return String.join(", ", trace.files());
  }
}

package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.HypervisorCall.WindowCall;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One recording beside the main one: where it stands on that one's time line, which calls the two
 * share, and what its records say and add.
 */
final class Witness {
  final Trace trace;
  final Survey survey;
  final Coverage coverage;

  /** How its clock stands to the main recording's; a guess unless it is {@link #placed}. */
  private Clocks clocks = Clocks.of(Clock.ahead(0));

  /** True if its place on the time line is known, be it by the clock of another recording. */
  private boolean placed;

  private final Survey main;
  private final Tables tables = new Tables();
  private Twins twins;

  /** Calls that an earlier witness tells of, though the main recording does not. */
  private final BitSet echoes = new BitSet();

  /** What the calls say that it seemed to share; null if there was none. */
  private @Nullable SameRun judgement;

  Witness(Trace trace, Survey survey, SourceKind mainKind, Survey main) {
    this.trace = trace;
    this.survey = survey;
    this.main = main;
    twins = Twins.none(survey, main);
    coverage = new Coverage(mainKind, main, trace.source(), survey);
  }

  /**
   * Finds the calls that the main recording holds too by a clock that was found.
   *
   * @param knownJumps how often the guest's clock stood still by another of its recordings
   */
  void pair(Clocks found, int knownJumps) {
    judge(Twins.byTimes(survey, main, found), knownJumps);
  }

  /** Finds them by nothing but their order; the recording without times gets the other's. */
  void pairInOrder() {
    Survey untimed = main.isTimed() ? survey : main;
    Twins found = Twins.inOrder(survey, main);
    if (found.isEmpty()) {
      return;
    }
    judge(found, 0);
    if (!placed) {
      untimed.forgetTimes();
    }
  }

  private void judge(Twins found, int knownJumps) {
    clocks = found.clocks;
    judgement = SameRun.of(found, knownJumps);
    placed = !judgement.isDoubtful();
    if (placed) {
      twins = found;
    }
  }

  /** Finds the calls on windows that an earlier witness told of already. */
  void hear(Witness earlier) {
    Echoes heard = new Echoes(this, earlier);
    onlyThere().filter(heard::isEcho).forEach(echoes::set);
  }

  /** The calls on windows that it tells of and the main recording does not, in order. */
  IntStream onlyThere() {
    return IntStream.range(0, placed ? survey.calls.size : 0)
        .filter(call -> survey.calls.is(call, Calls.WINDOW) && !twins.isShared(call));
  }

  /** When a call was, on the main recording's clock. */
  long timeOf(int call) {
    return clocks.there(survey.calls.time[call]);
  }

  /** Places it by another clock than that of shared calls, of which there are none. */
  void place(Clocks guess, boolean isKnown) {
    clocks = guess;
    placed = isKnown;
  }

  boolean isPlaced() {
    return placed;
  }

  /** What the calls say that it seemed to share with the main recording; null if there was none. */
  @Nullable SameRun judgement() {
    return judgement;
  }

  /** The calls that it shares with the main recording, none if it is not of the same run. */
  Twins twins() {
    return twins;
  }

  Clocks clocks() {
    return clocks;
  }

  /** Tells what its records add to those of the main recording. */
  void fill(Supplements supplements) {
    ListTwins lists = new ListTwins(survey, main.calls);
    twins.shared().forEach(call -> fill(supplements, call, twins.of(call), lists));
  }

  private void fill(Supplements supplements, int call, int twin, ListTwins lists) {
    Calls mine = survey.calls;
    long ordinal = main.calls.ordinal[twin];
    if (mine.table[call] != Calls.ABSENT && main.calls.liobn[twin] != Calls.ABSENT) {
      tables.learn(
          mine.table[call], mine.ordinal[call], main.calls.liobn[twin], main.calls.shift[twin]);
    }
    long[] list = lists.list(call, twin, twins.areByTimes());
    if (list != null) {
      supplements.lists.tell(ordinal, list);
    } else if (main.calls.is(twin, Calls.LAST_ONLY) && tellsList(call, twin)) {
      supplements.lists.tell(ordinal, main.calls.shift[twin]);
    }
    WindowCall told = survey.windowCalls.get(mine.ordinal[call]);
    if (told != null && mine.status[call] == main.calls.status[twin]) {
      supplements.outputs.tell(ordinal, told);
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
    return call >= 0 && twins.isShared(call) ? main.calls.ordinal[twins.of(call)] : 0;
  }

  /** True if no call from that record on is one of the main recording's. */
  boolean isBehindShared(long ordinal) {
    return twins.isBehind(ordinal);
  }

  /** Adds to one of its records what the fusion has found; the record is still as it was read. */
  void annotate(Event event) {
    long ordinal = event.ordinal();
    int call = survey.calls.at(ordinal);
    tables.resolve(event, ordinal);
    if (call >= 0) {
      twins.testimony(call).annotate(event);
      event.holding(echoes.get(call) ? Event.WITNESS : 0);
    }
    coverage.annotate(event, placed, isWithin(event));
  }

  /**
   * True if the main recording was running then; without times, between calls that both hold. A
   * declared window stands before all calls, and a host's log tells itself what tables there are.
   */
  private boolean isWithin(Event event) {
    if (event.time() != Event.NO_TIME) {
      return main.spans(mainTime(event.time()));
    }
    return event.kind() == EventKind.WINDOW || twins.isBetween(event.ordinal());
  }

  String title() {
    return String.join(", ", trace.files());
  }
}

package io.tcescope.traces.fusion;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Puts several recordings of one run on one time line. */
public final class Fusion {
  /** Guest recordings read one clock; a call's trace and its message are this close. */
  private static final long ONE_CLOCK = 50_000_000;

  private final Trace main;
  private final List<Witness> beside;
  private final List<String> remarks = new ArrayList<>();
  private final Supplements supplements = new Supplements();
  private final Survey survey;

  private Fusion(Trace main, List<Witness> beside, Survey survey) {
    this.main = main;
    this.beside = beside;
    this.survey = survey;
  }

  /**
   * Fuses recordings, each of another kind. The main one is that which sees the tables; the
   * resulting trace closes them all.
   */
  public static Trace of(List<Trace> traces) {
    List<Trace> ordered =
        traces.stream().sorted(Comparator.comparingInt(trace -> rank(trace.source()))).toList();
    Trace main = ordered.getFirst();
    Map<Trace, Survey> surveys = new LinkedHashMap<>();
    ordered.stream()
        .skip(1)
        .forEach(trace -> surveys.put(trace, Survey.of(trace, null, new ToldShapes())));
    Survey survey = survey(main, surveys);
    List<Witness> beside = new ArrayList<>();
    surveys.forEach((trace, its) -> beside.add(new Witness(trace, its, main.source(), survey)));
    return new Fusion(main, beside, survey).fuse();
  }

  /** That of the main recording; where it tells of windows what others did not know, theirs too. */
  private static Survey survey(Trace main, Map<Trace, Survey> surveys) {
    ToldShapes told = new ToldShapes();
    surveys.values().forEach(survey -> told.tellAll(survey.shapes()));
    Survey survey = Survey.of(main, keys(surveys.values()), told);
    told.tellAll(survey.shapes());
    if (surveys.values().stream().noneMatch(its -> its.isMistaken(told))) {
      return survey;
    }
    surveys.replaceAll((trace, its) -> its.isMistaken(told) ? Survey.of(trace, null, told) : its);
    return Survey.of(main, keys(surveys.values()), told);
  }

  /** Nearest to the tables first. */
  private static int rank(SourceKind kind) {
    return switch (kind) {
      case QEMU_LOG -> 0;
      case SIMPLETRACE -> 1;
      case CSV, FUSED -> 2;
      case TRACE_DAT -> 3;
      case FTRACE -> 4;
      case DMESG -> 5;
    };
  }

  private static long[] keys(Collection<Survey> surveys) {
    return surveys.stream()
        .flatMapToLong(survey -> Arrays.stream(survey.calls.keys()))
        .sorted()
        .distinct()
        .toArray();
  }

  private Trace fuse() {
    placeMain();
    for (int i = 0; i < beside.size(); i++) {
      place(i);
      beside.subList(0, i).forEach(beside.get(i)::hear);
    }
    long lists = supplements.lists.size();
    if (lists > 0) {
      remarks.add("lists of " + lists + " indirect puts are told by a second recording");
    }
    return new FusedTrace(main, beside, supplements, survey.course(), remarks);
  }

  /** A main recording without times gets those of the first beside it that is of the same run. */
  private void placeMain() {
    if (survey.isTimed()) {
      return;
    }
    List<Witness> timedFirst =
        beside.stream().sorted(Comparator.comparing(witness -> !witness.survey.stamped)).toList();
    for (Witness witness : timedFirst) {
      witness.pairInOrder();
      if (survey.isTimed()) {
        remarks.add(placedInOrder(title(), witness.title()));
        return;
      }
    }
  }

  private static String placedInOrder(String untimed, String timed) {
    return untimed + " has no times: placed by the order of calls shared with " + timed;
  }

  private void place(int index) {
    Witness witness = beside.get(index);
    if (witness.judgement() == null) {
      pair(index);
    }
    SameRun judgement = witness.judgement();
    if (judgement == null) {
      fallback(index);
      remarks.add(unplaced(witness));
    } else if (judgement.isDoubtful()) {
      remarks.add(judgement.doubt(witness.title(), title()));
    } else {
      witness.fill(supplements);
      remarks.add(describe(witness, judgement));
      if (witness.twins().contradictions() > 0) {
        remarks.add(contradicted(witness));
      }
    }
  }

  /** Finds the calls that a witness shares with the main recording. */
  private void pair(int index) {
    Witness witness = beside.get(index);
    if (!witness.survey.stamped) {
      witness.pairInOrder();
      return;
    }
    Optional<Witness> other = sameGuest(index);
    Clocks clocks = clocks(witness, other);
    if (!clocks.isEmpty()) {
      witness.pair(clocks, other.map(known -> known.clocks().jumps()).orElse(0));
    }
  }

  /** The clocks that set a witness's times, empty if no call tells them. */
  private Clocks clocks(Witness witness, Optional<Witness> sameGuest) {
    Rising candidates = SharedCalls.of(witness.survey.calls, survey.calls);
    // Messages are few, but each names its window: none is taken for another by chance.
    boolean sure = witness.trace.source() == SourceKind.DMESG;
    sameGuest.ifPresent(other -> candidates.addAll(other.clocks().pairs()));
    Clocks clocks = Clocks.through(candidates, sure);
    if (sure) {
      return clocks;
    }
    Rising pairs = BlockVotes.follow(witness.survey.calls, survey.calls, clocks);
    pairs.addAll(clocks.pairs());
    return Clocks.through(pairs, true);
  }

  /** An earlier recording of the guest that reads the same clock, and shares more calls. */
  private Optional<Witness> sameGuest(int index) {
    Witness witness = beside.get(index);
    if (witness.trace.source() != SourceKind.DMESG) {
      return Optional.empty();
    }
    return beside.subList(0, index).stream()
        .filter(other -> !other.twins().isEmpty() && readOneClock(witness, other))
        .findFirst();
  }

  private static boolean readOneClock(Witness witness, Witness other) {
    Clocks clocks = Clocks.through(SharedCalls.of(witness.survey.calls, other.survey.calls), true);
    return clocks.isEmpty()
        ? overlap(witness.survey, other.survey)
        : clocks.jumps() == 0 && Math.abs(clocks.first().offset()) < ONE_CLOCK;
  }

  private static boolean overlap(Survey a, Survey b) {
    return a.firstTime <= b.lastTime && b.firstTime <= a.lastTime;
  }

  /** Without a shared call: the clock of another recording of the guest, else behind the end. */
  private void fallback(int index) {
    Witness witness = beside.get(index);
    for (Witness other : beside.subList(0, index)) {
      if (overlap(witness.survey, other.survey)) {
        witness.place(other.clocks(), other.isPlaced());
        return;
      }
    }
    boolean oneClock = overlap(witness.survey, survey);
    boolean bothTimed = survey.isTimed() && witness.survey.stamped;
    long offset = oneClock || !bothTimed ? 0 : survey.lastTime - witness.survey.firstTime;
    witness.place(Clocks.of(Clock.ahead(offset)), witness.coverage.believes(oneClock));
  }

  private String unplaced(Witness witness) {
    return witness.title()
        + ": no call shared with "
        + title()
        + ", its place on the time line is not known"
        + (witness.isPlaced() ? "" : ", and it changes no table");
  }

  private String contradicted(Witness witness) {
    return "%s holds %s that %s does not hold, or with another result"
        .formatted(witness.title(), SameRun.calls(witness.twins().contradictions()), title());
  }

  private String describe(Witness witness, SameRun judgement) {
    if (!witness.survey.stamped) {
      return placedInOrder(witness.title(), title());
    }
    Clocks clocks = witness.clocks();
    return String.format(
        Locale.ROOT,
        "%s: clock %+.6f s against %s, drift %+.1f ppm, error %.3f ms, jumps %d; %s shared",
        witness.title(),
        -clocks.first().offset() / 1e9,
        title(),
        Math.round(-clocks.first().drift() * 1e7) / 10.0, // a long has no -0
        clocks.error() / 1e6,
        clocks.jumps(),
        SameRun.calls(judgement.shared()));
  }

  private String title() {
    return main.files().getFirst();
  }
}

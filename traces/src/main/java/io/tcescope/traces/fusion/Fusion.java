package io.tcescope.traces.fusion;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts several recordings of one run on one time line. */
public final class Fusion {
  /** Guest recordings read one clock; a call's trace and its message are this close. */
  private static final long ONE_CLOCK = 50_000_000;

  private static final Clocks NO_COURSE = Clocks.through(Rising.NONE, true);

  private final Trace main;
  private final List<Source> beside;
  private final List<String> remarks = new ArrayList<>();
  private final Supplements supplements = new Supplements();
  private final Survey survey;

  private Fusion(Trace main, List<Source> beside, Survey survey) {
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
    List<Source> beside = ordered.stream().skip(1).map(Source::new).toList();
    Survey survey = Survey.of(ordered.getFirst(), keys(beside));
    Fusion fusion = new Fusion(ordered.getFirst(), beside, survey);
    return fusion.fuse();
  }

  /** Nearest to the tables first. */
  private static int rank(SourceKind kind) {
    return switch (kind) {
      case QEMU_LOG, SIMPLETRACE -> 0;
      case CSV, FUSED -> 1;
      case TRACE_DAT, FTRACE -> 2;
      case DMESG -> 3;
    };
  }

  private static long[] keys(List<Source> sources) {
    return sources.stream()
        .flatMapToLong(source -> Arrays.stream(source.survey.calls.keys()))
        .sorted()
        .distinct()
        .toArray();
  }

  private Trace fuse() {
    Clocks mainCourse = mainCourse();
    for (int i = 0; i < beside.size(); i++) {
      align(i);
    }
    long lists = supplements.lists.size();
    if (lists > 0) {
      remarks.add("lists of " + lists + " indirect puts are told by a second recording");
    }
    return new FusedTrace(main, beside, supplements, mainCourse, remarks);
  }

  /** Where the main recording's records stand in time; empty if they say so themselves. */
  private Clocks mainCourse() {
    if (survey.isTimed()) {
      return NO_COURSE;
    }
    for (Source source : beside) {
      Rising shared = SharedCalls.of(source.survey.calls, survey.calls).swapped();
      Clocks course = Clocks.inOrder(shared);
      if (!course.isEmpty()) {
        survey.takeTimesFrom(course);
        remarks.add(
            main.files().getFirst()
                + " has no times: placed by the order of calls shared with "
                + source.title());
        return course;
      }
    }
    return NO_COURSE;
  }

  private void align(int index) {
    Source source = beside.get(index);
    source.standBeside(survey);
    Rising candidates = SharedCalls.of(source.survey.calls, survey.calls);
    // Messages are few, but each names its window: none is taken for another by chance.
    boolean sure = source.trace.source() == SourceKind.DMESG;
    sameGuest(index).ifPresent(other -> candidates.addAll(other.clocks.pairs()));
    Clocks clocks = Clocks.through(candidates, sure);
    if (!sure) {
      Rising pairs = BlockVotes.follow(source.survey.calls, survey.calls, clocks);
      pairs.addAll(clocks.pairs());
      clocks = Clocks.through(pairs, true);
    }
    if (clocks.isEmpty()) {
      source.clocks = fallback(index);
    } else {
      source.pair(clocks, supplements);
    }
    remarks.add(describe(source));
    long contradictions = source.contradictions();
    if (contradictions > 0) {
      remarks.add(
          "%s holds %d %s that %s does not hold, or with another result"
              .formatted(
                  source.title(),
                  contradictions,
                  contradictions == 1 ? "call" : "calls",
                  main.files().getFirst()));
    }
  }

  /** An earlier recording of the guest that reads the same clock, and shares more calls. */
  private Optional<Source> sameGuest(int index) {
    Source source = beside.get(index);
    if (source.trace.source() != SourceKind.DMESG) {
      return Optional.empty();
    }
    return beside.subList(0, index).stream()
        .filter(other -> other.aligned && readOneClock(source, other))
        .findFirst();
  }

  private static boolean readOneClock(Source source, Source other) {
    Clocks clocks = Clocks.through(SharedCalls.of(source.survey.calls, other.survey.calls), true);
    return clocks.isEmpty()
        ? overlap(source.survey, other.survey)
        : clocks.jumps() == 0 && Math.abs(clocks.first().offset()) < ONE_CLOCK;
  }

  private static boolean overlap(Survey a, Survey b) {
    return a.firstTime <= b.lastTime && b.firstTime <= a.lastTime;
  }

  /** Without a shared call: the clock of another recording of the guest, else behind the end. */
  private Clocks fallback(int index) {
    Source source = beside.get(index);
    for (Source other : beside.subList(0, index)) {
      if (overlap(source.survey, other.survey)) {
        return other.clocks;
      }
    }
    boolean oneClock = overlap(source.survey, survey);
    long offset = oneClock ? 0 : survey.lastTime - source.survey.firstTime;
    return Clocks.of(Clock.ahead(offset));
  }

  private String describe(Source source) {
    if (!source.aligned) {
      return source.title()
          + ": no call shared with "
          + main.files().getFirst()
          + ", its place on the time line is not known";
    }
    return String.format(
        Locale.ROOT,
        "%s: clock %+.6f s against %s, drift %+.1f ppm, error %.3f ms, jumps %d; %d calls shared",
        source.title(),
        -source.clocks.first().offset() / 1e9,
        main.files().getFirst(),
        Math.round(-source.clocks.first().drift() * 1e7) / 10.0, // a long has no -0
        source.clocks.error() / 1e6,
        source.clocks.jumps(),
        source.shared());
  }
}

package io.tcescope.cli.sweep;

import io.tcescope.cli.input.LeftOut;
import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.output.Checked;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Texts about recordings: they quote a few records among prose, and name events in passing. Only
 * line formats can be quoted so; a recording may have foreign lines too, but few.
 *
 * @param records lines that hold one
 * @param misfits lines that begin like one, or belong to nothing known
 */
public record Notes(long lines, long records, long misfits) {
  private static final Set<SourceKind> QUOTABLE = Set.of(SourceKind.QEMU_LOG, SourceKind.FTRACE);

  /** Names under which readers of these formats count lines that are no record. */
  private static final Set<String> NO_RECORDS = Set.of("log", "warning", "tracer");

  /** Nobody quotes as many. */
  private static final long MANY = 100;

  /** Of a recording, more lines are records. */
  private static final double THIN = 0.2;

  /** So many events hold {@link #MANY} records if nearly all of them are some. */
  private static final long FIRST_LOOK = 128;

  /** The notes that a run was read from; empty if it is a recording. */
  public static Optional<Notes> in(Checked run) {
    return in(run.source(), run.health(), () -> !run.windows().isEmpty());
  }

  /** The same, with no more read than it takes to know. */
  public static Optional<Notes> in(Trace trace, ReplayOptions options) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    long look = FIRST_LOOK;
    while (reader.next(event)) {
      if (event.ordinal() >= look) {
        look *= 2;
        if (records(reader.health()) >= MANY) {
          return Optional.empty();
        }
      }
    }
    return in(trace.source(), reader.health(), () -> hasWindows(trace, options));
  }

  private static Optional<Notes> in(
      SourceKind source, TraceHealth health, BooleanSupplier windows) {
    long records = records(health);
    long misfits = health.skipped().values().stream().mapToLong(TraceHealth.Skipped::count).sum();
    boolean tracer = source == SourceKind.FTRACE; // whose own remarks are no prose
    Notes notes = new Notes(tracer ? records + misfits : health.lines(), records, misfits);
    boolean likely = QUOTABLE.contains(source) && notes.areLikely();
    return likely && !(misfits == 0 && windows.getAsBoolean()) // a console with a few records in it
        ? Optional.of(notes)
        : Optional.empty();
  }

  private static long records(TraceHealth health) {
    return health.records().entrySet().stream()
        .filter(named -> !NO_RECORDS.contains(named.getKey()))
        .map(Map.Entry::getValue)
        .mapToLong(TraceHealth.Records::count)
        .sum();
  }

  private static boolean hasWindows(Trace trace, ReplayOptions options) {
    boolean[] closed = new boolean[1];
    Supplier<Observer> fresh =
        () -> { // a replay that turns out to read it wrongly is begun anew
          closed[0] = false;
          return (event, change, state) -> closed[0] |= change.has(Signal.CLOSED);
        };
    IommuState end = Replay.run(trace, options, fresh).state();
    return closed[0] || !end.settled().windows().isEmpty();
  }

  private boolean areLikely() {
    boolean thin = records < THIN * lines || records < misfits;
    return thin && records < MANY;
  }

  /** Why the file was not checked; it may be a recording all the same if it holds a record. */
  public LeftOut leftOut(TraceFile file) {
    String reason =
        "only quotes records ("
            + records
            + " of "
            + lines
            + " lines), left out; name it to have it read";
    return records == 0
        ? file.leftOut(reason)
        : new LeftOut(file.path().toString(), reason, LeftOut.Kind.SUSPECT);
  }
}

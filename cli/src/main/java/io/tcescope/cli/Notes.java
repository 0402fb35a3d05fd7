package io.tcescope.cli;

import io.tcescope.cli.input.LeftOut;
import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.output.Checked;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceHealth;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Texts about recordings: they quote a few records among prose, and name events in passing. Only
 * line formats can be quoted so; a recording may have foreign lines too, but few.
 *
 * @param records lines that hold one
 * @param misfits lines that begin like one, or belong to nothing known
 */
record Notes(long lines, long records, long misfits) {
  private static final Set<SourceKind> QUOTABLE = Set.of(SourceKind.QEMU_LOG, SourceKind.FTRACE);

  /** Names under which readers of these formats count lines that are no record. */
  private static final Set<String> NO_RECORDS = Set.of("log", "warning", "tracer");

  /** Nobody quotes as many. */
  private static final long MANY = 100;

  /** Of a recording, more lines are records. */
  private static final double THIN = 0.2;

  /** The notes that a run was read from; empty if it is a recording. */
  static Optional<Notes> in(Checked run) {
    TraceHealth health = run.health();
    long records =
        health.records().entrySet().stream()
            .filter(named -> !NO_RECORDS.contains(named.getKey()))
            .map(Map.Entry::getValue)
            .mapToLong(TraceHealth.Records::count)
            .sum();
    long misfits = health.skipped().values().stream().mapToLong(TraceHealth.Skipped::count).sum();
    boolean tracer = run.source() == SourceKind.FTRACE; // whose own remarks are no prose
    Notes notes = new Notes(tracer ? records + misfits : health.lines(), records, misfits);
    boolean told = !run.windows().isEmpty() && misfits == 0; // a console with a few records in it
    return QUOTABLE.contains(run.source()) && notes.areLikely() && !told
        ? Optional.of(notes)
        : Optional.empty();
  }

  private boolean areLikely() {
    boolean thin = records < THIN * lines || records < misfits;
    return thin && records < MANY;
  }

  /** Why the file was not checked; it may be a recording all the same if it holds a record. */
  LeftOut leftOut(TraceFile file) {
    String reason =
        "only quotes records ("
            + records
            + " of "
            + lines
            + " lines), not checked; name it to have it checked";
    return records == 0
        ? file.leftOut(reason)
        : new LeftOut(file.path().toString(), reason, LeftOut.Kind.SUSPECT);
  }
}

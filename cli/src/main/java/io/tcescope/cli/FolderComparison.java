package io.tcescope.cli;

import io.tcescope.cli.compare.Couple;
import io.tcescope.cli.compare.SameNames;
import io.tcescope.cli.input.LeftOut;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.cli.sweep.FileSweep;
import io.tcescope.cli.sweep.InOrder;
import io.tcescope.cli.sweep.Notes;
import io.tcescope.traces.UnreadableTraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads two folders of recordings, such as a test suite's before and after a change, on all cores;
 * those of the same name come together.
 */
final class FolderComparison {
  private final RunOptions options;
  private final Rulebook rules;
  private final Examination.Naming naming;
  private final FileSweep sweep;

  FolderComparison(
      RunOptions options, Rulebook rules, Examination.Naming naming, Terminal terminal) {
    this.options = options;
    this.rules = rules;
    this.naming = naming;
    this.sweep = new FileSweep(terminal, "comparing");
  }

  private record Read(TraceFile file, Investigated run) {}

  /**
   * Hands over what recordings there are, in the order of their names.
   *
   * @return what became of each file
   * @throws UnreadableTraceException if there is no recording
   */
  Audit of(Path a, Path b, Consumer<Couple> taker) throws IOException {
    List<TraceFile> inA = sweep.files(List.of(a));
    SameNames names = new SameNames().with(a, inA).with(b, sweep.files(List.of(b)));
    Couples couples = new Couples(names, Set.copyOf(inA), taker);
    rules.expect(names.inOrder().stream().map(TraceFile::path).toList());
    sweep.over(names.inOrder(), this::read, couples::add);
    couples.handOver();
    return sweep.conclude(List.of(a, b));
  }

  /** Brings recordings of the same name together, which come one behind the other. */
  private static final class Couples {
    private final SameNames names;
    private final Set<TraceFile> inA;
    private final Consumer<Couple> taker;
    private @Nullable Couple begun;

    Couples(SameNames names, Set<TraceFile> inA, Consumer<Couple> taker) {
      this.names = names;
      this.inA = inA;
      this.taker = taker;
    }

    boolean add(Read read) {
      String name = names.of(read.file());
      Couple couple = begun;
      if (couple == null || !couple.name().equals(name)) {
        handOver();
        couple = new Couple(name, Optional.empty(), Optional.empty());
      }
      Optional<Investigated> run = Optional.of(read.run());
      begun =
          inA.contains(read.file())
              ? new Couple(name, run, couple.b())
              : new Couple(name, couple.a(), run);
      return true;
    }

    void handOver() {
      if (begun != null) {
        taker.accept(begun);
        begun = null;
      }
    }
  }

  private Optional<LeftOut> read(TraceFile file, InOrder.Parts<Read> parts) throws IOException {
    Investigated run = Investigation.of(file.path(), options, rules, naming);
    Optional<Notes> notes = Notes.in(run.checked());
    if (notes.isEmpty()) {
      parts.add(new Read(file, run));
    }
    return notes.map(quoting -> quoting.leftOut(file));
  }
}

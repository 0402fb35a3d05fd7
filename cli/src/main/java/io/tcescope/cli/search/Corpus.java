package io.tcescope.cli.search;

import io.tcescope.cli.ExitCode;
import io.tcescope.cli.input.LeftOut;
import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.HealthNotes;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.sweep.FileSweep;
import io.tcescope.cli.sweep.InOrder;
import io.tcescope.cli.sweep.Notes;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.language.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All recordings and cases that a command line names. Each is opened, asked and closed by itself,
 * on all cores, and the answers come in the order of the paths; so there may be more than memory
 * holds.
 */
final class Corpus {
  private static final Query NOTHING = new Query.Events(new TreeSet<>());

  /** Looking flushes what is printed. */
  private static final int ANSWERS_PER_LOOK = 256;

  private final Opening opening;
  private final boolean strict;
  private final List<Path> paths;
  private final FileSweep sweep;
  private final List<TraceFile> files;
  private final Set<String> notes = new LinkedHashSet<>();
  private boolean lossy;
  private long answers;

  /**
   * Walks through folders; says at once what is wrong with them.
   *
   * @param strict recordings are read to their end, so that all damage is known
   */
  Corpus(Opening opening, List<Path> paths, boolean strict) {
    this.opening = opening;
    this.paths = paths;
    this.strict = strict;
    this.sweep = new FileSweep(opening.terminal(), "searching");
    this.files = sweep.files(paths);
  }

  /**
   * A run that is asked.
   *
   * @param named more than one may be asked, so what is told of it names its file
   */
  record Asked(TraceFile path, SearchableRun run, boolean named) {}

  /** What every run is asked. */
  @FunctionalInterface
  interface Question<A> {
    void of(Asked asked, InOrder.Parts<A> answers) throws IOException;
  }

  /** What comes of a run: answers, and at last what to know about them. */
  private sealed interface Heard<A> {
    record Answer<A>(A answer) implements Heard<A> {}

    record End<A>(List<String> notes, boolean lossy) implements Heard<A> {}
  }

  /** Asks all runs; the answers go to {@code taker} until that says that it has enough. */
  <A> void ask(Question<A> question, Predicate<A> taker) {
    ask(files, question, taker);
  }

  /** Asks the runs behind some of the paths. */
  <A> void ask(List<TraceFile> some, Question<A> question, Predicate<A> taker) {
    sweep.<Heard<A>>over(
        some,
        (file, heard) -> ask(file, question, heard),
        heard ->
            switch (heard) {
              case Heard.Answer<A>(A answer) -> (taker.test(answer) || strict) && isRead();
              case Heard.End<A> end -> note(end);
            });
  }

  /** False if nobody reads the answers any more, which is asked from time to time. */
  private boolean isRead() {
    return ++answers % ANSWERS_PER_LOOK != 0 || !opening.terminal().isGone();
  }

  private <A> boolean note(Heard.End<A> end) {
    notes.addAll(end.notes());
    lossy |= end.lossy();
    return true;
  }

  private <A> Optional<LeftOut> ask(
      TraceFile file, Question<A> question, InOrder.Parts<Heard<A>> heard) throws IOException {
    try (SearchedRuns runs = opening.open(file.path(), heard::areWanted)) {
      Optional<Notes> quoting = file.isNamed() ? Optional.empty() : runs.notes();
      if (quoting.isPresent()) {
        return Optional.of(quoting.get().leftOut(file));
      }
      for (SearchableRun run : runs.all()) {
        boolean several = files.size() > 1 || !file.isNamed() || runs.all().size() > 1;
        boolean named = several || run.files().size() > 1;
        if (heard.areWanted()) { // else an earlier run of the case was enough
          question.of(new Asked(file, run, named), heard.madeBy(Heard.Answer::new));
          heard.add(end(run, several));
        }
      }
      return Optional.empty();
    }
  }

  private <A> Heard<A> end(SearchableRun run, boolean several) throws IOException {
    List<String> words = new ArrayList<>(run.remarks());
    if (strict && run.health().isEmpty()) {
      run.count(NOTHING);
    }
    Optional<TraceHealth> health = run.health();
    health.ifPresent(known -> words.addAll(HealthNotes.of(known, run.files(), several)));
    return new Heard.End<>(words, health.map(TraceHealth::isLossy).orElse(false));
  }

  /** Says what to know about the answers, and what the process should answer. */
  int conclude() throws IOException {
    Terminal terminal = opening.terminal();
    Audit audit = sweep.conclude(paths);
    notes.forEach(words -> terminal.err().println("tcescope: " + words));
    return ExitCode.of(audit, strict, lossy);
  }
}

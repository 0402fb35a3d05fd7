package io.tcescope.cli;

import io.tcescope.cli.input.BusAddress;
import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.Places;
import io.tcescope.cli.input.Point;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.References;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.output.WhyJson;
import io.tcescope.cli.output.WhyText;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.SymptomKind;
import io.tcescope.engine.why.Why;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From a symptom to its cause. */
@Command(
    name = "why",
    description = "From the symptom to the event that caused it, with the chain between them.",
    footer = {
      "",
      "Several files are taken as recordings of one run: a host's log, the guest's dmesg, ...",
      "Exit code 0 whatever is found; 3 if a file is no recording.",
      "",
      "Examples:",
      "  tcescope why trace.log",
      "  tcescope why trace.log dmesg.txt --symptom 'NETDEV WATCHDOG'",
      "  tcescope why trace.log --symptom 'e1000e 0002:00:00.0 eth1: Detected Tx Unit Hang'",
      "  tcescope why trace.log --addr 0x300200b0 --at line:13776",
      "  tcescope why trace.log --at 75.5s",
    })
final class WhyCommand implements Callable<Integer> {
  /** What the shell completes {@code --symptom} with. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(SymptomKind.values()).map(SymptomKind::label).iterator();
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private StrictOption strict = new StrictOption();
  @Mixin final OneRun oneRun = new OneRun();

  @Parameters(arity = "1..*", paramLabel = "TRACE", description = "Recordings of one run.")
  private List<Path> files = List.of();

  @Option(
      names = "--symptom",
      paramLabel = "TEXT",
      completionCandidates = Kinds.class,
      description =
          "Only symptoms of this kind (${COMPLETION-CANDIDATES}), or whose text contains this; if"
              + " the recording holds none, take it for a symptom that was seen elsewhere, after"
              + " its end: a kind, or a message of a kernel or driver.")
  private @Nullable String symptom;

  @Option(
      names = "--addr",
      paramLabel = "A",
      converter = BusAddress.Parser.class,
      description = "Ask for the fate of this bus address instead.")
  private @Nullable BusAddress address;

  @Option(
      names = "--at",
      paramLabel = "POINT",
      converter = Point.Parser.class,
      description =
          "With --addr: when it was accessed. Else: take the recording to end there. "
              + Point.SYNTAX
              + ". Default: end.")
  private Point at = new Point.End();

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Commands.terminal(spec);
    try (OpenRun opened = OpenRun.open(run, files)) {
      Trace trace = opened.trace();
      Question question = question(terminal, trace);
      Replay.Result<Why> result;
      try (ProgressBar progress = new ProgressBar(terminal, "looking for causes", trace.bytes())) {
        result =
            Replay.run(
                trace,
                opened.replay().withReadAhead(true).withProgress(progress),
                () -> new Why(trace, question));
      }
      show(
          terminal,
          trace,
          result.observer().diagnosis(),
          until(terminal, trace, question, result.health()));
      return Commands.exitCode(terminal, strict.isGiven(), trace, result.health());
    }
  }

  private Question question(Terminal terminal, Trace trace) throws IOException {
    OptionalLong asked = asked(terminal);
    if (at instanceof Point.End) {
      return new Question(Optional.ofNullable(symptom), asked, OptionalLong.empty());
    }
    OptionalLong until = OptionalLong.of(at.resolve(trace, Long.MAX_VALUE));
    return new Question(Optional.ofNullable(symptom), asked, until);
  }

  /** The last event that was asked about; a point outside of the recording is told. */
  private OptionalLong until(
      Terminal terminal, Trace trace, Question question, TraceHealth health) {
    if (question.at().isEmpty()) {
      return question.at();
    }
    long until = Math.min(question.at().getAsLong(), health.events());
    at.doubt(trace, until).ifPresent(words -> Commands.note(terminal, words));
    return OptionalLong.of(until);
  }

  private OptionalLong asked(Terminal terminal) {
    BusAddress given = address;
    if (given == null) {
      return OptionalLong.empty();
    }
    given.doubt().ifPresent(words -> Commands.note(terminal, words));
    return OptionalLong.of(given.ioba());
  }

  private void show(Terminal terminal, Trace trace, Diagnosis diagnosis, OptionalLong until) {
    Set<Long> named = Mentioned.by(diagnosis);
    until.ifPresent(named::add);
    Places places = Places.of(trace, named);
    if (format.isText()) {
      new WhyText(terminal, places, trace.files())
          .diagnosis(diagnosis, places.get(until.orElse(0)));
    } else {
      new WhyJson(new Json(terminal.out()), new References(trace.files()), places)
          .diagnosis(diagnosis);
    }
  }
}

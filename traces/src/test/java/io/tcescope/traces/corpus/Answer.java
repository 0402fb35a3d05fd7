package io.tcescope.traces.corpus;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Why;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The answer to a question about a run, and where its events stand. */
record Answer(Diagnosis diagnosis, List<String> files, Event deciding) {
  Cause first() {
    return diagnosis.causes().getFirst();
  }

  String file() {
    return Path.of(files.get(deciding.file())).getFileName().toString();
  }

  static Answer why(String run, String files, Question question) {
    try (Trace trace = open(run, files)) {
      Diagnosis diagnosis =
          Replay.run(trace, ReplayOptions.defaults(), () -> new Why(trace, question))
              .observer()
              .diagnosis();
      Event deciding = new Event();
      if (!diagnosis.causes().isEmpty()) {
        trace.read(diagnosis.causes().getFirst().ordinal()).next(deciding);
      }
      return new Answer(diagnosis, trace.files(), deciding);
    }
  }

  static Trace open(String run, String files) {
    List<Path> paths =
        Arrays.stream(files.split(" ")).map(file -> Fixtures.file(run, file)).toList();
    try {
      return paths.size() == 1
          ? Fixtures.open(paths.getFirst())
          : Traces.openTogether(paths, TraceOptions.NONE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

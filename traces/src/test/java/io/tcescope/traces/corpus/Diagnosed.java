package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import io.tcescope.engine.why.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recordings written by hand, and what is said of them. */
final class Diagnosed {
  static final String COLUMNS =
      "time_ns,call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start,"
          + "windows_available,perm,text\n";

  static final String DEFAULT_WINDOW =
      "1000000000,window,0x80000100,,0x40000,,,0x800000020000001,12,,0x0,,,default\n";

  private Diagnosed() {}

  static Diagnosis why(Path folder, String text, Question question) {
    try {
      Path file = Files.writeString(folder.resolve("recording"), text);
      try (Trace trace = Fixtures.open(file)) {
        return of(trace, question);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Diagnosis of(Trace trace, Question question) {
    return Replay.run(trace, ReplayOptions.defaults(), () -> new Why(trace, question))
        .observer()
        .diagnosis();
  }

  static void assertCause(Diagnosis diagnosis, SymptomKind kind, String rule, long event) {
    assertThat(diagnosis.symptoms()).extracting(Symptom::kind).contains(kind);
    Cause first = diagnosis.causes().getFirst();
    assertThat(first.rule()).isEqualTo(rule);
    assertThat(first.ordinal()).isEqualTo(event);
    assertThat(diagnosis.causes()).hasSizeLessThanOrEqualTo(3);
    assertThat(diagnosis.undecided()).isEmpty();
  }
}

package io.tcescope.traces.corpus;

import static io.tcescope.traces.corpus.Diagnosed.COLUMNS;
import static io.tcescope.traces.corpus.Diagnosed.DEFAULT_WINDOW;
import static io.tcescope.traces.corpus.Diagnosed.assertCause;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps that fail: what is counted as one trouble, and who is behind it. */
final class FailedMapsTest {
  @TempDir private Path folder;

  private Diagnosis why(String text) {
    return Diagnosed.why(folder, text, Question.OPEN);
  }

  @ParameterizedTest
  @CsvSource({
    "a call leaves the window, H_PUT_TCE, 0x80000100, 0x50000000, 1, -4, ioba-out-of-window",
    "a LIOBN that never was, H_PUT_TCE, 0x80000700, 0x1000, 1, -4, unknown-liobn",
    "no resources left, H_PUT_TCE, 0x80000100, 0x2000, 1, -44, tce-resources-exhausted",
  })
  void aFailedCallIsExplainedByWhatItNames(
      String why, String call, String liobn, String ioba, int pages, int ret, String rule) {
    String row =
        "2000000000,%s,%s,%s,%d,0x5003,%d,,,,,,,%n".formatted(call, liobn, ioba, pages, ret);
    Diagnosis diagnosis = why(COLUMNS + DEFAULT_WINDOW + row);
    assertCause(diagnosis, SymptomKind.PUT_FAILED, rule, 2);
  }

  @Test
  void aTableWhoseUnmapsFailIsTroubleThatTheFirstFailedMapTells() {
    String gone =
        COLUMNS
            + DEFAULT_WINDOW
            + "2000000000,\"ibm,remove-pe-dma-window\",0x80000100,,,,0,,,,,,,\n"
            + "3000000000,H_STUFF_TCE,0x80000100,0x2000,1,0x0,-4,,,,,,,\n"
            + "3000000001,H_PUT_TCE,0x80000100,0x3000,1,0x0,-4,,,,,,,\n";
    Symptom unmaps = why(gone).symptoms().getFirst();
    assertThat(unmaps.kind()).isEqualTo(SymptomKind.PUT_FAILED);
    assertThat(unmaps.ordinal()).isEqualTo(3);
    assertThat(unmaps.count()).isZero();
    assertThat(unmaps.unmaps()).isEqualTo(2);
    assertThat(unmaps).hasToString("put-failed, 2 failed unmaps");
    Symptom both =
        why(gone + "3000000002,H_PUT_TCE,0x80000100,0x2000,1,0x5003,-4,,,,,,,\n")
            .symptoms()
            .getFirst();
    assertThat(both.ordinal()).isEqualTo(5);
    assertThat(both.count()).isOne();
    assertThat(both.unmaps()).isEqualTo(2);
    assertThat(both.text()).startsWith("H_PUT_TCE on 0x80000100");
  }

  @Test
  void twoPartsOfOneRecordingAddUp() throws IOException {
    String head = "[    1.000000] Linux version 6.12\n";
    String failure =
        """
        [    9.500000] tce_build_pSeriesLP: plpar_tce_put failed. rc=-4
        [    9.500001] \tindex   = 0x80000300
        """;
    Path first = Files.writeString(folder.resolve("first"), head + failure + failure);
    Path second = Files.writeString(folder.resolve("second"), failure.replace(" 9", "19"));
    try (Trace trace = Traces.openTogether(List.of(first, second), TraceOptions.NONE)) {
      assertThat(Diagnosed.of(trace, Question.OPEN).symptoms())
          .singleElement()
          .satisfies(one -> assertThat(one.count()).isEqualTo(3));
    }
  }

  @Test
  void aCallOnAWindowThatWentIdleLeadsToItsRemoval() {
    Diagnosis diagnosis =
        why(
            COLUMNS
                + DEFAULT_WINDOW
                + "1000000001,window,0x80000101,,0x1000,,,0x800000020000001,16,,"
                + "0x800000000000000,,,ddw\n"
                + "2000000000,\"ibm,remove-pe-dma-window\",0x80000101,,,,0,,,,,,,\n"
                + "3000000000,H_PUT_TCE,0x80000101,0x800000000020000,1,0x50003,-4,,,,,,,\n");
    assertCause(diagnosis, SymptomKind.PUT_FAILED, "tce-op-after-window-removal", 3);
    assertThat(diagnosis.symptoms().getFirst().window()).isEqualTo(Symptom.Presence.GONE);
  }

  @Test
  void aPeWithoutAnyWindowLeadsToTheRemovalOfItsLast() {
    Diagnosis diagnosis =
        why(
            COLUMNS
                + DEFAULT_WINDOW
                + "2000000000,\"ibm,remove-pe-dma-window\",0x80000100,,,,0,,,,,,,\n"
                + "13000000000,H_PUT_TCE,0x80000100,0x2000,1,0x5003,-4,,,,,,,\n");
    assertCause(diagnosis, SymptomKind.PUT_FAILED, "default-window-not-restored-after-failure", 2);
  }
}

package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.event.Trace;
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

/** Default windows removed in use, as a guest's own allocator tells. */
final class GuestAllocationsTest {
  private static final String RULE = "default-window-removed-in-use";

  @TempDir private Path folder;

  private static List<Finding> inUse(Trace trace) {
    return Fixtures.findings(trace, RULE);
  }

  /** The host's recordings of the runs tell the same numbers. */
  @ParameterizedTest
  @CsvSource({
    "linux510-default-reset-in-use-xlate, 13746, 304, 0x1e0000, 0x3003f000",
    "linux510-default-removed-in-use, 13880, 304, 0xc150000, 0x3003f000",
  })
  void theGuestTellsHowManyPagesItHadThere(
      String run, long event, long live, String first, String last) {
    try (Trace trace = Answer.open(run, "ftrace.txt.zst")) {
      assertThat(inUse(trace))
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.ordinal()).isEqualTo(event);
                assertThat(one.severity()).isEqualTo(Severity.CRITICAL);
                assertThat(one.confidence()).isEqualTo(Confidence.INFERRED);
                assertThat(one.data())
                    .containsEntry("live", live)
                    .containsEntry("firstIoba", first)
                    .containsEntry("lastIoba", last);
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linux61-ddw",
    "linux61-dynamic-ddw",
    "linux612-fw-window",
    "linux612-single-window-vf",
  })
  void anIdleWindowIsNotInUse(String run) {
    try (Trace trace = Answer.open(run, "ftrace.txt.zst")) {
      assertThat(inUse(trace)).isEmpty();
    }
  }

  private static final String MAPS =
      "buildmulti: (tce_buildmulti_pSeriesLP+0xc/0x390) tbl=0xa tcenum=16 npages=2"
          + " uaddr=0xc000000002ed6000 dir=0";
  private static final String FREES =
      "freemulti: (tce_freemulti_pSeriesLP+0xc/0x170) tbl=0xa tcenum=16 npages=2";
  private static final String ENTERS = "rtas_call: (rtas_call+0xc/0x480) ";
  private static final String LEAVES =
      "rtas_call_ret: (rtas_read_config+0x1/0x2 <- rtas_call) rc=0";

  private static String configures(int bridge) {
    return ENTERS
        + "token=0x2016 nargs=4 nret=2 a0=0x4 a1=0x8000000 a2=0x2000000"
        + bridge
        + " a3=0x2 a4=0xffffffff";
  }

  private static String removes(int bridge) {
    return ENTERS
        + "token=0x2028 nargs=1 nret=1 a0=0x80000"
        + bridge
        + "00 a1=0x1 a2=0x1 a3=0x0 a4=0xc000000004f7efb0";
  }

  private List<Finding> inUse(String... records) {
    StringBuilder text = new StringBuilder("# tracer: nop\n");
    for (String record : records) {
      text.append("            task-1       [000] d....     7.582134: %s%n".formatted(record));
    }
    try {
      Path file = Files.writeString(folder.resolve("ftrace.txt"), text);
      try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
        return inUse(trace);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTableIsOfTheBridgeOfTheDeviceThatIsSetUp() {
    assertThat(inUse(configures(1), LEAVES, MAPS, removes(1), LEAVES)).hasSize(1);
    assertThat(inUse(configures(2), LEAVES, MAPS, removes(1), LEAVES)).isEmpty();
    assertThat(inUse(MAPS, removes(1), LEAVES)).isEmpty();
  }

  @Test
  void aTableOfTwoBridgesIsOfNone() {
    assertThat(inUse(configures(1), LEAVES, MAPS, configures(2), LEAVES, MAPS, removes(1), LEAVES))
        .isEmpty();
  }

  @Test
  void whatIsFreedIsNotInUse() {
    assertThat(inUse(configures(1), LEAVES, MAPS, FREES, removes(1), LEAVES)).isEmpty();
  }
}

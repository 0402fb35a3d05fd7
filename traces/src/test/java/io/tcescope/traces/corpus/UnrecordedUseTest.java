package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Why;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A default window removed in use, from recordings without a kind of call, that know no table. */
final class UnrecordedUseTest {
  private static final String RUN = "linux510-default-removed-in-use";

  @TempDir private Path folder;

  /** Entries that calls left mapped tell it; clears that may be missing leave doubt. */
  @ParameterizedTest
  @CsvSource({"stuff, LOW", "put, LOW", "indirect, INFERRED"})
  void whatCallsLeftInAWindowTellsThatItsRemovalHurt(String missing, Confidence confidence)
      throws IOException {
    assertThat(causes(Fixtures.without(folder, RUN, missing)))
        .singleElement()
        .returns("default-window-removed-in-use", Cause::rule)
        .returns(confidence, Cause::confidence);
  }

  /** Calls that fail later do not prove that anything was mapped. */
  @Test
  void aWindowThatWasClearedBeforeWasNotInUse() throws IOException {
    Path log = Fixtures.without(folder, RUN, "indirect");
    List<String> cleared =
        Files.readAllLines(log).stream()
            .flatMap(
                line ->
                    line.contains("spapr_iommu_ddw_remove")
                        ? Stream.of(clearBefore(line), line)
                        : Stream.of(line))
            .toList();
    Files.write(log, cleared, StandardCharsets.ISO_8859_1);
    assertThat(causes(log)).extracting(Cause::rule).containsExactly("tce-op-after-window-removal");
  }

  private static String clearBefore(String removal) {
    return removal.substring(0, removal.indexOf(':'))
        + ":spapr_iommu_pci_stuff liobn=0x80000100 ioba=0x40000000 tcevalue=0x0 npages=262144 ret=0";
  }

  private static List<Cause> causes(Path log) throws IOException {
    Question open = new Question(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    try (Trace trace = Fixtures.open(log)) {
      return Replay.run(trace, ReplayOptions.defaults(), () -> new Why(trace, open))
          .observer()
          .diagnosis()
          .causes();
    }
  }
}

package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.why.Doctor;
import io.tcescope.engine.why.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recording shows of its guest, and what of the guest's calls it evidently leaves out. */
final class GuestKindTest {
  @TempDir private Path folder;

  @Test
  void aGuestThatBootsInSightAndClearsNoWindowIsNotTakenForLinux() throws IOException {
    Truth truth = Truth.of(Fixtures.file("bare72-odd-lists", "whole.truth.json.zst"));
    try (Trace trace = Fixtures.open(Fixtures.file("bare72-odd-lists", "whole.log.zst"))) {
      Replay.Result<Truth.Recorder> result =
          Replay.run(trace, ReplayOptions.defaults(), () -> new Truth.Recorder(truth));
      assertThat(result.rules().inferLists()).isFalse();
      for (Truth.Snapshot snapshot : truth.snapshots()) {
        Map<Certainty, Long> counts = Truth.compare(result.observer().at(snapshot), snapshot);
        assertThat(counts).containsKey(Certainty.UNKNOWN);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linux61-ddw, stuff, H_STUFF_TCE",
    "linux61-ddw, put, H_PUT_TCE",
    "linux61-ddw, indirect, H_PUT_TCE_INDIRECT",
    "linux510-default-removed-in-use, stuff, H_STUFF_TCE",
    "linux612-io, indirect, H_PUT_TCE_INDIRECT",
  })
  void aKindOfCallThatIsLeftOutIsFoundAndNoEntryBelieved(
      String run, String event, EventKind missing) throws IOException {
    try (Trace trace = Fixtures.open(Fixtures.without(folder, run, event))) {
      Replay.Result<Doctor> result =
          Replay.run(trace, ReplayOptions.defaults(), () -> new Doctor(trace));
      assertThat(result.rules().unrecorded()).containsExactly(missing);
      assertThat(result.health().remarks()).anyMatch(remark -> remark.contains(missing.call()));
      assertThat(result.state().settled().windows())
          .isNotEmpty()
          .allSatisfy(window -> assertThat(window).returns(window.entries(), DmaWindow::unknown));
      assertThat(result.observer().report().verdicts())
          .filteredOn(verdict -> verdict.question().contains("every entry"))
          .singleElement()
          .returns(Verdict.Degree.NO, Verdict::degree);
      assertThat(result.observer().report().rules())
          .extracting(CheckRunner.NotApplicable::rule)
          .contains("tce-double-map", "tce-clear-unmapped", "tce-leak");
    }
  }

  /** What a call wrote may be gone before the next that is recorded, at every moment. */
  @ParameterizedTest
  @CsvSource({
    "linux61-ddw, stuff",
    "linux510-default-removed-in-use, stuff",
    "linux510-default-removed-in-use, put",
    "linux612-io, indirect",
  })
  void whereAKindIsLeftOutNothingIsClaimedOfWhatACallDid(String run, String event)
      throws IOException {
    int effects = Signal.MAPPED | Signal.CLEARED | Signal.REMAPPED | Signal.CLEARED_UNMAPPED;
    int[] claims = {0};
    try (Trace trace = Fixtures.open(Fixtures.without(folder, run, event))) {
      Observer watcher = (now, change, state) -> claims[0] |= change.signals() & effects;
      IommuState.Rules rules = Replay.rules(trace, ReplayOptions.defaults());
      Replay.run(trace, rules, ReplayOptions.defaults(), watcher);
      CheckRunner checks =
          Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace)).observer();
      assertThat(checks.findings())
          .extracting(Finding::rule)
          .doesNotContain("window-removed-in-use", "default-window-removed-in-use");
      assertThat(checks.findings())
          .extracting(Finding::message)
          .noneMatch(message -> message.contains(" 0 entries stay live"));
    }
    assertThat(claims[0]).isZero();
  }

  /** Interrupts may not be recorded, and libvirt numbers virtual devices its own way. */
  @Test
  void aBootIsKnownByTheQueuesThatItsEndFreesWhereverTheyAre() throws IOException {
    Path log = Fixtures.without(folder, "linux61-ddw", "stuff");
    String quiet = Files.readString(log).replaceAll("(?m)^[^ ]*:spapr_pci_.*\\R", "");
    Files.writeString(log, quiet.replace("dev 0x71000000 freed", "dev 0x3000 freed"));
    try (Trace trace = Fixtures.open(log)) {
      assertThat(
              Replay.run(trace, ReplayOptions.defaults(), () -> new Doctor(trace))
                  .rules()
                  .unrecorded())
          .containsExactly(EventKind.H_STUFF_TCE);
    }
  }
}

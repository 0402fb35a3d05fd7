package io.tcescope.cli.baseline;

import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Comparison;
import io.tcescope.engine.check.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Findings that are known from an earlier check: as many of each fingerprint and severity in each
 * recording as were found then.
 */
public final class Baseline {
  private final String file;
  private final Map<RecordingName, KnownRecording> recordings = new LinkedHashMap<>();
  private long fresh;
  private long known;

  private Baseline(String file) {
    this.file = file;
  }

  /**
   * Reads what {@code check --format json} or {@code ndjson} printed.
   *
   * @throws io.tcescope.cli.input.UsageException if the file is something else, or cannot be read
   */
  public static Baseline read(Path file) {
    Baseline baseline = new Baseline(file.toString());
    BaselineReader.read(file, baseline);
    return baseline;
  }

  KnownRecording recording(RecordingName name) {
    return recordings.computeIfAbsent(name, _ -> new KnownRecording());
  }

  /** A run with what is known of it; its findings are then taken to have been found again. */
  public Checked compare(Checked run) {
    Set<Finding> found =
        find(RecordingName.of(run.files())).map(recording -> recording.known(run)).orElse(Set.of());
    known += found.size();
    fresh += run.findings().size() - found.size();
    return run.knowing(found);
  }

  /** The recording of that name, or else the only one whose name ends alike. */
  private Optional<KnownRecording> find(RecordingName name) {
    KnownRecording same = recordings.get(name);
    if (same != null) {
      return Optional.of(same);
    }
    List<KnownRecording> alike = new ArrayList<>();
    recordings.forEach(
        (other, recording) -> {
          if (name.endsLike(other)) {
            alike.add(recording);
          }
        });
    return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
  }

  /** What is new and what is gone, over all runs that were compared. */
  public Comparison result() {
    return new Comparison(
        file,
        fresh,
        known,
        recordings.values().stream().flatMap(one -> one.gone().stream()).toList(),
        recordings.values().stream().flatMap(one -> one.notJudged().stream()).toList(),
        recordings.values().stream().filter(one -> !one.isChecked()).count());
  }
}

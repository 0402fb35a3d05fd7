package io.tcescope.cli.baseline;

import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Comparison;
import io.tcescope.engine.check.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Findings that are known from an earlier check: as many of each fingerprint and severity in each
 * recording as were found then.
 */
public final class Baseline {
  private final String file;
  private final List<Path> folders;
  private final Map<RecordingName, KnownRecording> recordings = new LinkedHashMap<>();
  private long fresh;
  private long known;
  private long strangers;

  private Baseline(String file, List<Path> folders) {
    this.file = file;
    this.folders = folders;
  }

  /**
   * Reads what {@code check --format json} or {@code ndjson} printed.
   *
   * @param named what will be compared: files, and folders of them
   * @throws io.tcescope.cli.input.UsageException if the file is something else, or cannot be read
   */
  public static Baseline read(Path file, List<Path> named) {
    List<Path> folders = named.stream().filter(Files::isDirectory).toList();
    Baseline baseline = new Baseline(file.toString(), folders);
    BaselineReader.read(file, baseline);
    return baseline;
  }

  KnownRecording recording(RecordingName name) {
    return recordings.computeIfAbsent(name, _ -> new KnownRecording());
  }

  /** A run with what is known of it; its findings are then taken to have been found again. */
  public Checked compare(Checked run) {
    Optional<KnownRecording> recording =
        names(run.files()).stream().flatMap(name -> find(name).stream()).findFirst();
    Set<Finding> found = recording.map(one -> one.known(run)).orElse(Set.of());
    strangers += recording.isEmpty() ? 1 : 0;
    known += found.size();
    fresh += run.findings().size() - found.size();
    return run.knowing(found);
  }

  /** As what a recording may be known, the surest first: from here, or in the folder named. */
  private List<RecordingName> names(List<String> files) {
    List<RecordingName> names = new ArrayList<>(List.of(RecordingName.of(files)));
    List<Path> paths = files.stream().map(Path::of).toList();
    for (Path folder : folders) {
      if (paths.stream().allMatch(path -> path.startsWith(folder))) {
        Path own = folder.toAbsolutePath().normalize();
        Path above = own.getParent() == null ? own : own.getParent();
        List<Path> below = paths.stream().map(folder::relativize).toList();
        names.add(name(below.stream().map(path -> above.relativize(own).resolve(path))));
        names.add(name(below.stream()));
      }
    }
    return names;
  }

  private static RecordingName name(Stream<Path> files) {
    return RecordingName.of(files.map(Path::toString).toList());
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
        recordings.values().stream().filter(one -> !one.isChecked()).count(),
        strangers);
  }
}

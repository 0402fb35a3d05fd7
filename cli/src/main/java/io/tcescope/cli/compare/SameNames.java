package io.tcescope.cli.compare;

import io.tcescope.cli.input.TraceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What files of two folders are called, so that those of the same name meet. */
public final class SameNames {
  private final Map<TraceFile, String> names = new HashMap<>();
  private final TreeMap<String, List<TraceFile>> files = new TreeMap<>();

  /** Adds the files of a folder. */
  public SameNames with(Path folder, List<TraceFile> inIt) {
    Map<String, List<TraceFile>> unpacked =
        inIt.stream().collect(Collectors.groupingBy(file -> unpacked(path(folder, file))));
    unpacked.forEach(
        (name, same) ->
            same.forEach(file -> add(same.size() == 1 ? name : path(folder, file), file)));
    return this;
  }

  private static String path(Path folder, TraceFile file) {
    return folder.relativize(file.path()).toString();
  }

  private static String unpacked(String name) {
    return name.replaceFirst("\\.(gz|zst|xz)$", "");
  }

  private void add(String name, TraceFile file) {
    names.put(file, name);
    files.computeIfAbsent(name, any -> new ArrayList<>()).add(file);
  }

  /** All files, those of one name together. */
  public List<TraceFile> inOrder() {
    return files.values().stream().flatMap(List::stream).toList();
  }

  /**
   * The path of a file inside its folder, without what says how it is packed unless it lies there
   * packed in several ways.
   */
  public String of(TraceFile file) {
    return Objects.requireNonNull(names.get(file));
  }
}

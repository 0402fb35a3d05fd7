package io.tcescope.cli.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the files of a run are named for people. */
public final class FileNames {
  private FileNames() {}

  /**
   * Each file by the shortest end of its path that tells it apart from the others, mostly its name.
   */
  public static List<String> shown(List<String> files) {
    List<Path> paths = files.stream().map(Path::of).toList();
    List<Path> ends = new ArrayList<>(paths.stream().map(path -> end(path, 1)).toList());
    for (int names = 2; ; names++) {
      Map<Path, Integer> times = new HashMap<>();
      ends.forEach(end -> times.merge(end, 1, Integer::sum));
      boolean longer = false;
      for (int i = 0; i < ends.size(); i++) {
        if (times.getOrDefault(ends.get(i), 1) > 1 && !ends.get(i).equals(paths.get(i))) {
          ends.set(i, end(paths.get(i), names));
          longer = true;
        }
      }
      if (!longer) {
        return ends.stream().map(Path::toString).toList();
      }
    }
  }

  /** The last names of a path, as many as are wanted; if it has no more, the path. */
  private static Path end(Path path, int names) {
    int all = path.getNameCount();
    return names <= all ? path.subpath(all - names, all) : path;
  }

  /** The name of a run: of one file, as the user named it; of several, as they are shown. */
  public static String title(List<String> files) {
    return files.size() == 1 ? files.getFirst() : String.join(" + ", shown(files));
  }

  /** The text with the files of one run as they are shown beside each other. */
  public static String within(String text, List<String> files) {
    if (files.size() == 1) {
      return text;
    }
    List<String> shown = shown(files);
    String shorter = text;
    for (String file :
        files.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList()) {
      shorter = shorter.replace(file, shown.get(files.indexOf(file)));
    }
    return shorter;
  }

  /** The run as a command line names it. */
  static String arguments(List<String> files) {
    return (files.size() == 1 ? "" : "--together ") + String.join(" ", files);
  }
}

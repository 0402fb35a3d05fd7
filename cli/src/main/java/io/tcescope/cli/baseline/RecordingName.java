package io.tcescope.cli.baseline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * By what a recording is known again: the paths of its files, below the working directory where
 * they lie there. A baseline may have been made from another directory, or of another checkout, so
 * a name may also mean the only recording of which each path is the tail of its own, or it of that.
 *
 * @param files the names of folders and file, outermost first, of each file
 */
record RecordingName(List<List<String>> files) {
  private static final Path HERE = Path.of("").toAbsolutePath();

  RecordingName {
    files = List.copyOf(files);
  }

  /** The name of a recording of these files, as the user named them. */
  static RecordingName of(List<String> files) {
    return new RecordingName(files.stream().map(RecordingName::names).toList());
  }

  private static List<String> names(String file) {
    Path path = Path.of(file).normalize();
    Path below = path.startsWith(HERE) ? HERE.relativize(path) : path;
    List<String> names = new ArrayList<>();
    below.forEach(name -> names.add(name.toString()));
    while (names.size() > 1 && names.getFirst().equals("..")) {
      names.removeFirst();
    }
    return names;
  }

  /** True if the one may be the other as named from elsewhere. */
  boolean endsLike(RecordingName other) {
    if (files.size() != other.files.size()) {
      return false;
    }
    for (int i = 0; i < files.size(); i++) {
      if (!endAlike(files.get(i), other.files.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean endAlike(List<String> one, List<String> other) {
    int both = Math.min(one.size(), other.size());
    return one.subList(one.size() - both, one.size())
        .equals(other.subList(other.size() - both, other.size()));
  }
}

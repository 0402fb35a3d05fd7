package io.tcescope.cli.script;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of a command, without those that need not be tried any more. */
final class TriedRules {
  private final List<Path> files;
  private final Map<Path, String> stopped = new ConcurrentHashMap<>();
  private final Set<String> givenUp = ConcurrentHashMap.newKeySet();

  TriedRules(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** The rule of that file, which bears that name, ran into a limit in some recording. */
  void stopped(Path file, String name) {
    stopped.put(file, name);
  }

  /** Rules of that name need not be tried any more, once they are known to have been stopped. */
  void giveUp(String name) {
    givenUp.add(name);
  }

  Set<String> givenUp() {
    return Set.copyOf(givenUp);
  }

  /** The files of rules that are still tried. */
  List<Path> files() {
    return files.stream()
        .filter(file -> !givenUp.contains(stopped.getOrDefault(file, "")))
        .toList();
  }
}

package io.tcescope.cli.input;

import io.tcescope.traces.UnreadableTraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file to try.
 *
 * @param isNamed it stands on the command line itself, so it is a fault if it is no recording; a
 *     folder may hold other files too
 */
public record TraceFile(Path path, boolean isNamed) {
  /**
   * Unfolds folders, in the order of the command line and of names.
   *
   * @throws UnreadableTraceException if a folder cannot be listed
   */
  public static List<TraceFile> of(List<Path> arguments) throws UnreadableTraceException {
    List<TraceFile> files = new ArrayList<>();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        inside(argument).forEach(file -> files.add(new TraceFile(file, false)));
      } else {
        files.add(new TraceFile(argument, true));
      }
    }
    return files;
  }

  private static List<Path> inside(Path folder) throws UnreadableTraceException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).filter(TraceFile::isVisible).sorted().toList();
    } catch (IOException e) {
      throw new UnreadableTraceException(
          folder.toString(), "cannot be listed: " + Trouble.of(e), e);
    }
  }

  private static boolean isVisible(Path file) {
    return !file.getFileName().toString().startsWith(".");
  }
}

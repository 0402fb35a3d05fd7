package io.tcescope.queries.index;

import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A boot of Linux whose recorder was not told to write the calls that clear several entries. */
public final class LackingLog {
  private static final Path WHOLE =
      Path.of("../traces/src/test/resources/corpus/linux61-ddw/trace.log.zst");

  private LackingLog() {}

  /** Its text. */
  public static String text() throws IOException {
    return SideFile.lines(WHOLE).stream()
        .filter(line -> !line.contains("_stuff "))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}

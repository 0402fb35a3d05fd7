package io.tcescope.queries.index;

import io.tcescope.engine.event.Trace;
import java.io.IOException;
import java.nio.file.Path;

/** Opens recordings: the port through which a case reads them without knowing any format. */
@FunctionalInterface
public interface Recordings {
  Trace open(Path path) throws IOException;
}

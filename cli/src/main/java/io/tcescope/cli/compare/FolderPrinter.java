package io.tcescope.cli.compare;

import io.tcescope.cli.output.Audit;

/** Tells in what the recordings of two folders differ, one name after the other. */
public interface FolderPrinter {
  /** The recordings of one name. */
  void print(Couple couple);

  /** Ends what was begun; true if the two folders hold the same. */
  boolean end(Audit audit);
}

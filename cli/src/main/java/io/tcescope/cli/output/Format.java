package io.tcescope.cli.output;

/** For whom a result is written. */
public enum Format {
  /** For people. */
  TEXT,
  /** One JSON document. */
  JSON,
  /** A JSON document a line. */
  NDJSON
}

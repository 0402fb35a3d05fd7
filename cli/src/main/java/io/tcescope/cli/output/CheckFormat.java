package io.tcescope.cli.output;

/** For whom findings are written. */
public enum CheckFormat {
  /** For people. */
  TEXT,
  /** One JSON document. */
  JSON,
  /** A JSON document a line. */
  NDJSON,
  /** One document for services that show results of analysis tools. */
  SARIF
}

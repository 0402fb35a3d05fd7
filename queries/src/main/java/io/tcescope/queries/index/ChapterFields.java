package io.tcescope.queries.index;

/** Names of the fields that documents have in common, and of those of a chapter. */
final class ChapterFields {
  static final String TYPE = "type";
  static final String TYPE_CHAPTER = "chapter";
  static final String TRACE = "trace";

  /** The event that a document is about, or its first one. */
  static final String FIRST = "first";

  /** Words of log lines and other rare records. */
  static final String WORD = "chapter.text";

  /** Extents, blocks and shapes. */
  static final String HEAD = "head";

  static final String CODES = "codes";
  static final String AREAS = "areas";

  /** Events that are kept whole. */
  static final String KEPT = "kept";

  private ChapterFields() {}
}

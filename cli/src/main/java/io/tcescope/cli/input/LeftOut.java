package io.tcescope.cli.input;

/**
 * A file or folder that was not checked.
 *
 * @param reason in words, for behind its name
 */
public record LeftOut(String file, String reason, Kind kind) {
  /** How bad it is. */
  public enum Kind {
    /** It stands on the command line itself. */
    NAMED,
    /** It lay in a folder, and may well be a recording. */
    SUSPECT,
    /** It lay in a folder, among other things. */
    OTHER
  }
}

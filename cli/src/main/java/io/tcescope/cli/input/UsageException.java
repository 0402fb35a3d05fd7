package io.tcescope.cli.input;

/** A mistake on the command line that only the input shows; the message says what to do instead. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}

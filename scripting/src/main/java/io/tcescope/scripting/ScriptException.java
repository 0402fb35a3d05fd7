package io.tcescope.scripting;

/** Carries a {@link ScriptError} to whoever asked the script to do something. */
public final class ScriptException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient ScriptError error;

  ScriptException(ScriptError error) {
    super(error.toString());
    this.error = error;
  }

  /** What is wrong, and where. */
  public ScriptError error() {
    return error;
  }
}

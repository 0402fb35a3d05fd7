package io.tcescope.cli.script;

import io.tcescope.engine.event.Trace;
import java.nio.file.Path;
import java.util.List;

/** The rules in JavaScript that a command was given, for all recordings it looks at. */
public interface Rulebook extends AutoCloseable {
  /** No rules. */
  Rulebook EMPTY =
      new Rulebook() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public RuleSession open(Trace trace, List<Path> recording) {
          return RuleSession.NONE;
        }

        @Override
        public void close() {}
      };

  default boolean isEmpty() {
    return false;
  }

  /**
   * Says which files will be opened as recordings, each for itself, in that order; others may be,
   * too.
   */
  default void expect(List<Path> recordings) {}

  /** Recordings that are opened from now on may go without a rule of that name. */
  default void giveUp(String rule) {}

  /**
   * The rules for one recording; several may be open at a time, each on a thread of its own.
   *
   * @param recording the files it was opened from
   */
  RuleSession open(Trace trace, List<Path> recording);

  @Override
  void close();
}

package io.tcescope.cli.script;

import io.tcescope.cli.output.Scripted;
import io.tcescope.engine.replay.Observer;

/** The rules of a command over one recording. */
public interface RuleSession extends AutoCloseable {
  /** No rules. */
  RuleSession NONE =
      new RuleSession() {
        @Override
        public Observer observer() {
          return (event, change, state) -> {};
        }

        @Override
        public Scripted result() {
          return Scripted.NONE;
        }

        @Override
        public void close() {}
      };

  /** Starts the rules afresh for a replay, which may have to be repeated. */
  Observer observer();

  /** What they found; to be asked when the replay is over. */
  Scripted result();

  @Override
  void close();
}

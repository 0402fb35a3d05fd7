package io.tcescope.cli.script;

import io.tcescope.cli.untrusted.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The child processes of a command that judge recordings: to start one takes longer than to judge a
 * small recording, so it waits for the next.
 */
final class Judges implements AutoCloseable {
  /** A child sees so many of the recordings that are expected: to show it one takes time, too. */
  private static final int SIGHT = 256;

  private final List<String> options;
  private final Collection<Path> beside;
  private final Untrusted untrusted;
  private final Set<Judge> living = new HashSet<>();
  private final Deque<Judge> idle = new ArrayDeque<>();
  private List<Path> expected = List.of();
  private boolean closed;

  /**
   * None yet.
   *
   * @param options what has to be said to a child beside the rules and the recordings
   * @param beside files which those options name
   */
  Judges(List<String> options, Collection<Path> beside, Untrusted untrusted) {
    this.options = List.copyOf(options);
    this.beside = List.copyOf(beside);
    this.untrusted = untrusted;
  }

  /** Says what is to be judged, in that order. */
  synchronized void expect(List<Path> recordings) {
    expected = List.copyOf(recordings);
  }

  /** One for that recording, and perhaps those that follow; it may have judged others before. */
  Judge hire(List<Path> rules, List<Path> recording) throws IOException {
    for (Judge judge = waiting(); judge != null; judge = waiting()) {
      if (judge.suits(rules, recording)) {
        return judge;
      }
      dismiss(judge);
    }
    return start(rules, from(recording));
  }

  /** One for that recording only, which has judged nothing before. */
  Judge fresh(List<Path> rules, List<Path> recording) throws IOException {
    return start(rules, recording);
  }

  private synchronized @Nullable Judge waiting() {
    return idle.poll();
  }

  private synchronized Collection<Path> from(List<Path> recording) {
    Set<Path> sight = new LinkedHashSet<>(recording);
    int first = expected.indexOf(recording.getFirst());
    if (first >= 0) {
      expected.stream().skip(first).limit(SIGHT).filter(Files::isRegularFile).forEach(sight::add);
    }
    return sight;
  }

  private Judge start(List<Path> rules, Collection<Path> sight) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(JudgeCommand.NAME));
    arguments.addAll(options);
    rules.forEach(rule -> arguments.add("--rules=" + rule));
    Set<Path> visible = new LinkedHashSet<>(beside);
    visible.addAll(sight);
    rules.forEach(rule -> visible.add(ConfinedRulebook.folder(rule))); // it may import from there
    Child child = untrusted.child(Child.Budget.forRecording(0));
    return welcome(new Judge(child.start(arguments, visible), rules, sight));
  }

  private synchronized Judge welcome(Judge judge) {
    if (closed) {
      judge.close();
      throw new IllegalStateException("the command is over");
    }
    living.add(judge);
    return judge;
  }

  /** Lets one wait that has given a verdict. */
  synchronized void release(Judge judge) {
    idle.push(judge);
  }

  /** Ends one that failed, or that nobody will need again. */
  void dismiss(Judge judge) {
    judge.close();
    synchronized (this) {
      living.remove(judge);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    living.forEach(Judge::close);
  }
}

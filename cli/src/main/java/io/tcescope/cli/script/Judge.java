package io.tcescope.cli.script;

import io.tcescope.cli.output.Scripted;
import io.tcescope.cli.untrusted.Child;
import io.tcescope.cli.untrusted.RunningChild;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A child process that judges one recording after another by the same rules. */
final class Judge implements AutoCloseable {
  private final RunningChild child;
  private final List<Path> rules;

  /** What it sees, and which files they were when it began to. */
  private final Map<Path, Optional<Object>> sight = new HashMap<>();

  private boolean experienced;

  Judge(RunningChild child, List<Path> rules, Collection<Path> sight) {
    this.child = child;
    this.rules = List.copyOf(rules);
    sight.forEach(file -> this.sight.put(file, identity(file)));
  }

  /** A file that takes the place of another is not seen. */
  private static Optional<Object> identity(Path file) {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * What it said.
   *
   * @param scripted as much as makes sense
   * @param failure why that is not all; empty if it is
   */
  record Verdict(Scripted scripted, String failure) {
    boolean isComplete() {
      return failure.isEmpty();
    }
  }

  /** True if it judges by these rules, and sees that recording. */
  boolean suits(List<Path> wanted, List<Path> recording) {
    return rules.equals(wanted)
        && recording.stream().allMatch(file -> identity(file).equals(sight.get(file)));
  }

  /** True if it has judged before, so that a failure may come of that. */
  boolean isExperienced() {
    return experienced;
  }

  Verdict judge(List<Path> recording, Set<String> givenUp, Child.Budget budget) throws IOException {
    experienced = true;
    String request = new JudgeRequest(recording, givenUp).line();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Optional<Child.Ending> ending = child.ask(request, VerdictReader.LAST, said, budget);
    VerdictReader verdict = VerdictReader.read(said.toByteArray());
    String nonsense = verdict.isComplete() ? "" : "gave no answer that makes sense";
    return new Verdict(verdict.scripted(), ending.map(Judge::reason).orElse(nonsense));
  }

  private static String reason(Child.Ending ending) {
    return ending.failure().isEmpty() ? "gave no answer: " + ending.lastWords() : ending.failure();
  }

  @Override
  public void close() {
    child.close();
  }
}

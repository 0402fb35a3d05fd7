package io.tcescope.cli.script;

import io.tcescope.cli.input.UsageException;
import io.tcescope.engine.event.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules that nobody vouches for: each recording is replayed once more in a child process.
 *
 * @param options what has to be said to the child beside the rules and the recording
 * @param beside files which those options name
 */
record ConfinedRulebook(
    List<Path> files,
    List<String> options,
    Collection<Path> beside,
    Untrusted untrusted,
    ScriptLimits limits)
    implements Rulebook {
  private static final Path STANDARD_INPUT = Path.of("-");

  ConfinedRulebook {
    files = List.copyOf(files);
    options = List.copyOf(options);
    beside = List.copyOf(beside);
  }

  @Override
  public RuleSession open(Trace trace, List<Path> recording) {
    if (recording.contains(STANDARD_INPUT)) {
      throw new UsageException(
          "--untrusted reads a recording a second time: standard input cannot be");
    }
    return new ConfinedRules(this, recording, limits.budget(trace.bytes()));
  }

  /** What a child is told in order to judge a recording by some of the rules. */
  List<String> arguments(List<Path> rules, List<Path> recording) {
    List<String> arguments = new ArrayList<>(List.of(JudgeCommand.NAME));
    arguments.addAll(options);
    rules.forEach(rule -> arguments.add("--rules=" + rule));
    arguments.add("--");
    recording.forEach(file -> arguments.add(file.toString()));
    return arguments;
  }

  /** What that child has to see; a rule may import from its folder. */
  Set<Path> visible(List<Path> rules, List<Path> recording) {
    Set<Path> visible = new LinkedHashSet<>(beside);
    visible.addAll(recording);
    rules.forEach(rule -> visible.add(folder(rule)));
    return visible;
  }

  static Path folder(Path script) {
    Path folder = script.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new UsageException(script + " is no script");
    }
    return folder;
  }

  @Override
  public void close() {}
}

package io.tcescope.cli.script;

import io.tcescope.cli.input.UsageException;
import io.tcescope.engine.check.Need;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Trace;
import io.tcescope.queries.language.QueryFilters;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.RulePack;
import io.tcescope.scripting.RuleTemplate;
import io.tcescope.scripting.RuleTests;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptException;
import io.tcescope.scripting.ScriptRules;
import io.tcescope.scripting.ScriptSettings;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, explains, tests and writes rules. */
@Command(name = "rules", description = "List, explain, test and write rules.")
public final class RulesCommand implements Runnable {
  private static final int BROKEN = 2;
  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  RulesCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(name = "list", description = "All rules: built in, and of a file or folder.")
  int list(@Option(names = "--rules", paramLabel = "FILE|DIR") @Nullable Path rules)
      throws IOException {
    for (Rule rule : Rule.values()) {
      line(rule.severity().label(), rule.id(), rule.summary());
    }
    if (rules != null) {
      for (RuleMeta meta : described(rules)) {
        line(meta.severity().label(), meta.id(), meta.summary());
      }
    }
    return 0;
  }

  private void line(String severity, String id, String summary) {
    out().printf("%-9s %-42s %s%n", severity, id, summary);
  }

  @Command(name = "explain", description = "Why a rule matters, how to fix what it finds.")
  int explain(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--rules", paramLabel = "FILE|DIR") @Nullable Path rules)
      throws IOException {
    if (rules != null) {
      for (RuleMeta meta : described(rules)) {
        if (meta.id().equals(id)) {
          String needs = meta.requires().isEmpty() ? "nothing" : String.join(", ", meta.requires());
          text(id, meta.severity().label(), meta.summary(), meta.why(), meta.fix());
          out().println("  needs:   " + needs);
          return 0;
        }
      }
    }
    Optional<Rule> builtIn = Rule.of(id);
    Rule rule = builtIn.orElseThrow(() -> new UsageException("no rule is called " + id));
    text(id, rule.severity().label(), rule.summary(), rule.why(), rule.fix());
    String needs = rule.needs().stream().map(Need::words).collect(Collectors.joining("; "));
    out().println("  needs:   " + (needs.isEmpty() ? "nothing" : needs));
    out().println("  example: " + rule.example());
    return 0;
  }

  private void text(String id, String severity, String summary, String why, String fix) {
    out().println(id + " (" + severity + ")");
    out().println("  " + summary);
    out().println("  why:     " + why);
    out().println("  fix:     " + fix);
  }

  private List<RuleMeta> described(Path rules) throws IOException {
    List<RuleMeta> metas = new ArrayList<>();
    try (ScriptEngine engine = ScriptEngine.start()) {
      for (Path file : RulePack.rules(rules)) {
        metas.add(ScriptRules.describe(engine, file));
      }
    } catch (ScriptException e) {
      throw new UsageException(e.error().toString());
    }
    return metas;
  }

  @Command(name = "test", description = "Play the tests of rules.")
  int test(
      @Parameters(paramLabel = "FILE|DIR", arity = "1..*") List<Path> paths,
      @Mixin Untrusted untrusted)
      throws IOException {
    return untrusted.isWanted() ? untrusted.runCommand(folders(paths), 0) : test(paths);
  }

  private static List<Path> folders(List<Path> paths) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path path : paths) {
      RulePack.tests(path).forEach(file -> folders.add(ConfinedRulebook.folder(file)));
    }
    return folders;
  }

  private int test(List<Path> paths) throws IOException {
    int failed = 0;
    int played = 0;
    try (ScriptEngine engine = ScriptEngine.start()) {
      RuleTests tests =
          new RuleTests(engine, RulesCommand::recording, ScriptSettings.with(new QueryFilters()));
      for (Path path : paths) {
        for (Path file : RulePack.tests(path)) {
          for (RuleTests.Result result : tests.run(file)) {
            played++;
            failed += result.passed() ? 0 : 1;
            show(result);
          }
        }
      }
    } catch (ScriptException e) {
      out().flush();
      spec.commandLine().getErr().println("tcescope: " + e.error());
      return BROKEN;
    }
    out().println(played + " cases, " + failed + " failed");
    return failed == 0 ? 0 : FAILED;
  }

  private void show(RuleTests.Result result) {
    out()
        .println(
            (result.passed() ? "ok    " : "FAIL  ")
                + result.rule()
                + ", "
                + result.expectation()
                + ": "
                + result.name());
    if (!result.passed()) {
      out().println(result.complaint());
    }
  }

  private static Trace recording(String text) throws IOException {
    Path file = Files.createTempFile("tcescope-case", ".log");
    file.toFile().deleteOnExit();
    return Traces.open(Files.writeString(file, text), TraceOptions.NONE);
  }

  @Command(name = "new", description = "Write a rule, its test and an editor's configuration.")
  int create(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--dir", paramLabel = "DIR", defaultValue = ".") Path folder)
      throws IOException {
    try {
      RuleTemplate.write(folder, name).forEach(file -> out().println("wrote " + file));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    return 0;
  }
}
